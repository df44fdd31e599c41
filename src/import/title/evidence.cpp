// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/title/evidence.h"

#include <algorithm>

#include "import/words/characters.h"
#include "import/words/name_forms.h"

namespace nunmul {
namespace {

// Weights of one kind of evidence; the best mention counts, not their number.
constexpr double kMentioned = 1.5;
constexpr double kMentionedAsArtist = 4;
constexpr double kQuotedTitle = 5;
constexpr double kQuotedPart = 2;  // the quote goes on or begins earlier
constexpr double kPlainTitle = 1;
constexpr double kCaptionPart = 3;
constexpr double kCaptionWord = 1.5;

constexpr std::size_t kMaxQuote = 100;

bool is_western(char32_t c) { return is_word(c) && !is_cjk(c); }

// The end of the quote that begins here, or npos. An apostrophe inside of a word opens and closes nothing.
std::size_t end_of_quote(std::u32string_view text, std::size_t begin) {
  const char32_t open = text[begin];
  const char32_t close = closing_quote(open);
  if (close == 0) return std::u32string_view::npos;
  if ((open == U'\'' || open == U'‘') && begin > 0 && is_western(text[begin - 1]))
    return std::u32string_view::npos;
  for (std::size_t end = begin + 1; end < text.size() && end - begin < kMaxQuote; ++end) {
    if (text[end] != close) continue;
    const bool apostrophe =
        (close == U'’' || close == U'\'') && end + 1 < text.size() && is_western(text[end + 1]);
    if (!apostrophe) return end;
  }
  return std::u32string_view::npos;
}

std::vector<std::u32string> quoted_texts(std::u32string_view text) {
  std::vector<std::u32string> found;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (const std::size_t end = end_of_quote(text, i); end != std::u32string_view::npos)
      push_unique(found, compact(text.substr(i + 1, end - i - 1)));
  return found;
}

bool parts_caption(std::u32string_view caption, std::size_t i) {
  constexpr std::u32string_view kSigns = U"”」』】|｜/／_–—:：,";
  constexpr std::u32string_view kSpacedSigns = U"-×x&";
  const char32_t c = caption[i];
  if (is_bracket_open(c) || is_bracket_close(c) || kSigns.find(c) != std::u32string_view::npos) return true;
  if (closing_quote(c) != 0 && c != U'\'' && c != U'’') return true;
  const bool spaced = i > 0 && is_space(caption[i - 1]) && i + 1 < caption.size() && is_space(caption[i + 1]);
  return spaced && kSpacedSigns.find(c) != std::u32string_view::npos;
}

// Words of captions that are neither title nor artist.
std::vector<std::u32string> caption_parts(std::u32string_view caption) {
  std::vector<std::u32string> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= caption.size(); ++i) {
    if (i < caption.size() && !parts_caption(caption, i)) continue;
    push_unique(parts, compact(caption.substr(begin, i - begin)));
    begin = i + 1;
  }
  return parts;
}

bool holds_any(const std::vector<std::u32string>& texts, const std::vector<std::u32string>& forms) {
  return std::find_first_of(texts.begin(), texts.end(), forms.begin(), forms.end()) != texts.end();
}

// Where the letters hold the name without its brackets, or npos.
std::size_t find_name(const std::u32string& letters, const std::vector<std::u32string>& variants) {
  if (variants.empty()) return std::u32string::npos;
  return letters.find(variants.size() > 1 ? variants[1] : variants[0]);
}

}  // namespace

Evidence::Folded Evidence::folded(std::u32string_view text) {
  Folded result;
  result.text = fold_line(text);
  for (std::size_t i = 0; i < result.text.size(); ++i) {
    if (!is_word(result.text[i])) continue;
    result.letters.push_back(result.text[i]);
    result.places.push_back(i);
    result.lower.push_back(char_class(text[i]) == CharClass::Lower);
  }
  return result;
}

Evidence::Evidence(const WordLists& words, const std::vector<std::u32string>& captions,
                   const std::vector<std::u32string>& paragraphs)
    : words_(words) {
  for (const auto& paragraph : paragraphs) {
    paragraphs_.push_back(folded(paragraph));
    for (auto& quoted : quoted_texts(paragraph)) push_unique(quoted_, std::move(quoted));
  }
  for (const auto& caption : captions)
    captions_.push_back({folded(caption), caption_parts(caption), quoted_texts(caption)});
}

// Latin names are met as whole words; in CJK text there is no telling.
bool Evidence::stands_alone(const Folded& text, std::size_t at, std::size_t size) {
  const std::size_t begin = text.places[at];
  const std::size_t last = text.places[at + size - 1];
  const auto joined = [&](char32_t inner, char32_t outer) { return is_cased(inner) && is_cased(outer); };
  if (begin > 0 && joined(text.text[begin], text.text[begin - 1])) return false;
  return last + 1 >= text.text.size() || !joined(text.text[last], text.text[last + 1]);
}

