// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/joined_words.h"

#include <string>
#include <string_view>
#include <utility>

#include "search/plan/word_expansion.h"

namespace nunmul {

void JoinedWordPlanner::add_joined(const std::vector<Token>& tokens) {
  for (std::uint32_t first = 0; first < tokens.size(); ++first)
    for (std::uint32_t count = 2; count <= style_.max_joined && first + count <= tokens.size(); ++count)
      add_joined(tokens, first, count);
}

// What was left out of the units is a part of it too (t shirt), but for a, which stands before everything.
void JoinedWordPlanner::add_joined(const std::vector<Token>& tokens, std::uint32_t first,
                                   std::uint32_t count) {
  const auto [unit, units] = query_.units_of(first, count);
  if (units == 0 || units > count) return;
  std::string together;
  for (std::uint32_t t = first; t < first + count; ++t) {
    if (tokens[t].script != tokens[first].script || tokens[t].script == Script::Han) return;
    if (units < count && tokens[t].word == "a") return;
    together += tokens[t].word;
  }
  const auto joined = generation_.analyzer().tokenize(together);
  if (joined.size() != 1 || documents_of_word(generation_, joined[0].word) == 0) return;
  for (std::uint32_t u = unit; u < unit + units; ++u) plan_.units[u].also_any(word_terms_.of_word(joined[0]));
  Alternative alternative;
  alternative.first_unit = unit;
  alternative.units = units;
  alternative.typos = 1;
  alternative.exact = false;
  alternative.words.push_back(
      languages_.pattern_of(joined[0], {query_.units[unit + units - 1].prefix, true, false}));
  plan_.alternatives.push_back(std::move(alternative));
}

void JoinedWordPlanner::add_splits(std::uint32_t number, const Token& token, bool known, PlannedUnit& unit) {
  for (const std::vector<std::string>& split : splits_of(generation_, token, known)) {
    Alternative alternative;
    alternative.first_unit = number;
    alternative.typos = 1;
    alternative.exact = false;
    std::vector<Token> parts;
    for (const std::string& part : split) {
      const auto tokens = generation_.analyzer().tokenize(part);
      if (tokens.size() != 1) break;
      alternative.words.push_back(languages_.pattern_of(tokens[0], {false, true, false}));
      parts.push_back(tokens[0]);
    }
    if (parts.size() != split.size()) continue;
    std::vector<std::vector<PlannedTerm>> together = word_terms_.of_words_together(parts);
    if (style_.by_weight && !known && token.script == Script::Latin)
      for (const std::vector<PlannedTerm>& all : together) plan_.synonyms.push_back({all, {}, number});
    unit.also_all(std::move(together));
    plan_.alternatives.push_back(std::move(alternative));
  }
}

void JoinedWordPlanner::add_and(std::uint32_t number, const Token& token, PlannedUnit& unit) {
  constexpr std::string_view kShort = "n", kLong = "and";
  if (query_.units.size() < 2 || (token.word != kShort && token.word != kLong)) return;
  const auto other = generation_.analyzer().tokenize(token.word == kShort ? kLong : kShort);
  if (documents_of_word(generation_, other[0].word) == 0) return;
  unit.also_any(word_terms_.of_word(other[0]));
  Alternative alternative;
  alternative.first_unit = number;
  alternative.exact = false;
  alternative.words.push_back(languages_.pattern_of(other[0], {false, false, false}));
  plan_.alternatives.push_back(std::move(alternative));
}

}  // namespace nunmul
