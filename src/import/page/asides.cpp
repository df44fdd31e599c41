// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/page/asides.h"

#include <algorithm>
#include <string>

#include "import/title/heading.h"
#include "import/words/characters.h"
#include "import/words/phrases.h"

namespace nunmul {
namespace {

constexpr std::size_t kWidest = 70;       // columns of such a line
constexpr std::size_t kShortAnswer = 60;  // columns of what follows a question to the reader

std::size_t next_content(const std::vector<Line>& lines, std::size_t i) {
  do ++i;
  while (i < lines.size() && lines[i].kind == LineKind::Blank);
  return i;
}

bool asks(const Line& line) {
  const char32_t last = line.text.back();
  return last == U'?' || last == U'？';
}

// "How to listen", バラードとは？
bool guides(const WordLists& words, const Line& line) {
  std::string_view text = line.folded;
  while (text.ends_with('?') || text.ends_with(' ')) text.remove_suffix(1);
  return starts_with_phrase(text, words["guide start"]) || ends_with_phrase(text, words["guide end"]);
}

bool names_subject(const WordLists& words, const Line& line) {
  const KindWords kinds = count_kind_words(words, line.folded);
  return kinds.song + kinds.film + kinds.drama > 0 || has_list_word(words, line.folded);
}

bool speaks_to_reader(const WordLists& words, const Line& line) {
  return contains_phrase(line.folded, words["reader anywhere"]);
}

bool may_be_aside(const Line& line) {
  const bool heading = line.kind == LineKind::Short || line.kind == LineKind::Text;
  return heading && !line.marker && !line.fact && columns(line.text) <= kWidest && !names_entry(line);
}

// With a text below it that goes on speaking to the reader.
bool is_aside(const WordLists& words, const Line& line, const Line& text) {
  const bool question = asks(line);
  if (!question && !guides(words, line)) return false;
  if (names_subject(words, line)) return true;
  if (text.kind != LineKind::Text) return false;
  if (speaks_to_reader(words, text)) return true;
  return question && speaks_to_reader(words, line) && columns(text.text) <= kShortAnswer;
}

// Stands above its text as a heading does: marked as one, or behind a blank line that its text lacks.
bool stands_as_heading(const std::vector<Line>& lines, std::size_t i, std::size_t text) {
  if (lines[i].level > 0) return true;
  const bool apart = i == 0 || lines[i - 1].kind == LineKind::Blank;
  return apart && (lines[i].kind == LineKind::Short || text == i + 1);
}

}  // namespace

bool names_entry(const Line& line) {
  return line.folded.find(" / ") != std::string::npos || line.folded.find(" - ") != std::string::npos ||
         ends_in_year(line.text) || (!line.text.empty() && closing_quote(line.text.front()) != 0);
}

std::vector<bool> find_asides(const WordLists& words, const std::vector<Line>& lines) {
  std::vector<bool> asides(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == LineKind::Blank || !may_be_aside(lines[i])) continue;
    const std::size_t text = next_content(lines, i);
    if (text < lines.size() && stands_as_heading(lines, i, text))
      asides[i] = is_aside(words, lines[i], lines[text]);
  }
  return asides;
}

}  // namespace nunmul
