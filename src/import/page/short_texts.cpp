// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/page/short_texts.h"

#include <algorithm>

#include "import/page/page_outline.h"
#include "import/title/heading.h"
#include "import/words/characters.h"
#include "import/words/phrases.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

constexpr std::size_t kWordsOfText = 4;  // no artist's name below a title has as many

bool has_number(const Line& line) { return line.marker && line.marker->style != MarkerStyle::Bare; }

bool may_be_text(const WordLists& words, const Line& line, const Line& heading) {
  return line.kind == LineKind::Short && line.level == 0 && !line.fact && !has_number(line) &&
         artist_label_value(words, to_utf8(line.text)).empty() && !is_caption_of(line, heading);
}

// Lines [heading + 1, end) stand below the heading.
void mark_below(const WordLists& words, std::vector<Line>& lines, std::size_t heading, std::size_t end) {
  std::vector<std::size_t> found;
  for (std::size_t i = heading + 1; i < end; ++i) {
    if (lines[i].kind == LineKind::Text) return;
    if (may_be_text(words, lines[i], lines[heading])) found.push_back(i);
  }
  const bool only = found.size() == 1 && is_complete(lines[heading]);
  for (const std::size_t i : found) {
    const bool text = only || ends_like_sentence(lines[i].text) || count_words(lines[i].text) >= kWordsOfText;
    if (text) lines[i].kind = LineKind::Text;
  }
}

void mark_below_levels(const WordLists& words, std::vector<Line>& lines) {
  const auto first_level = [](const Line& line) { return line.level == 1; };
  // Below the page's own heading stands no entry's text.
  const bool has_title = std::count_if(lines.begin(), lines.end(), first_level) == 1;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].level == 0 || lines[i].kind != LineKind::Short || (has_title && lines[i].level == 1))
      continue;
    std::size_t end = i + 1;
    while (end < lines.size() && lines[end].level == 0) ++end;
    if (end < lines.size() && lines[end].level > lines[i].level) continue;  // a section's words
    mark_below(words, lines, i, end);
  }
}

// Where the source marks no headings, only right below numbers, and only on pages that have no other text.
void mark_below_numbers(const WordLists& words, std::vector<Line>& lines) {
  const bool has_text =
      std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.kind == LineKind::Text; });
  for (std::size_t i = 0; i + 1 < lines.size() && !has_text; ++i) {
    const bool heading = lines[i].kind == LineKind::Short && has_number(lines[i]) && is_complete(lines[i]);
    if (heading && may_be_text(words, lines[i + 1], lines[i]) && ends_like_sentence(lines[i + 1].text))
      lines[i + 1].kind = LineKind::Text;
  }
}

}  // namespace

bool is_complete(const Line& heading) { return can_be_split(heading.text) || ends_in_year(heading.text); }

bool is_caption_of(const Line& line, const Line& heading) {
  const bool says = ends_like_sentence(line.text) && heading.text.find(line.text) == std::u32string::npos;
  return overlaps(heading.key, line.key) && !says;
}

void mark_short_texts(const WordLists& words, std::vector<Line>& lines) {
  const bool levelled =
      std::any_of(lines.begin(), lines.end(), [](const Line& line) { return line.level > 0; });
  if (levelled)
    mark_below_levels(words, lines);
  else
    mark_below_numbers(words, lines);
}

}  // namespace nunmul