double Evidence::artist_context(const Folded& text, std::size_t at, std::size_t size) const {
  const std::size_t begin = text.places[at];
  std::size_t end = text.places[at + size - 1] + 1;
  if (end < text.text.size() && is_bracket_open(text.text[end])) {  // "YOUNHA (윤하)'s"
    const std::size_t close = text.text.find(U')', end);
    if (close != std::u32string::npos && close - end < 30) end = close + 1;
  }
  const std::u32string_view whole = text.text;
  // Only a name that is written small begins a sentence so: "dalmuri say that …".
  const bool begins = begin == 0 || (begin >= 2 && whole[begin - 1] == U' ' && whole[begin - 2] == U'.');
  if (begins && text.lower[at]) return kMentionedAsArtist;
  if (ends_with_any(whole.substr(0, begin), words_["artist before"]) ||
      starts_with_any(whole.substr(std::min(end, whole.size())), words_["artist after"]))
    return kMentionedAsArtist;
  return kMentioned;
}

double Evidence::as_artist(std::u32string_view name) const {
  double best = 0;
  const auto first = std::find_if(name.begin(), name.end(), is_word);
  const bool capital = first != name.end() && char_class(*first) == CharClass::Upper;
  for (const std::u32string& variant : name_variants(name)) {
    if (variant.size() < 2 && !(variant.size() == 1 && is_cjk(variant[0]))) {
      if (variant.empty() || !is_cased(variant[0])) continue;
    }
    const bool quoted = std::find(quoted_.begin(), quoted_.end(), variant) != quoted_.end();
    for (const Folded& text : paragraphs_) {
      for (std::size_t at = text.letters.find(variant); at != std::u32string::npos;
           at = text.letters.find(variant, at + 1)) {
        if (!stands_alone(text, at, variant.size())) continue;
        if (capital && text.lower[at]) continue;
        double value = quoted ? 0 : artist_context(text, at, variant.size());
        if (variant.size() == 1 && value < kMentionedAsArtist) value = 0;
        value += std::min(0.12 * static_cast<double>(variant.size()), 1.2);
        best = std::max(best, value);
      }
    }
    if (quoted && best < 1.5) best -= 2;
  }
  return best;
}

bool Evidence::only_after(std::u32string_view name, std::u32string_view before) const {
  const std::u32string folded_before = fold_line(before);
  const std::u32string whole = compact(name);
  bool met = false;
  for (const std::u32string& variant : name_variants(name)) {
    if (!whole.starts_with(variant)) continue;
    for (const Folded& text : paragraphs_) {
      for (std::size_t at = text.letters.find(variant); at != std::u32string::npos;
           at = text.letters.find(variant, at + 1)) {
        const std::size_t place = text.places[at];
        if (!std::u32string_view(text.text).substr(0, place).ends_with(folded_before)) return false;
        met = true;
      }
    }
  }
  return met;
}

double Evidence::as_title(std::u32string_view title) const {
  double best = 0;
  for (const std::u32string& variant : name_variants(title)) {
    if (variant.empty()) continue;
    for (const std::u32string& quoted : quoted_) {
      if (quoted == variant)
        best = std::max(best, kQuotedTitle);
      else if (variant.size() >= 4 && (quoted.starts_with(variant) || quoted.ends_with(variant)))
        best = std::max(
            best, kQuotedPart * static_cast<double>(variant.size()) / static_cast<double>(quoted.size()));
    }
    if (variant.size() < 4) continue;
    for (const Folded& text : paragraphs_) {
      const std::size_t at = text.letters.find(variant);
      if (at != std::u32string::npos && stands_alone(text, at, variant.size()))
        best = std::max(best, kPlainTitle);
    }
  }
  return best;
}

double Evidence::in_caption(std::u32string_view name) const {
  double best = 0;
  for (const std::u32string& variant : name_variants(name)) {
    if (variant.size() < 2) continue;
    for (const Caption& caption : captions_) {
      if (std::find(caption.parts.begin(), caption.parts.end(), variant) != caption.parts.end())
        best = std::max(best, kCaptionPart);
      const std::size_t at = caption.folded.letters.find(variant);
      if (at != std::u32string::npos && stands_alone(caption.folded, at, variant.size()))
        best = std::max(best, kCaptionWord);
    }
  }
  return best;
}

double Evidence::in_caption(std::u32string_view title, std::u32string_view artist) const {
  const double one = in_caption(title);
  const double two = in_caption(artist);
  const auto titles = name_variants(title);
  const auto artists = name_variants(artist);
  double order = 0;
  for (const Caption& caption : captions_) {
    if (holds_any(caption.quoted, titles)) order = std::max(order, 2.5);
    if (holds_any(caption.quoted, artists)) order = std::min(order, -2.5);
    if (order != 0) continue;
    // "Artist – Title" is how videos are named, so the order of the two says a little.
    const std::size_t a = find_name(caption.folded.letters, artists);
    const std::size_t t = find_name(caption.folded.letters, titles);
    if (a != std::u32string::npos && t != std::u32string::npos) order += a < t ? 0.6 : -0.6;
  }
  return one + two + (one > 0 && two > 0 ? 1 : 0) + order;
}

}  // namespace nunmul
