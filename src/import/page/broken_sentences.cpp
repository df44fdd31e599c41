// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/page/broken_sentences.h"

#include <algorithm>

#include "import/words/characters.h"
#include "import/words/glue.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

// What a line ends in: "No." goes on with a number, "Mr." with a name, "U.S." may end a sentence as well.
enum class OpenStop { None, Number, Name, Initial };

std::u32string_view last_word(std::u32string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_cased(text[begin - 1])) --begin;
  return text.substr(begin);
}

OpenStop open_stop(const WordLists& words, std::u32string_view text) {
  if (text.size() < 2 || text.back() != U'.') return OpenStop::None;
  text.remove_suffix(1);
  const std::u32string_view word = last_word(text);
  if (word.empty()) return OpenStop::None;
  const std::u32string folded = fold_line(word);
  const auto is_one_of = [&](const Forms& forms) {
    return std::find(forms.utf32.begin(), forms.utf32.end(), folded) != forms.utf32.end();
  };
  if (is_one_of(words["abbreviation before number"])) return OpenStop::Number;
  if (is_one_of(words["abbreviation before name"])) return OpenStop::Name;
  return word.size() == 1 ? OpenStop::Initial : OpenStop::None;
}

bool is_open_text(const Line& line) {
  return line.level == 0 && line.kind != LineKind::Blank && line.kind != LineKind::Menu;
}

// Without what its initials are: "Produced by J.Y." has words before them, "S.E.S." is a name.
bool has_words_before_initials(std::u32string_view text) {
  const std::size_t space = text.find_last_of(U' ');
  return space != std::u32string_view::npos && count_words(text.substr(0, space)) >= 2;
}

bool begins_small(std::u32string_view text) {
  const CharClass first = text.empty() ? CharClass::Space : char_class(text.front());
  return first == CharClass::Lower || first == CharClass::Digit;
}

bool may_name_entry(const Line& line) {
  return line.marker.has_value() || has_strong_glue(line.text) ||
         line.folded.find(" - ") != std::string::npos || line.folded.find(" / ") != std::string::npos;
}

// Whether the sentence of the one line goes on in the other.
bool goes_on(const WordLists& words, const Line& line, const Line& next) {
  switch (open_stop(words, line.text)) {
    case OpenStop::None:
      return false;
    case OpenStop::Number:
      return char_class(next.text.front()) == CharClass::Digit;
    case OpenStop::Name:
      return true;
    case OpenStop::Initial:
      if (line.kind != LineKind::Text && !has_words_before_initials(line.text)) return false;
      return begins_small(next.text) ||
             (next.text.size() == 2 && open_stop(words, next.text) != OpenStop::None) ||
             (next.kind == LineKind::Text && !may_name_entry(line));
  }
  return false;
}

void make_text(Line& line) {
  line.kind = LineKind::Text;
  line.marker.reset();
}

void join_parts(const WordLists& words, std::vector<Line>& lines) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!is_open_text(lines[i])) continue;
    std::size_t next = i + 1;
    if (lines[next].kind == LineKind::Blank) ++next;  // each part may be a paragraph
    if (next >= lines.size() || !is_open_text(lines[next]) || !goes_on(words, lines[i], lines[next]))
      continue;
    make_text(lines[i]);
    make_text(lines[next]);
  }
}

// Too short to be known as a sentence: "They nod, etc."
bool may_be_short_sentence(const Line& line) {
  return line.kind == LineKind::Short && line.level == 0 && !line.fact && line.text.back() == U'.' &&
         count_words(line.text) >= 2 && !may_name_entry(line);
}

// Between texts and without a blank line.
void mark_enclosed(std::vector<Line>& lines) {
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    const bool inside = lines[i - 1].kind == LineKind::Text && lines[i + 1].kind == LineKind::Text;
    if (inside && may_be_short_sentence(lines[i])) lines[i].kind = LineKind::Text;
  }
}

}  // namespace

void mark_broken_sentences(const WordLists& words, std::vector<Line>& lines) {
  join_parts(words, lines);
  mark_enclosed(lines);
}

}  // namespace nunmul
