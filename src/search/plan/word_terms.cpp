// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/word_terms.h"

#include <algorithm>

#include "base/utf8.h"
#include "search/plan/phrase_pieces.h"
#include "search/plan/word_expansion.h"
#include "search/postings/family_weight.h"
#include "text/analyzer.h"
#include "text/kana_spelling.h"
#include "text/language_resources.h"
#include "text/segment.h"

namespace nunmul {
namespace {

constexpr double kVerbOfUnknownWord = 4;

// The verb stands in for a form that no document has.
double verb_factor(const Generation& generation, const Token& token) {
  const bool known =
      documents_of_word(generation, token.word) > 0 || documents_of_stem(generation, token.stem) > 0;
  return known ? 1 : kVerbOfUnknownWord;
}

}  // namespace

std::vector<PlannedTerm> WordTerms::of_word(const Token& token) const {
  if (languages_.concern(token)) return in_languages(token);
  if (token.script == Script::Latin) return {planned(Family::LatinStem, token.stem)};
  if (token.script == Script::Hangul) return of_hangul(token);
  std::vector<PlannedTerm> terms;
  for (const Term& term : generation_.analyzer().analyze(token.word).terms)
    if (term.family != Family::KanaPair) terms.push_back(planned(term.family, term.value));
  return terms;
}

// The written word before the verbs that it may be a form of.
std::vector<PlannedTerm> WordTerms::of_hangul(const Token& token) const {
  std::vector<PlannedTerm> terms{planned(Family::HangulStem, token.stem)};
  for (const std::string& verb :
       generation_.analyzer().resources().korean_lexicon().verbs_of(to_utf32(token.word)))
    terms.push_back(planned(Family::HangulVerb, verb, verb_factor(generation_, token)));
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
    for (const PhrasePiece& piece : phrase_pieces(stemmed)) {
      if (piece.token.script == Script::Han) {
        for (const std::string& run : piece.runs)
          for (PlannedTerm& term : of_letters(run)) all.push_back(std::move(term));
      } else if (piece.borders == WordPattern::Borders::Both) {
        all.push_back(planned(word_family(piece.token.script), piece.token.stem));
      }
    }
    if (all.empty() && !stemmed.empty()) all.push_back(planned(Family::HanWord, stemmed[0].stem));
    all = strongest_of_each(std::move(all));
    if (!all.empty()) stemmings.push_back(std::move(all));
  }
  return stemmings;
}

// Pairs, but for those at the edges that other letters beside them would change, and single characters; words
// may be cut otherwise in a document.
std::vector<PlannedTerm> WordTerms::of_letters(std::string_view letters) const {
  std::vector<PlannedTerm> terms;
  const std::string_view whole = without_unsure_kana(letters);
  const bool single = count_chars(whole) == 1;
  for (const Term& term : generation_.analyzer().analyze(whole).terms)
    if (term.family != Family::HanWord && !(single && term.family == Family::HanBigram))
      terms.push_back(planned(term.family, term.value));
  return terms;
}

AnyWordTerms WordTerms::of_text(std::string_view text, const std::map<std::uint32_t, std::uint64_t>& meant,
                                const std::set<std::uint32_t>& left_out) const {
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
    if ((any_left && dropped[term.position]) || term.family == Family::KanaPair) continue;
    if (left_out.contains(term.position)) continue;
    const Token& token = analyzed.tokens[term.position];
    if (is_symbols(term.value) && !is_symbols(token.word)) continue;
    const bool languages = term.family == Family::LatinStem && languages_.concern(token);
    const double factor = term.family == Family::HangulVerb ? verb_factor(generation_, token) : 1;
    std::vector<PlannedTerm> stems =
        languages ? in_languages(token) : std::vector{planned(term.family, term.value, factor)};
    const auto others = meant.find(term.position);
    const double most = rarity(others == meant.end() ? std::uint64_t{0} : others->second);
    // A verb is said by its word already.
    const bool weighs = term.family != Family::HangulVerb && !known.contains(stems[0].term);
    if (weighs) all.full_weight += stems[0].weight * std::min(most, rarity(stems[0]));
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
