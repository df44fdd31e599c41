// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/present/text_window.h"

#include <algorithm>
#include <bit>
#include <tuple>

#include "text/fold.h"
#include "text/segment.h"

namespace nunmul {
namespace {

// Words further apart than this are equally far.
constexpr std::uint32_t kFarthest = 8;

// The words that are counted: a token, or the parts between its apostrophes.
struct Word {
  std::uint32_t begin = 0;  // bytes of the text
  std::uint32_t end = 0;    //
};

std::vector<Word> words_of(std::string_view text, const std::vector<Token>& tokens) {
  std::vector<Word> words;
  std::vector<FoldedChar> chars;
  for (const Token& token : tokens) {
    words.push_back({token.begin, token.end});
    if (token.script != Script::Latin || token.word.find('\'') == std::string::npos) continue;
    chars.clear();
    fold_into(chars, text, token.begin, token.end);
    for (const FoldedChar& c : chars) {
      if (char_kind(c.code) != CharKind::Apostrophe || c.begin <= words.back().begin || c.end >= token.end)
        continue;
      words.back().end = c.begin;
      words.push_back({c.end, token.end});
    }
  }
  return words;
}

// The matches with the numbers of words, of which there are some, instead of tokens.
std::vector<TokenMatch> in_words(std::vector<TokenMatch> matches, const std::vector<Word>& words) {
  for (TokenMatch& match : matches) {
    // One behind all words counts as the last.
    const auto first = std::partition_point(words.begin(), words.end() - 1,
                                            [&](const Word& word) { return word.end <= match.begin; });
    const auto behind =
        std::partition_point(first, words.end(), [&](const Word& word) { return word.begin < match.end; });
    match.first_token = static_cast<std::uint32_t>(first - words.begin());
    match.last_token = static_cast<std::uint32_t>(std::max(behind, first + 1) - words.begin()) - 1;
  }
  return matches;
}

struct TokenRange {
  std::size_t first = 0;
  std::size_t last = 0;  // inclusive
};

// The matches from one on that fit into a window together, and how good they are.
struct Candidate {
  TokenRange tokens;
  int distinct = 0;
  std::uint32_t apart = 0;  // sum of the distances from match to match
  int in_order = 0;         // neighbours that follow each other as in the query

  bool better_than(const Candidate& other) const {
    return std::make_tuple(distinct, other.apart, in_order) >
           std::make_tuple(other.distinct, apart, other.in_order);
  }
};

Candidate candidate_from(const std::vector<TokenMatch>& matches, std::size_t start, std::uint32_t length) {
  Candidate candidate;
  candidate.tokens = {matches[start].first_token, matches[start].last_token};
  std::uint64_t words = 1ULL << (matches[start].query_word & 63);
  for (std::size_t i = start + 1; i < matches.size(); ++i) {
    const TokenMatch &before = matches[i - 1], &match = matches[i];
    if (match.last_token >= candidate.tokens.first + length) break;
    words |= 1ULL << (match.query_word & 63);
    const std::uint32_t distance =
        match.first_token > before.last_token ? match.first_token - before.last_token - 1 : 0;
    candidate.apart += std::min(distance, kFarthest);
    candidate.in_order += match.query_word == before.query_word + 1 ? 1 : 0;
    candidate.tokens.last = std::max<std::size_t>(candidate.tokens.last, match.last_token);
  }
  candidate.distinct = std::popcount(words);
  return candidate;
}

TokenRange best_range(const std::vector<TokenMatch>& matches, std::uint32_t length) {
  Candidate best = candidate_from(matches, 0, length);
  for (std::size_t start = 1; start < matches.size(); ++start) {
    const Candidate candidate = candidate_from(matches, start, length);
    if (candidate.better_than(best)) best = candidate;
  }
  best.tokens.last = std::min(best.tokens.last, best.tokens.first + length - 1);
  return best.tokens;
}

TokenRange grown(TokenRange range, std::size_t tokens, std::uint32_t length) {
  while (range.last - range.first + 1 < length) {
    if (range.first > 0) --range.first;
    if (range.last - range.first + 1 < length && range.last + 1 < tokens) ++range.last;
  }
  return range;
}

}  // namespace

TextWindow whole_text(std::string_view text) {
  return {0, static_cast<std::uint32_t>(text.size()), false, false};
}

TextWindow choose_window(std::string_view text, const std::vector<Token>& tokens,
                         const std::vector<TokenMatch>& matches, std::uint32_t length) {
  if (length == 0) return whole_text(text);
  const std::vector<Word> words = words_of(text, tokens);
  if (words.size() <= length) return whole_text(text);
  std::vector<TokenMatch> asked = in_words(matches, words);
  std::erase_if(asked, [](const TokenMatch& match) { return match.query_word == kNoQueryWord; });
  const TokenRange core = asked.empty() ? TokenRange{0, length - 1} : best_range(asked, length);
  const TokenRange range = grown(core, words.size(), length);
  TextWindow window = whole_text(text);
  window.cut_before = range.first > 0;
  window.cut_after = range.last + 1 < words.size();
  if (window.cut_before) window.begin = words[range.first].begin;
  if (window.cut_after) window.end = words[range.last].end;
  return window;
}

}  // namespace nunmul
