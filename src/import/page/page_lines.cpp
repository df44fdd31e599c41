// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/page/page_lines.h"

#include "import/page/asides.h"
#include "import/page/broken_sentences.h"
#include "import/page/short_texts.h"
#include "import/words/phrases.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxRelated = 6;  // links below one announcement

// In the middle of a page: the links below a line that announces them, up to a blank line.
void drop_related_links(std::vector<Line>& lines, std::size_t announcement) {
  std::size_t end = announcement + 1;
  const auto is_link = [&](std::size_t i) {
    const bool plain = lines[i].kind == LineKind::Short || lines[i].kind == LineKind::Menu ||
                       lines[i].kind == LineKind::Noise;
    const bool heads_text = i + 1 < lines.size() && lines[i + 1].kind == LineKind::Text;
    return plain && !heads_text && lines[i].level == 0 &&
           (!lines[i].marker || lines[i].kind == LineKind::Menu);
  };
  while (end < lines.size() && end - announcement <= kMaxRelated && is_link(end)) ++end;
  if (end < lines.size() && lines[end].kind != LineKind::Blank) return;
  for (std::size_t i = announcement; i < end; ++i) lines[i].kind = LineKind::Noise;
}

// "→ Title - Artist" right above a text: the arrow says that the entry has kept its place in a chart.
void mark_arrowed_headings(std::vector<Line>& lines) {
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const bool arrowed = lines[i].kind == LineKind::Menu && lines[i].text.front() == U'→';
    if (arrowed && names_entry(lines[i]) && lines[i + 1].kind == LineKind::Text)
      lines[i].kind = LineKind::Short;
  }
}

}  // namespace

std::vector<Line> classify_lines(const WordLists& words, const std::vector<RawLine>& raw) {
  std::vector<Line> lines;
  lines.reserve(raw.size());
  for (const RawLine& line : raw) lines.push_back(classify_line(words, line));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const bool announces = (line.kind == LineKind::Short || line.kind == LineKind::Noise) &&
                           line.level == 0 && !line.marker && announces_related(words, line.folded);
    if (announces) drop_related_links(lines, i);
  }
  mark_arrowed_headings(lines);
  mark_broken_sentences(words, lines);
  mark_short_texts(words, lines);
  return lines;
}

}  // namespace nunmul
