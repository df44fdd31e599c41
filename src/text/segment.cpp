// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/segment.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "base/utf8.h"

namespace nunmul {
namespace {

struct KindRange {
  char32_t first, last;
  CharKind kind;
};

// The first row that has the character decides; for the rest ICU says what a letter is.
constexpr KindRange kRanges[] = {
    {U'\'', U'\'', CharKind::Apostrophe},  {0x3005, 0x3007, CharKind::Kanji},     // 々 〆 〇
    {0x303B, 0x303B, CharKind::Kanji},                                            // 〻
    {0x30FB, 0x30FB, CharKind::Separator},                                        // ・
    {0x30A0, 0x30A0, CharKind::Separator},                                        // ゠
    {0x3041, 0x309F, CharKind::Hiragana},  {0x30A1, 0x30FF, CharKind::Katakana},  // with ー
    {0x31F0, 0x31FF, CharKind::Katakana},  {0x3400, 0x4DBF, CharKind::Kanji},
    {0x4E00, 0x9FFF, CharKind::Kanji},     {0xF900, 0xFAFF, CharKind::Kanji},
    {0x20000, 0x3FFFF, CharKind::Kanji},   {0x1100, 0x11FF, CharKind::Hangul},
    {0x3131, 0x318E, CharKind::Hangul},    {0xA960, 0xA97F, CharKind::Hangul},
    {0xAC00, 0xD7A3, CharKind::Hangul},    {0xD7B0, 0xD7FF, CharKind::Hangul},
};

bool is_mark(char32_t code) {
  const int type = u_charType(static_cast<UChar32>(code));
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK;
}

CharKind find_kind(char32_t code) {
  for (const KindRange& range : kRanges) {
    if (code >= range.first && code <= range.last) return range.kind;
  }
  if (u_isalnum(static_cast<UChar32>(code)) || is_mark(code)) return CharKind::Letter;
  constexpr std::uint32_t kSymbols = U_GC_SO_MASK | U_GC_SM_MASK | U_GC_SC_MASK;
  const bool symbol =
      code >= 0x80 && code != kReplacement && (U_GET_GC_MASK(static_cast<UChar32>(code)) & kSymbols) != 0;
  return symbol ? CharKind::Symbol : CharKind::Separator;
}

struct KindTable {
  std::array<CharKind, 0x10000> kinds;
  KindTable() {
    for (char32_t code = 0; code < 0x10000; ++code) kinds[code] = find_kind(code);
  }
};

const KindTable& kind_table() {
  static const auto instance = std::make_unique<const KindTable>();
  return *instance;
}

// The letters behind the apostrophe of an English contraction or possessive.
constexpr std::u32string_view kEnglishContractions[] = {U"s", U"t", U"d", U"m", U"ll", U"re", U"ve"};

// Whether the letters from `at` to the next character that is none are such an end.
bool is_contraction(std::span<const FoldedChar> chars, std::span<const CharKind> kinds, std::size_t at) {
  std::u32string end;
  for (; at < chars.size() && kinds[at] == CharKind::Letter && end.size() < 3; ++at)
    end.push_back(chars[at].code);
  return std::find(std::begin(kEnglishContractions), std::end(kEnglishContractions), end) !=
         std::end(kEnglishContractions);
}

bool continues_run(std::span<const FoldedChar> chars, std::span<const CharKind> kinds, std::size_t at,
                   Script script) {
  if (kinds[at] == CharKind::Apostrophe)
    return script == Script::Latin && kinds[at - 1] == CharKind::Letter &&
           is_contraction(chars, kinds, at + 1);
  return is_word_char(kinds[at]) && script_of(kinds[at]) == script;
}

}  // namespace

CharKind char_kind(char32_t code) { return code < 0x10000 ? kind_table().kinds[code] : find_kind(code); }

bool is_symbols(std::string_view word) {
  return !word.empty() && !is_word_char(char_kind(decode_utf8(word, 0).code));
}

WordRules::Strings WordRules::read(const std::vector<std::string>& strings) {
  Strings out;
  for (const std::string& string : strings) {
    std::u32string folded = fold_utf32(string);
    if (!folded.empty()) out.push_back(std::move(folded));
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

WordRules::WordRules(const std::vector<std::string>& separators,
                     const std::vector<std::string>& non_separators,
                     const std::vector<std::string>& dictionary)
    : separators_(read(separators)), non_separators_(read(non_separators)), dictionary_(read(dictionary)) {}

std::size_t WordRules::longest_at(const Strings& strings, std::span<const FoldedChar> chars, std::size_t at) {
  for (const std::u32string& string : strings) {
    if (string.size() > chars.size() - at) continue;
    std::size_t i = 0;
    while (i < string.size() && chars[at + i].code == string[i]) ++i;
    if (i == string.size()) return i;
  }
  return 0;
}

void WordRules::apply(std::span<const FoldedChar> chars, std::span<CharKind> kinds) const {
  if (separators_.empty() && non_separators_.empty()) return;
  for (std::size_t at = 0; at < chars.size();) {
    const std::size_t separator = longest_at(separators_, chars, at);
    const std::size_t joined = separator != 0 ? 0 : longest_at(non_separators_, chars, at);
    for (std::size_t i = at; i < at + separator; ++i) kinds[i] = CharKind::Separator;
    if (joined != 0) {
      CharKind kind = at + joined < chars.size() ? kinds[at + joined] : CharKind::Separator;
      if (at > 0 && is_word_char(kinds[at - 1])) kind = kinds[at - 1];
      if (!is_word_char(kind)) kind = CharKind::Letter;
      std::fill_n(kinds.begin() + static_cast<std::ptrdiff_t>(at), joined, kind);
    }
    at += std::max<std::size_t>(1, separator + joined);
  }
}

std::size_t WordRules::dictionary_word_at(std::span<const FoldedChar> chars, std::span<const CharKind> kinds,
                                          std::size_t at) const {
  for (const std::u32string& word : dictionary_) {
    if (longest_at({word}, chars, at) == 0) continue;
    const std::size_t end = at + word.size();
    const bool inside = end < kinds.size() && is_word_char(kinds[end]) && is_word_char(kinds[end - 1]) &&
                        script_of(kinds[end]) == script_of(kinds[end - 1]);
    if (!inside) return word.size();
  }
  return 0;
}

void find_runs(std::vector<Run>& out, std::span<const FoldedChar> chars, const WordRules& rules,
               std::vector<CharKind>& kinds) {
  kinds.clear();
  const KindTable& rows = kind_table();
  for (const FoldedChar& c : chars)
    kinds.push_back(c.code < 0x10000 ? rows.kinds[c.code] : find_kind(c.code));
  rules.apply(chars, kinds);
  for (std::size_t at = 0; at < chars.size();) {
    if (rules.has_dictionary()) {
      if (const std::size_t length = rules.dictionary_word_at(chars, kinds, at)) {
        out.push_back({script_of(kinds[at]), at, at + length, true});
        at += length;
        continue;
      }
    }
    if (!is_word_char(kinds[at])) {
      ++at;
      continue;
    }
    const Script script = script_of(kinds[at]);
    std::size_t end = at + 1;
    while (end < chars.size() && continues_run(chars, kinds, end, script)) ++end;
    out.push_back({script, at, end, false});
    at = end;
  }
}

}  // namespace nunmul
