// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/planner.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "search/plan/compound_words.h"
#include "search/plan/expanded_terms.h"
#include "search/plan/han_words.h"
#include "search/plan/joined_words.h"
#include "search/plan/kana_particles.h"
#include "search/plan/loan_matches.h"
#include "search/plan/number_forms.h"
#include "search/plan/phrase_pieces.h"
#include "search/plan/planned_names.h"
#include "search/plan/planned_reading.h"
#include "search/plan/planned_themes.h"
#include "search/plan/planned_words.h"
#include "search/plan/query_languages.h"
#include "search/plan/translated_words.h"
#include "search/plan/word_expansion.h"
#include "search/plan/word_terms.h"
#include "search/postings/family_weight.h"

namespace nunmul {
namespace {

constexpr double kTakenKind = 3;  // so that entries of the kind are there, whatever else is asked

class Planner {
 public:
  Planner(const Generation& generation, const std::vector<std::string>& locales, const PlanStyle& style)
      : generation_(generation),
        settings_(generation.settings()),
        style_(style),
        languages_(generation, locales),
        word_terms_(generation, languages_) {}

  QueryPlan make(std::string_view q) {
    read(q);
    const std::vector<Token> tokens = analyzer().tokenize(query_.words);
    if (style_.guesses_sounds) loans_ = find_loans(generation_, tokens);
    for (std::uint32_t u = 0; u < query_.units.size(); ++u) add_unit(u);
    for (const Loan& loan : loans_) add_loan(loan);
    joined_words_.add_joined(tokens);
    names_.add_of_query(tokens);
    if (style_.as_sentence) add_meanings(tokens);
    add_synonyms();
    han_words_.add_runs(query_.units, languages_, plan_);
    add_writings(numbers_otherwise(query_.units, analyzer()));
    add_writings(without_kana_particles(query_.units, analyzer()));
    for (const QueryUnit& unit : query_.excluded) plan_.excluded.push_back(phrase(unit, 0));
    for (const QueryUnit& unit : query_.stops) plan_.stops.push_back(phrase(unit, 0));
    plan_.shape = shape();
    plan_.keywords = themes_.are_keywords();
    if (style_.by_weight) add_terms();
    plan_.set_order(style_.drops);
    return std::move(plan_);
  }

 private:
  const Analyzer& analyzer() const { return generation_.analyzer(); }

  void read(std::string_view q) {
    QueryTextOptions options;
    options.max_words = style_.max_words;
    options.prefix_search = settings_.prefix_search;
    options.drop_common = style_.as_sentence;
    options.stop_words = &settings_.stop_words;
    for (const auto& [key, values] : settings_.synonyms.items())
      synonym_keys_.push_back(analyzer().tokenize(key));
    options.kept_phrases = &synonym_keys_;
    const std::string text =
        style_.as_sentence ? with_compounds_apart(generation_, read_part(q)) : std::string(q);
    query_ = read_query(text, analyzer(), options);
  }

  // In our own order a query is what is left of it.
  QueryShape shape() const {
    QueryShape shape;
    shape.spelt = plan_.shape.spelt;
    std::uint32_t left = 0;
    for (const QueryUnit& unit : query_.units) {
      shape.places.push_back(style_.by_weight ? left : unit.place);
      left += static_cast<std::uint32_t>(unit.tokens.size());
    }
    shape.words = style_.by_weight ? 0 : query_.words_in_all;
    shape.by_attribute = !style_.by_weight && settings_.proximity_by_attribute;
    shape.joined_once = !style_.by_weight;
    shape.by_weight = style_.by_weight;
    shape.words_left_out = query_.left_words_out();
    shape.known = known_.units;
    shape.rarity = rarities();
    return shape;
  }

  // A word in a form of its own is as common as all its forms.
  std::vector<double> rarities() const {
    std::vector<double> rarities;
    for (std::size_t u = 0; u < plan_.units.size(); ++u) {
      const std::uint64_t of_stem = documents_of_stem(generation_, query_.units[u].tokens[0].stem);
      const double documents = std::max(plan_.units[u].documents, static_cast<double>(of_stem));
      rarities.push_back(inverse_document_frequency(documents, static_cast<double>(generation_.documents())));
    }
    const double all = std::accumulate(rarities.begin(), rarities.end(), 0.0);
    for (double& rarity : rarities) rarity /= all;
    return rarities;
  }

