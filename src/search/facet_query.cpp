// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/facet_query.h"

#include <algorithm>

#include "text/jamo.h"
#include "text/utf8.h"

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
    words_.push_back({WordPattern(token, options), letters_of(token), allowed_typos(token)});
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

}  // namespace nunmul
