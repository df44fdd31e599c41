// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/page/article_line.h"

#include <algorithm>

#include "import/title/heading.h"
#include "import/words/characters.h"
#include "import/words/phrases.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

bool is_menu(std::u32string_view text) {
  constexpr std::u32string_view kBullets = U"-–—*•·・‣▸▹►▶→»>";
  if (text.size() < 3 || kBullets.find(text[0]) == std::u32string_view::npos) return false;
  return is_space(text[1]) || text[0] == U'•' || text[0] == U'・' || text[0] == U'→' || text[0] == U'»';
}

LineKind kind_by_content(const WordLists& words, const Line& line) {
  const std::u32string_view text = line.text;
  if (is_contents_phrase(words, line.folded)) return LineKind::Contents;
  const std::size_t width = columns(text);
  if (width <= 200 && has_range(line.folded) && !ends_like_sentence(text)) return LineKind::Short;
  if (width <= 70 && is_tail_phrase(words, line.folded)) return LineKind::Tail;
  if (width <= 60 && (line.level > 0 || !is_sentence(words, text)) && is_closing_phrase(words, line.folded))
    return LineKind::Closing;
  const bool sentence =  // "NEW!" behind a name does not end one
      line.level == 0 && is_sentence(words, text) && is_sentence(words, without_badges(words, text));
  if (is_menu(text))
    return !sentence && is_caption_phrase(words, line.folded) ? LineKind::Caption : LineKind::Menu;
  if (!sentence && line.fact) return LineKind::Short;
  if (!sentence && is_caption_phrase(words, line.folded)) return LineKind::Caption;
  if (!sentence && is_noise_phrase(words, line.folded)) return LineKind::Noise;
  if (!sentence && is_label(words, line.folded)) return LineKind::Label;
  if (!sentence && line.level == 0 && width <= 80 && is_byline_phrase(words, line.folded))
    return LineKind::Noise;
  if (sentence && is_noise_sentence(words, line.folded)) return LineKind::Noise;
  return sentence ? LineKind::Text : LineKind::Short;
}

}  // namespace

Line classify_line(const WordLists& words, const RawLine& raw) {
  Line line;
  line.text = to_utf32(raw.text);
  line.number = raw.number;
  line.level = raw.level;
  if (line.text.empty()) return line;
  line.folded = to_utf8(fold_line(line.text));
  line.key = compact(without_badges(words, line.text));
  line.marker = find_leading_marker(words, line.text);
  line.fact = is_fact_line(words, line.folded);
  line.kind = kind_by_content(words, line);
  return line;
}

}  // namespace nunmul
