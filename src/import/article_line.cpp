// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/article_line.h"

#include <algorithm>

#include "import/characters.h"
#include "import/glue.h"
#include "import/heading.h"
#include "import/phrases.h"
#include "import/short_texts.h"

namespace nunmul {
namespace {

constexpr std::size_t kMostRelated = 6;  // links below one announcement

constexpr std::u32string_view kTerminals = U".!?。！？…‥♪♥❤☆★؟｡";
constexpr std::size_t kLongLine = 110;  // columns: no heading is as long

// "(Should We Kiss First?)" at the end of a heading asks nothing.
std::u32string_view without_last_bracket(std::u32string_view text) {
  if (text.empty() || !is_bracket_close(text.back())) return text;
  const std::size_t open = text.find_last_of(U"([（［");
  return open == std::u32string_view::npos || open == 0 ? text : text.substr(0, open);
}

std::u32string_view without_closers(std::u32string_view text) {
  text = without_last_bracket(text);
  while (!text.empty()) {
    const char32_t c = text.back();
    const bool emoji =
        c >= 0x1F000 || (c >= 0x2600 && c <= 0x27BF && kTerminals.find(c) == std::u32string_view::npos);
    if (!is_space(c) && !is_closing(c) && !emoji) break;
    text.remove_suffix(1);
  }
  return text;
}

// Japanese and Korean sentences may leave the full stop out.
bool has_sentence_ending(const WordLists& words, std::u32string_view text) {
  return ends_with_any(text, words[WordList::SentenceEnd]);
}

std::size_t count_cjk(std::u32string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_cjk));
}

// In a word whose full stop ends no sentence.
bool ends_in_abbreviation(const WordLists& words, std::u32string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_cased(text[begin - 1])) --begin;
  const std::u32string word = fold_line(text.substr(begin));
  const auto& abbreviations = words[WordList::AbbreviationWhole].utf32;
  return std::find(abbreviations.begin(), abbreviations.end(), word) != abbreviations.end();
}

// A sentence boundary inside: ". The", "。", "! It".
bool has_inner_stop(const WordLists& words, std::u32string_view text) {
  for (std::size_t i = 8; i + 2 < text.size(); ++i) {
    const char32_t c = text[i];
    if ((c == U'。' || c == U'！') && is_cjk(text[i + 1])) return true;
    const bool stop = c == U'.' || c == U'!' || c == U'?';
    if (stop && text[i + 1] == U' ' && char_class(text[i - 1]) == CharClass::Lower &&
        char_class(text[i - 2]) == CharClass::Lower && char_class(text[i + 2]) == CharClass::Upper &&
        !ends_in_abbreviation(words, text.substr(0, i)))
      return true;
  }
  return false;
}

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
  const bool sentence = line.level == 0 && is_sentence(words, text);
  if (!sentence && is_caption_phrase(words, line.folded)) return LineKind::Caption;
  if (is_menu(text)) return LineKind::Menu;
  if (!sentence && is_noise_phrase(words, line.folded)) return LineKind::Noise;
  if (!sentence && is_label(words, line.folded)) return LineKind::Label;
  if (!sentence && line.fact) return LineKind::Short;
  if (!sentence && line.level == 0 && width <= 80 && is_byline_phrase(words, line.folded))
    return LineKind::Noise;
  if (sentence && is_noise_sentence(words, line.folded)) return LineKind::Noise;
  return sentence ? LineKind::Text : LineKind::Short;
}

}  // namespace

std::vector<RawLine> read_text_lines(std::string_view text) {
  std::vector<RawLine> lines;
  std::uint32_t number = 1;
  for (std::size_t at = 0; at <= text.size(); ++number) {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    lines.push_back({clean_text(text.substr(at, end - at)), number, 0});
    at = end + 1;
    if (end < text.size() && text[end] == '\r' && at < text.size() && text[at] == '\n') ++at;
  }
  return lines;
}

std::size_t count_words(std::u32string_view text) {
  std::size_t count = 0;
  std::size_t cjk = 0;
  bool inside = false;
  for (const char32_t c : text) {
    const bool word = is_word(c) && !is_cjk(c);
    count += word && !inside ? 1 : 0;
    inside = word || (inside && (c == U'\'' || c == U'’' || c == U'-'));
    cjk += is_cjk(c) ? 1 : 0;
  }
  return count + (cjk + 1) / 2;
}

bool ends_like_sentence(std::u32string_view text) {
  const std::u32string_view bare = without_closers(text);
  return !bare.empty() && kTerminals.find(bare.back()) != std::u32string_view::npos;
}

bool ends_in_full_stop(const WordLists& words, std::u32string_view text) {
  if (text.size() < 3 || (text.back() != U'.' && text.back() != U'。')) return false;
  text.remove_suffix(1);
  if (is_cjk(text.back())) return true;
  const bool initial = is_cased(text.back()) && !is_cased(text[text.size() - 2]);
  return is_cased(text.back()) && !initial && count_words(text) > 1 && !ends_in_abbreviation(words, text);
}

bool is_sentence(const WordLists& words, std::u32string_view text) {
  const std::size_t width = columns(text);
  if (width > kLongLine) return true;
  const std::u32string_view bare = without_closers(text);
  if (bare.empty()) return false;
  if (kTerminals.find(bare.back()) != std::u32string_view::npos) {
    if (has_inner_stop(words, text)) return true;
    const bool stop =
        bare.back() == U'.' || bare.back() == U'。';  // titles ask and call out, but do not stop
    // "The knees again." is no heading, "Monsters, Inc." and "S.E.S." are.
    if (stop && count_words(text) == 3 && width >= 14 && bare.back() == U'.' &&
        !ends_in_abbreviation(words, bare.substr(0, bare.size() - 1)) && !has_strong_glue(text))
      return true;
    return count_words(text) >= (stop && !has_strong_glue(text) ? 4u : 6u) && width >= 20;
  }
  return count_cjk(bare) >= 12 && width >= 28 && has_sentence_ending(words, bare);
}

Line classify_line(const WordLists& words, const RawLine& raw) {
  Line line;
  line.text = to_u32(raw.text);
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

namespace {

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
  while (end < lines.size() && end - announcement <= kMostRelated && is_link(end)) ++end;
  if (end < lines.size() && lines[end].kind != LineKind::Blank) return;
  for (std::size_t i = announcement; i < end; ++i) lines[i].kind = LineKind::Noise;
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
  mark_short_texts(words, lines);
  return lines;
}

}  // namespace nunmul
