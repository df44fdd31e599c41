// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/word_terms.h"

#include <algorithm>
#include <set>

#include "search/plan/word_expansion.h"
#include "search/postings/family_weight.h"
#include "text/analyzer.h"
#include "text/language_resources.h"

namespace nunmul {

std::vector<PlannedTerm> WordTerms::of_word(const Token& token) const {
  if (languages_.concern(token)) return in_languages(token);
  if (token.script != Script::Han) return {planned(word_family(token.script), token.stem)};
  std::vector<PlannedTerm> terms;
  for (const Term& term : generation_.analyzer().analyze(token.word).terms)
    terms.push_back(planned(term.family, term.value));
  return terms;
}

// One word under several stems is as common as the commonest of them: a stem of a language that few
// documents are in would else count most.
std::vector<PlannedTerm> WordTerms::in_languages(const Token& token) const {
  const auto idf = [this](std::uint64_t documents) { return std::max(0.1, rarity(documents)); };
  const std::vector<CountedStem> stems = languages_.stems_of(token);
  std::uint64_t most = 0;
  for (const CountedStem& stem : stems) most = std::max(most, stem.documents);
  std::vector<PlannedTerm> terms;
  for (const CountedStem& stem : stems)
    terms.push_back(planned(Family::LatinStem, stem.stem, std::min(1.0, idf(most) / idf(stem.documents))));
  return terms;
}

std::vector<std::vector<PlannedTerm>> WordTerms::of_words_together(const std::vector<Token>& tokens) const {
  std::vector<std::vector<PlannedTerm>> stemmings;
  for (const std::vector<Token>& stemmed : languages_.stemmings_of(tokens)) {
    std::vector<PlannedTerm> all;
    for (const Token& token : stemmed) {
      if (token.script != Script::Han)
        all.push_back(planned(word_family(token.script), token.stem));
      else if (const auto terms = of_word(token); !terms.empty())
        all.push_back(terms.front());
    }
    if (!all.empty()) stemmings.push_back(std::move(all));
  }
  return stemmings;
}

AnyWordTerms WordTerms::of_text(std::string_view text, std::uint64_t unfinished_documents) const {
  const Analyzer& analyzer = generation_.analyzer();
  const AnalyzedText analyzed = analyzer.analyze(text);
  std::vector<bool> dropped(analyzed.tokens.size());
  bool any_left = false;
  for (const Token& token : analyzed.tokens) {
    const bool stop = analyzer.resources().is_stop_word(token);
    dropped[token.position] = stop;
    any_left |= !stop;
  }
  AnyWordTerms all;
  std::set<std::string> known;
  for (const Term& term : analyzed.terms) {
    if (any_left && dropped[term.position]) continue;
    const Token& token = analyzed.tokens[term.position];
    const bool languages = term.family == Family::LatinStem && languages_.concern(token);
    std::vector<PlannedTerm> stems =
        languages ? in_languages(token) : std::vector{planned(term.family, term.value)};
    const bool last = term.position + 1 == analyzed.tokens.size();
    const double most =
        last && unfinished_documents > 0 ? rarity(unfinished_documents) : rarity(std::uint64_t{0});
    if (!known.contains(stems[0].term)) all.full_weight += stems[0].weight * std::min(most, rarity(stems[0]));
    for (PlannedTerm& stem : stems) {
      known.insert(stem.term);
      all.terms.push_back(std::move(stem));
    }
  }
  return all;
}

double WordTerms::rarity(const PlannedTerm& term) const {
  const std::string_view value = std::string_view(term.term).substr(1);
  if (term.family == Family::LatinStem) return rarity(languages_.documents_of_english_stem(value));
  const std::uint64_t documents = term.family == Family::HangulStem ? documents_of_stem(generation_, value)
                                                                    : documents_of_word(generation_, value);
  return rarity(documents);
}

double WordTerms::rarity(std::uint64_t documents) const {
  return inverse_document_frequency(static_cast<double>(documents),
                                    static_cast<double>(generation_.documents()));
}

}  // namespace nunmul
