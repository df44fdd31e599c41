// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/present/plan_matcher.h"

#include <tuple>

#include "base/utf8.h"
#include "search/plan/alternative_match.h"
#include "text/fold.h"
#include "text/jamo.h"

namespace nunmul {
namespace {

// The letters of a piece of a text as they are compared, with the bytes that each has in it: one of Hangul or
// kana may be written as several characters, and belongs together.
std::vector<FoldedChar> letters_of(std::string_view text, const Token& token) {
  std::vector<FoldedChar> letters;
  fold_into(letters, text.substr(0, token.end), token.begin, token.end);
  return letters;
}

// The byte behind so many letters of a token.
std::uint32_t behind_letters(std::string_view text, const Token& token, std::size_t count) {
  const std::vector<FoldedChar> letters = letters_of(text, token);
  return count == 0 ? token.begin : count < letters.size() ? letters[count - 1].end : token.end;
}

// The byte behind the syllables that the typed keys reach into.
std::uint32_t behind_keys(std::string_view text, const Token& token, std::size_t keys) {
  std::uint32_t end = token.begin;
  std::size_t typed = 0;
  for (const FoldedChar& letter : letters_of(text, token)) {
    if (typed >= keys) break;
    std::string syllable;
    append_utf8(syllable, letter.code);
    typed += key_sequence(syllable).size();
    end = letter.end;
  }
  return end;
}

// How far a match of the last, unfinished word is marked: as far as was typed.
std::uint32_t marked_end(std::string_view text, const Token& token, const WordPattern& pattern) {
  if (token.script == Script::Hangul && !pattern.keys().empty())
    return behind_keys(text, token, pattern.keys().size());
  return behind_letters(text, token, count_chars(pattern.token().word));
}

// Inside a longer word only the part that was asked for is marked.
std::pair<std::uint32_t, std::uint32_t> marked_part(std::string_view text, const Token& token,
                                                    const WordPattern& pattern) {
  const std::string& part = token.script == Script::Hangul ? pattern.token().stem : pattern.token().word;
  const std::size_t at = token.word.find(part);
  if (at == std::string::npos) return {token.begin, token.end};
  const std::size_t before = count_chars(std::string_view(token.word).substr(0, at));
  return {behind_letters(text, token, before), behind_letters(text, token, before + count_chars(part))};
}

}  // namespace

void PlanMatcher::find_at(std::uint32_t t, std::string_view text, const std::vector<Token>& tokens,
                          const Alternative& alternative, std::vector<TokenMatch>& found) const {
  const auto word_at = [&](std::size_t at) -> std::optional<TextWordView> {
    if (at >= tokens.size()) return std::nullopt;
    return TextWordView{tokens[at].word, tokens[at].stem, tokens[at].script};
  };
  std::vector<Begun> ways;
  alternative.words.front().begin(*word_at(t), ways);
  const auto matched = best_match(alternative, ways, t, word_at);
  if (!matched) return;
  const Token& last = tokens[matched->last];
  TokenMatch match{t, static_cast<std::uint32_t>(matched->last), tokens[t].begin, last.end,
                   alternative.first_unit};
  const WordPattern& pattern = alternative.words.back();
  const Fit fit = matched->end.fit.fit;
  if (matched->first.han) match.begin = behind_letters(text, tokens[t], matched->first.han->begin_chars);
  // An unfinished word that happens to be the stem of another is marked as far as it was typed, too.
  const bool begins = pattern.is_prefix() && last.word.starts_with(pattern.token().word);
  if (matched->end.han) {
    match.end = behind_letters(text, last, matched->end.han->end_chars);
  } else if (fit == Fit::Prefix || (fit == Fit::Stem && begins) ||
             (fit == Fit::Typo && pattern.is_prefix())) {
    match.end = marked_end(text, last, pattern);
  } else if (fit == Fit::Part && matched->last == t) {
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