  // ---- Units.

  Alternative phrase(const QueryUnit& unit, std::uint32_t number) const {
    Alternative alternative;
    alternative.first_unit = number;
    const std::vector<PhrasePiece> pieces = phrase_pieces(unit.tokens);
    for (const PhrasePiece& piece : pieces) {
      const bool inside_words = unit.quoted && piece.token.script == Script::Han;
      alternative.words.push_back(
          languages_.pattern_of(piece.token, {false, false, inside_words, piece.borders}));
    }
    return alternative;
  }

  void add_unit(std::uint32_t number) {
    const QueryUnit& unit = query_.units[number];
    PlannedUnit& planned_unit = plan_.units.emplace_back();
    planned_unit.quoted = unit.quoted;
    planned_unit.prefix = unit.prefix;
    if (unit.quoted) {
      plan_.alternatives.push_back(phrase(unit, number));
      planned_unit.also_all(word_terms_.of_words_together(unit.tokens));
    } else {
      words_.add(number, is_loan(number), planned_unit);
    }
  }

  void add_meanings(const std::vector<Token>& tokens) {
    themes_.add(tokens, known_.corrections);
    add_reading(tokens);
    add_translations(tokens);
  }

  // A short reading is a condition of its own; of a long one any part counts.
  void add_reading(const std::vector<Token>& tokens) {
    PlannedReading reading = plan_reading(generation_.analyzer(), query_, plan_, tokens);
    plan_.reading = std::move(reading.together);
    plan_.is_read = reading.is_whole;
    readings_ = std::move(reading.any);
  }

  void add_translations(const std::vector<Token>& tokens) {
    for (const TranslatedWords& words : translate_words(generation_, word_terms_, tokens)) {
      const auto [first, units] = query_.units_of(words.first, words.count);
      if (units == 0) continue;
      for (const PlannedTerm& term : words.terms) plan_.add_spanning(first, units, term);
    }
  }

  // Synonyms of the settings: a document with the value answers the units of the key.
  void add_synonyms() {
    auto key_words = synonym_keys_.begin();
    for (const auto& [key, values] : settings_.synonyms.items()) {
      const std::vector<Token>& wanted = *key_words++;
      for (std::uint32_t first = 0; first < query_.units.size() && !wanted.empty(); ++first) {
        const std::uint32_t units = units_saying(query_.units, wanted, first);
        if (units == 0) continue;
        for (const Json& value : values) add_synonym(value.get<std::string>(), first, units);
      }
    }
  }

  void add_synonym(const std::string& value, std::uint32_t first, std::uint32_t units) {
    const auto tokens = analyzer().tokenize(value);
    if (tokens.empty()) return;
    for (std::uint32_t u = first; u < first + units; ++u)
      plan_.units[u].also_all(word_terms_.of_words_together(tokens));
    if (style_.by_weight) add_any_synonym(value, tokens);
    names_.add_name(value, first, units);
  }

  // It weighs what it would if it had been typed.
  void add_any_synonym(const std::string& value, const std::vector<Token>& tokens) {
    for (std::vector<PlannedTerm>& all : word_terms_.of_words_together(tokens))
      plan_.synonyms.push_back({std::move(all), word_terms_.of_text(value, {}, {}).terms, std::nullopt});
  }

  void add_writings(const std::vector<OtherWriting>& writings) {
    for (const OtherWriting& other : writings) {
      Alternative alternative;
      alternative.first_unit = other.first_unit;
      alternative.units = other.units;
      alternative.exact = false;
      for (const PhrasePiece& piece : phrase_pieces(other.tokens))
        alternative.words.push_back(
            languages_.pattern_of(piece.token, {false, false, piece.token.script == Script::Han}));
      plan_.alternatives.push_back(std::move(alternative));
      for (std::vector<PlannedTerm>& all : word_terms_.of_words_together(other.tokens)) {
        if (style_.by_weight) plan_.spelled.push_back(all);
        for (std::uint32_t u = other.first_unit; u < other.first_unit + other.units; ++u)
          plan_.units[u].all.push_back(all);
      }
    }
  }

