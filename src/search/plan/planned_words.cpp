// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/planned_words.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "search/plan/word_expansion.h"
#include "text/japanese.h"
#include "text/segment.h"

namespace nunmul {
namespace {

constexpr std::uint64_t kMaxGathered = 60'000;  // documents of words that are asked for as one

// Pairs of kana stand in other words too; how a name is read says more.
std::vector<PlannedTerm> weakened(std::vector<PlannedTerm> pairs) {
  constexpr double kPairs = 0.4;
  for (PlannedTerm& pair : pairs) pair.weight *= kPairs;
  return pairs;
}

bool is_misspelling(const ExpandedWord& word) { return word.typos > 0; }

}  // namespace

void WordPlanner::add(std::uint32_t number, bool is_loan, PlannedUnit& unit) {
  const QueryUnit& word = query_.units[number];
  const Token& token = word.tokens[0];
  WordPattern pattern = languages_.pattern_of(token, {word.prefix, true, true});
  unit.allowed_typos = typos_of(token);
  const std::uint64_t documents_of_itself = documents_of_word(generation_, token.word);
  unit.also_any(word_terms_.of_word(token));
  if (token.script == Script::Hangul) add_parts(token, unit);
  if (token.script == Script::Han) add_han(word, pattern, unit);

  std::vector<ExpandedWord> expanded;
  if (word.prefix) expanded = words_with_prefix(generation_, token);
  std::uint64_t documents = documents_of_itself;
  for (const ExpandedWord& begun : expanded) documents += begun.documents;
  // A word that is there is taken as meant: typos are looked for when it is rare or absent.
  const bool known = documents > 0;
  std::uint64_t meant = word.prefix ? documents : 0;
  bool corrected = false;
  if (unit.allowed_typos > 0 && wants_typos(token, known)) {
    for (ExpandedWord& right : misspelt(word, unit.allowed_typos, known, pattern)) {
      corrected |= !right.prefix;
      meant += known ? 0 : right.documents;
      expanded.push_back(std::move(right));
    }
  }
  if (meant > 0) known_.meant[word.number] = meant;
  if (number < 64 && documents_of_itself > 0) known_.units |= 1ULL << number;
  unit.also_any(terms_of_expanded(generation_, languages_, expanded));
  // Whether any word is meant at all (search/rank/confidence.h) is judged without misspellings, which stay
  // apart.
  const bool apart = style_.weighs_typos && std::any_of(expanded.begin(), expanded.end(), is_misspelling);
  if (!expanded.empty() && !apart && documents <= kMaxGathered)
    unit.any = {merged(strongest_of_each(std::move(unit.any)))};
  unit.documents = static_cast<double>(documents);
  names_.add_written(number, token);
  other_layout_.add(number, token, word.prefix, known, unit);
  unit.likely = corrected || is_loan;
  names_.add_sounding(number, token, known || languages_.is_known_stem(token));
  joined_words_.add_splits(number, token, known, unit);
  joined_words_.add_and(number, token, unit);
  // Among words a symbol is none of them.
  if (is_symbols(token.word))
    plan_.add_document_term(number, planned(Family::LatinStem, token.stem), Letters::AsTyped);

  Alternative alternative;
  alternative.first_unit = number;
  alternative.words.push_back(std::move(pattern));
  plan_.alternatives.push_back(std::move(alternative));
}

std::vector<ExpandedWord> WordPlanner::misspelt(const QueryUnit& word, std::uint32_t typos, bool known,
                                                WordPattern& pattern) {
  std::vector<ExpandedWord> words = words_with_typos(generation_, word.tokens[0], typos,
                                                     word.prefix && generation_.settings().prefix_search);
  for (const ExpandedWord& right : words) {
    pattern.add_typo(right.word, right.typos, right.prefix);
    if (!known && !right.prefix)
      known_.corrections.emplace(word.number, right.word);  // the nearest comes first
  }
  return words;
}

std::uint32_t WordPlanner::typos_of(const Token& token) const {
  const TypoTolerance& tolerance = generation_.settings().typo_tolerance;
  for (const std::string& word : tolerance.disable_on_words) {
    const auto tokens = generation_.analyzer().tokenize(word);
    if (tokens.size() == 1 && tokens[0].word == token.word) return 0;
  }
  if (is_symbols(token.word)) return 0;
  // The API's strategies put what is misspelt behind; our own weighs it.
  if (style_.weighs_typos && is_short_hangul(token)) return 0;
  return allowed_typos(tolerance, token);
}

bool WordPlanner::wants_typos(const Token& token, bool known) const {
  if (!style_.weighs_typos) return !known || !is_short_hangul(token);
  // Korean words come with endings that no document need have; their syllable pairs find them.
  if (token.script == Script::Hangul) return !known && documents_of_stem(generation_, token.stem) == 0;
  return !known && (token.script != Script::Latin || !languages_.is_known_stem(token));
}

bool WordPlanner::is_all_kana_query() const {
  return std::all_of(query_.units.begin(), query_.units.end(),
                     [](const QueryUnit& unit) { return !unit.quoted && is_all_kana(unit.tokens[0].word); });
}

// A Japanese word in other kana and characters, and in other forms.
void WordPlanner::add_han(const QueryUnit& word, WordPattern& pattern, PlannedUnit& unit) {
  HanWordForms forms = han_words_.forms_of(word);
  for (const HanSpelling& spelling : forms.spellings) pattern.add_spelling(spelling.kind, spelling.letters);
  unit.also_any(std::move(forms.any));
  // Where weight decides, pairs of kana are asked for only if they must stand for the word: they are in too
  // many documents.
  const bool must_stand = documents_of_word(generation_, word.tokens[0].word) == 0 || is_all_kana_query();
  if (style_.by_weight && must_stand)
    for (const std::vector<PlannedTerm>& all : forms.all) plan_.spelled.push_back(weakened(all));
  unit.also_all(std::move(forms.all));
}

// A Korean word also inside of others: documents with all of its syllable pairs.
void WordPlanner::add_parts(const Token& token, PlannedUnit& unit) const {
  if (count_chars(token.stem) < 2) return;
  std::vector<PlannedTerm> all;
  for (const Term& term : generation_.analyzer().analyze(token.word).terms)
    if (term.family == Family::HangulBigram) all.push_back(planned(term.family, term.value));
  if (!all.empty()) unit.all.push_back(std::move(all));
}

}  // namespace nunmul
