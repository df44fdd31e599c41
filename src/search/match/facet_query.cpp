// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/facet_query.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/jamo.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

std::u32string letters_of(const Token& token) {
  return to_utf32(token.script == Script::Hangul ? key_sequence(token.word) : token.word);
}

// The least number of edits from `word` to `text` or to one of its beginnings, swaps included.
std::uint32_t distance(std::u32string_view word, std::u32string_view text, bool as_prefix) {
  const std::size_t width = text.size() + 1;
  std::vector<std::uint32_t> before(width), above(width), row(width);
  for (std::size_t j = 0; j < width; ++j) above[j] = static_cast<std::uint32_t>(j);
  for (std::size_t i = 1; i <= word.size(); ++i) {
    row[0] = static_cast<std::uint32_t>(i);
    for (std::size_t j = 1; j < width; ++j) {
      const std::uint32_t changed = above[j - 1] + (word[i - 1] == text[j - 1] ? 0 : 1);
      row[j] = std::min({changed, above[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && word[i - 1] == text[j - 2] && word[i - 2] == text[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return as_prefix ? *std::min_element(above.begin(), above.end()) : above.back();
}

// What a word begins with, as one bit: a Latin letter, a digit, or the consonant that opens a syllable of
// Hangul (a doubled one as the single: fast typing loses shift). 0 for anything else.
std::uint64_t sign_of(char32_t code) {
  constexpr int kLetters = 26, kDigits = 10;
  constexpr std::uint8_t kSingle[] = {0, 0, 2, 3, 3, 5, 6, 7, 7, 9, 9, 11, 12, 12, 14, 15, 16, 17, 18};
  if (code >= 'a' && code <= 'z') return std::uint64_t{1} << (code - 'a');
  if (code >= 'A' && code <= 'Z') return std::uint64_t{1} << (code - 'A');
  if (code >= '0' && code <= '9') return std::uint64_t{1} << (kLetters + code - '0');
  if (!is_syllable(code)) return 0;
  return std::uint64_t{1} << (kLetters + kDigits + kSingle[parts_of(code).initial]);
}

bool is_latin_letter(char32_t code) { return (code | 0x20) >= 'a' && (code | 0x20) <= 'z'; }

// Whether folding leaves the character what it is, but for its case.
bool is_plain(char32_t code) {
  return code < 0x80 || (code >= 0x3041 && code <= 0x30FE) || (code >= 0x4E00 && code <= 0x9FFF) ||
         is_syllable(code);
}

// Of all places of a text where a word may begin. All bits when the text is not plain.
std::uint64_t signs_of(std::string_view text) {
  std::uint64_t signs = 0;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar next = decode_utf8(text, at);
    if (!is_plain(next.code)) return ~std::uint64_t{0};
    if (!is_latin_letter(next.code) || !is_latin_letter(before)) signs |= sign_of(next.code);
    before = next.code;
    at += next.length;
  }
  return signs;
}

// A first letter that is wrong counts as two typos, so with fewer it is there; with two, a syllable's
// consonant or the next one's is.
std::uint64_t signs_of_word(const Token& word, std::uint32_t typos) {
  const std::u32string letters = to_utf32(word.word);
  if (letters.empty() || typos > 2) return 0;
  const std::uint64_t first = sign_of(letters[0]);
  if (typos < 2 || first == 0) return first;
  const std::uint64_t second = letters.size() > 1 ? sign_of(letters[1]) : 0;
  return word.script == Script::Hangul && second != 0 ? first | second : 0;
}

}  // namespace

bool within_typos(std::u32string_view word, std::u32string_view text, std::uint32_t typos, bool as_prefix) {
  if (typos == 0) return as_prefix ? text.starts_with(word) : text == word;
  if (text.size() + typos < word.size()) return false;
  if (!as_prefix && word.size() + typos < text.size()) return false;
  // A longer beginning cannot be near enough.
  if (as_prefix) text = text.substr(0, word.size() + typos);
  const std::uint32_t edits = distance(word, text, as_prefix);
  const bool same_first = !word.empty() && !text.empty() && word[0] == text[0];
  return edits + (edits > 0 && !same_first ? 1 : 0) <= typos;
}

FacetQuery::FacetQuery(const std::vector<Token>& query,
                       const std::function<std::uint32_t(const Token&)>& allowed_typos) {
  for (const Token& token : query) {
    WordPattern::Options options;
    options.prefix = &token == &query.back();
    const std::uint32_t typos = allowed_typos(token);
    words_.push_back({WordPattern(token, options), letters_of(token), typos, signs_of_word(token, typos)});
  }
}

bool FacetQuery::fits(const Word& word, const Token& token) {
  if (word.pattern.fit(token.word, token.stem, token.script)) return true;
  if (word.typos == 0 || word.pattern.token().script != token.script) return false;
  return within_typos(word.letters, letters_of(token), word.typos, word.pattern.is_prefix());
}

bool FacetQuery::fits(const std::vector<Token>& value) const {
  return std::all_of(words_.begin(), words_.end(), [&](const Word& word) {
    return std::any_of(value.begin(), value.end(), [&](const Token& token) { return fits(word, token); });
  });
}

bool FacetQuery::may_fit(std::string_view value) const {
  const std::uint64_t signs = signs_of(value);
  return std::all_of(words_.begin(), words_.end(),
                     [&](const Word& word) { return word.signs == 0 || (word.signs & signs) != 0; });
}

}  // namespace nunmul