  // English words that are said in Hangul or katakana.
  void add_loan(const Loan& loan) {
    const auto [first, units] = query_.units_of(loan.first, loan.count);
    if (units == 0) return;
    for (const ExpandedWord& word : loan.words) {
      for (std::size_t t = loan.first; t < loan.first + loan.count; ++t)
        known_.meant[static_cast<std::uint32_t>(t)] += word.documents;
      Alternative alternative;
      alternative.first_unit = first;
      alternative.units = units;
      alternative.typos = 1;
      alternative.exact = false;
      alternative.words.push_back(
          languages_.pattern_of(analyzer().tokenize(word.word).front(), {false, true, false}));
      plan_.alternatives.push_back(std::move(alternative));
    }
    const std::vector<PlannedTerm> terms = terms_of_expanded(generation_, languages_, loan.words);
    for (std::uint32_t u = first; u < first + units; ++u) plan_.units[u].also_any(terms);
  }

  bool is_loan(std::uint32_t number) const {
    const std::uint32_t token = query_.units[number].number;
    return std::any_of(loans_.begin(), loans_.end(), [&](const Loan& loan) {
      return token >= loan.first && token < loan.first + loan.count && !loan.words.empty();
    });
  }

  // ---- Any word.

  // The terms of the whole text, as a document would have them, and all that stands for its words.
  void add_terms() {
    if (plan_.empty()) return;
    const std::set<std::uint32_t> kind_words = themes_.kind_words();
    AnyWordTerms text = word_terms_.of_text(query_.words, known_.meant, kind_words);
    plan_.full_weight = text.full_weight;
    // Short kana have no terms that weigh, but for those that stand for them.
    if (plan_.full_weight == 0)
      plan_.full_weight = static_cast<double>(plan_.units.size()) *
                          inverse_document_frequency(0, static_cast<double>(generation_.documents()));
    std::vector<PlannedTerm> terms = std::move(text.terms);
    const auto add = [&](const std::vector<PlannedTerm>& more) {
      terms.insert(terms.end(), more.begin(), more.end());
    };
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u) {
      const PlannedUnit& unit = plan_.units[u];
      if (!unit.quoted && kind_words.contains(query_.units[u].number)) {
        for (const PlannedTerm& term : unit.any)
          if (row_of(term.family).evidence == Evidence::Meaning)
            terms.push_back(planned(term.family, term.term.substr(1), kTakenKind));
        continue;
      }
      for (const PlannedTerm& term : unit.any)
        if (term.together) drop_weaker(terms, *term.together);
      add(unit.any);
      if (unit.quoted)
        for (const auto& all : unit.all) add(all);
    }
    add(readings_);
    plan_.terms = strongest_of_each(std::move(terms));
  }

  const Generation& generation_;
  const Settings& settings_;
  const PlanStyle& style_;
  const QueryLanguages languages_;
  const WordTerms word_terms_;
  const HanWords han_words_{generation_, word_terms_};
  QueryText query_;
  QueryPlan plan_;
  KnownWords known_;
  std::vector<std::vector<Token>> synonym_keys_;  // in the order of the settings
  ThemePlanner themes_{generation_, query_, plan_};
  NamePlanner names_{generation_, languages_, query_, style_, plan_};
  JoinedWordPlanner joined_words_{generation_, languages_, word_terms_, query_, style_, plan_};
  WordPlanner words_{generation_, languages_, word_terms_,   han_words_, query_,
                     style_,      names_,     joined_words_, known_,     plan_};
  std::vector<PlannedTerm> readings_;
  std::vector<Loan> loans_;
};

}  // namespace

QueryPlan plan_query(const Generation& generation, std::string_view q,
                     const std::vector<std::string>& locales, const PlanStyle& style) {
  return Planner(generation, locales, style).make(q);
}

}  // namespace nunmul
