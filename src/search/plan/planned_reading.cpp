// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/planned_reading.h"

#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/japanese.h"
#include "text/name_terms.h"

namespace nunmul {
namespace {

constexpr double kReadingStart = 3;  // of one kana, which says little else

// Whether no document has the word, or goes on from it.
bool is_unknown(const QueryText& query, const QueryPlan& plan, const Token& token) {
  for (std::uint32_t u = 0; u < query.units.size(); ++u)
    if (!query.units[u].quoted && query.units[u].number == token.position)
      return plan.units[u].documents == 0;
  return false;
}

// The last kana with each that may follow it (たいy: いや, いゆ, いよ; し: all pairs that begin so, since
// one kana alone is no pair).
std::vector<PlannedTerm> unfinished_reading(const QueryText& query, const std::string& kana) {
  const std::u32string typed = to_utf32(kana);
  if (typed.empty() || (query.unfinished_kana.empty() && typed.size() > 1)) return {};
  const std::string last = to_utf8(std::u32string_view(typed).substr(typed.size() - 1));
  std::vector<PlannedTerm> terms;
  if (typed.size() == 1) terms.push_back(planned(Family::Reading, reading_start(last), kReadingStart));
  std::vector<PlannedTerm> pairs;
  for (const std::string& next : kana_begun_by(query.unfinished_kana))
    pairs.push_back(planned(Family::Reading, last + next));
  if (!pairs.empty()) terms.push_back(merged(std::move(pairs)));
  return terms;
}

}  // namespace

PlannedReading plan_reading(const Analyzer& analyzer, const QueryText& query, const QueryPlan& plan,
                            const std::vector<Token>& tokens) {
  constexpr std::size_t kMinKana = 2, kMinWholeKana = 3, kWholeKana = 5;
  PlannedReading reading;
  reading.is_whole = true;
  std::string kana;
  for (const Token& token : tokens) {
    if (is_all_kana(token.word)) {
      kana += to_hiragana(token.word);
      continue;
    }
    if (token.script == Script::Han) return {};
    const bool may_be_romaji = token.script == Script::Latin && is_unknown(query, plan, token);
    const auto hiragana = may_be_romaji ? romaji_to_hiragana(token.word) : std::nullopt;
    kana += hiragana.value_or("");
    reading.is_whole = reading.is_whole && hiragana.has_value();
  }
  reading.is_whole = reading.is_whole && count_chars(kana) >= kMinWholeKana;
  reading.any = unfinished_reading(query, kana);
  if (count_chars(kana) < kMinKana) return reading;
  // Pairs of kana are common; of a short reading all must be there, of a long one most will be.
  auto& terms = count_chars(kana) <= kWholeKana ? reading.together : reading.any;
  for (const Term& term : analyzer.name_terms(kana)) {
    const bool is_pair = count_chars(term.value) > 1 && !is_reading_start(term.value);  // る of るー is none
    if (term.family == Family::Reading && is_pair) terms.push_back(planned(term.family, term.value));
  }
  return reading;
}

}  // namespace nunmul
