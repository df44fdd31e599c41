// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/present/plan_matcher.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/jamo.h"

namespace nunmul {
namespace {

// The byte behind the first `letters` characters of a piece of text.
std::uint32_t behind_letters(std::string_view text, std::uint32_t begin, std::uint32_t end,
                             std::size_t letters) {
  return begin + static_cast<std::uint32_t>(bytes_of_chars(text.substr(begin, end - begin), letters));
}

// The byte behind the syllables that the typed keys reach into.
std::uint32_t behind_keys(std::string_view text, std::uint32_t begin, std::uint32_t end, std::size_t keys) {
  std::size_t at = begin, typed = 0;
  while (at < end && typed < keys) {
    const std::uint32_t length = decode_utf8(text, at).length;
    typed += key_sequence(text.substr(at, length)).size();
    at += length;
  }
  return static_cast<std::uint32_t>(std::min<std::size_t>(at, end));
}

// How far a match of the last, unfinished word is marked: as far as was typed.
std::uint32_t marked_end(std::string_view text, const Token& token, const WordPattern& pattern) {
  if (token.script == Script::Hangul && !pattern.keys().empty())
    return behind_keys(text, token.begin, token.end, pattern.keys().size());
  return behind_letters(text, token.begin, token.end, count_chars(pattern.token().word));
}

// Inside a longer word only the part that was asked for is marked.
std::pair<std::uint32_t, std::uint32_t> marked_part(std::string_view text, const Token& token,
                                                    const WordPattern& pattern) {
  const std::string& part = token.script == Script::Hangul ? pattern.token().stem : pattern.token().word;
  const std::size_t at = token.word.find(part);
  if (at == std::string::npos) return {token.begin, token.end};
  const std::uint32_t begin =
      behind_letters(text, token.begin, token.end, count_chars(std::string_view(token.word).substr(0, at)));
  return {begin, behind_letters(text, begin, token.end, count_chars(part))};
}

}  // namespace

void PlanMatcher::find_at(std::uint32_t t, std::string_view text, const std::vector<Token>& tokens,
                          const Alternative& alternative, std::vector<TokenMatch>& found) const {
  const auto count = static_cast<std::uint32_t>(alternative.words.size());
  if (t + count > tokens.size()) return;
  WordFit fit;
  for (std::uint32_t w = 0; w < count; ++w) {
    fit = alternative.words[w].fit(tokens[t + w].word, tokens[t + w].stem, tokens[t + w].script);
    if (!fit) return;
  }
  const Token& last = tokens[t + count - 1];
  TokenMatch match{t, t + count - 1, tokens[t].begin, last.end, alternative.first_unit};
  const WordPattern& pattern = alternative.words.back();
  // An unfinished word that happens to be the stem of another is marked as far as it was typed, too.
  const bool begins = pattern.is_prefix() && last.word.starts_with(pattern.token().word);
  if (fit.fit == Fit::Prefix || (fit.fit == Fit::Stem && begins) ||
      (fit.fit == Fit::Typo && pattern.is_prefix())) {
    match.end = marked_end(text, last, pattern);
  } else if (fit.fit == Fit::Part && count == 1) {
    std::tie(match.begin, match.end) = marked_part(text, last, pattern);
  }
  found.push_back(match);
}

std::vector<TokenMatch> PlanMatcher::find(std::string_view text, const std::vector<Token>& tokens) const {
  std::vector<TokenMatch> found;
  for (std::uint32_t t = 0; t < tokens.size(); ++t) {
    for (const Alternative& alternative : alternatives_) find_at(t, text, tokens, alternative, found);
    for (const Alternative& stop : stops_) {
      const std::size_t before = found.size();
      find_at(t, text, tokens, stop, found);
      if (found.size() > before) found.back().query_word = kNoQueryWord;
    }
  }
  return found;
}

}  // namespace nunmul
