// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/planner.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/utf8.h"
#include "search/plan/compound_words.h"
#include "search/plan/planned_names.h"
#include "search/plan/planned_reading.h"
#include "search/plan/query_languages.h"
#include "search/plan/translated_words.h"
#include "search/plan/word_expansion.h"
#include "search/plan/word_terms.h"
#include "search/postings/family_weight.h"
#include "search/postings/merged_postings.h"
#include "text/jamo.h"
#include "text/keyboard.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

// What a misspelt word, or one of the other layout, counts against the word itself.
constexpr double kTypoWeight = 0.5;
constexpr double kOtherLayoutWeight = 1.0;
constexpr double kKnownWordOtherLayoutWeight = 0.1;
constexpr double kMinRarity = 0.3;  // of what a beginning stands for
constexpr double kUnknownWordConcept = 3;

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
    for (std::uint32_t u = 0; u < query_.units.size(); ++u) add_unit(u);
    for (std::uint32_t u = 0; u < query_.units.size(); ++u)
      for (std::uint32_t count = 2; count <= style_.max_joined; ++count) add_joined(u, count);
    const std::vector<Token> tokens = analyzer().tokenize(query_.words);
    names_.add_of_query(tokens);
    if (style_.as_sentence) add_meanings(tokens);
    add_synonyms();
    for (const QueryUnit& unit : query_.excluded) plan_.excluded.push_back(phrase(unit, 0));
    for (const QueryUnit& unit : query_.stops) plan_.stops.push_back(phrase(unit, 0));
    plan_.shape = shape();
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
    const std::string text =
        style_.as_sentence ? with_compounds_apart(generation_, read_part(q)) : std::string(q);
    query_ = read_query(text, analyzer(), options);
  }

  // In our own order a query is what is left of it.
  QueryShape shape() const {
    QueryShape shape;
    std::uint32_t left = 0;
    for (const QueryUnit& unit : query_.units) {
      shape.places.push_back(style_.by_weight ? left : unit.place);
      left += static_cast<std::uint32_t>(unit.tokens.size());
    }
    shape.words = style_.by_weight ? 0 : query_.words_in_all;
    shape.by_attribute = !style_.by_weight && settings_.proximity_by_attribute;
    shape.joined_once = !style_.by_weight;
    return shape;
  }

  // ---- Units.

  Alternative phrase(const QueryUnit& unit, std::uint32_t number) const {
    Alternative alternative;
    alternative.first_unit = number;
    for (const Token& token : unit.tokens)
      alternative.words.push_back(languages_.pattern_of(token, {false, false, false}));
    return alternative;
  }

  void add_unit(std::uint32_t number) {
    const QueryUnit& unit = query_.units[number];
    PlannedUnit& planned_unit = plan_.units.emplace_back();
    planned_unit.quoted = unit.quoted;
    planned_unit.prefix = unit.prefix;
    if (unit.quoted) {
      plan_.alternatives.push_back(phrase(unit, number));
      add_together(unit.tokens, planned_unit);
      return;
    }
    add_word(number, unit.tokens[0], unit.prefix, planned_unit);
  }

  // Documents that have all of these words.
  void add_together(const std::vector<Token>& tokens, PlannedUnit& unit) const {
    for (std::vector<PlannedTerm>& all : word_terms_.of_words_together(tokens))
      unit.all.push_back(std::move(all));
  }

  void add_word(std::uint32_t number, const Token& token, bool prefix, PlannedUnit& unit) {
    WordPattern pattern = languages_.pattern_of(token, {prefix, true, true});
    unit.allowed_typos = typos_of(token);
    std::uint64_t documents = 0;
    for (PlannedTerm& term : word_terms_.of_word(token)) unit.any.push_back(std::move(term));
    documents += documents_of_word(generation_, token.word);
    if (token.script == Script::Hangul) add_parts(token, unit);

    std::vector<ExpandedWord> expanded;
    if (prefix) expanded = words_with_prefix(generation_, token);
    for (const ExpandedWord& word : expanded) documents += word.documents;
    // A word that is there is taken as meant: typos are looked for when it is rare or absent.
    const bool known = documents > 0;
    if (unit.allowed_typos > 0 && wants_typos(token, known)) {
      for (ExpandedWord& word : misspelt(token, unit.allowed_typos, prefix, known, pattern))
        expanded.push_back(std::move(word));
    }
    add_expanded(expanded, unit);
    // Whether any word is meant at all (search/rank/confidence.h) is judged without misspellings, which stay
    // apart.
    const bool apart =
        style_.weighs_typos && std::any_of(expanded.begin(), expanded.end(),
                                           [](const ExpandedWord& word) { return word.typos > 0; });
    if (!expanded.empty() && !apart && documents <= kMaxKeptDocuments)
      unit.any = {merged(strongest_of_each(std::move(unit.any)))};
    unit.documents = static_cast<double>(documents);
    names_.add_written(number, token);
    add_other_layout(number, token, prefix, known, unit);
    names_.add_sounding(number, token, known || languages_.is_known_stem(token));
    add_split(number, token, unit);

    Alternative alternative;
    alternative.first_unit = number;
    alternative.words.push_back(std::move(pattern));
    plan_.alternatives.push_back(std::move(alternative));
  }

  std::vector<ExpandedWord> misspelt(const Token& token, std::uint32_t typos, bool prefix, bool known,
                                     WordPattern& pattern) {
    std::vector<ExpandedWord> words =
        words_with_typos(generation_, token, typos, prefix && settings_.prefix_search);
    for (const ExpandedWord& word : words) {
      pattern.add_typo(word.word, word.typos, word.prefix);
      if (!known && !word.prefix) corrections_.emplace(token.position, word.word);  // the nearest comes first
    }
    return words;
  }

  std::uint32_t typos_of(const Token& token) const {
    const TypoTolerance& tolerance = settings_.typo_tolerance;
    for (const std::string& word : tolerance.disable_on_words) {
      const auto tokens = analyzer().tokenize(word);
      if (tokens.size() == 1 && tokens[0].word == token.word) return 0;
    }
    std::uint32_t typos = allowed_typos(tolerance, token);
    // The API's strategies put what is misspelt behind; our own weighs it.
    if (style_.weighs_typos && is_short_hangul(token)) typos = 0;
    return typos;
  }

  bool wants_typos(const Token& token, bool known) const {
    if (!style_.weighs_typos) return !known || !is_short_hangul(token);
    // Korean words come with endings that no document need have; their syllable pairs find them.
    if (token.script == Script::Hangul) return !known && documents_of_stem(generation_, token.stem) == 0;
    return !known && (token.script != Script::Latin || !languages_.is_known_stem(token));
  }

  // A Korean word also inside of others: documents with all of its syllable pairs.
  void add_parts(const Token& token, PlannedUnit& unit) const {
    if (count_chars(token.stem) < 2) return;
    std::vector<PlannedTerm> all;
    for (const Term& term : analyzer().analyze(token.word).terms)
      if (term.family == Family::HangulBigram) all.push_back(planned(term.family, term.value));
    if (!all.empty()) unit.all.push_back(std::move(all));
  }

  // Words that one typed word may stand for share the rarity of all of them together; otherwise the
  // rarest word, most likely not meant, would count most.
  void add_expanded(const std::vector<ExpandedWord>& words, PlannedUnit& unit) const {
    std::map<std::pair<Family, std::string>, std::pair<double, double>> terms;  // documents, factor
    double together = 0;
    for (const ExpandedWord& word : words) {
      const double factor = word.typos > 0
                                ? std::pow(kTypoWeight, word.typos) * (word.prefix ? kPrefixWeight : 1)
                                : kPrefixWeight;
      together += static_cast<double>(word.documents);
      for (const std::string& stem : languages_.stems_of(word)) {
        auto& [documents, best] = terms[{word_family(word.script), stem}];
        documents += static_cast<double>(word.documents);
        best = std::max(best, factor);
      }
    }
    const double all = static_cast<double>(generation_.documents());
    // A first letter begins words of more documents than there are, and still says where names begin.
    const double idf = std::max(kMinRarity, inverse_document_frequency(together, all));
    for (const auto& [term, counts] : terms) {
      const double own = std::max(kMinRarity, inverse_document_frequency(counts.first, all));
      const double family_factor =
          term.first == Family::HangulStem ? 1 / row_of(Family::HangulStem).weight : 1;
      unit.any.push_back(
          planned(term.first, term.second, counts.second * family_factor * std::min(1.0, idf / own)));
    }
  }

  // What the same keys give on the other layout.
  void add_other_layout(std::uint32_t number, const Token& token, bool prefix, bool known,
                        PlannedUnit& unit) {
    if (token.script == Script::Latin) add_as_hangul(number, token, prefix, known, unit);
    if (token.script == Script::Hangul) add_as_latin(number, token, prefix, known, unit);
  }

  void add_as_hangul(std::uint32_t number, const Token& token, bool prefix, bool known, PlannedUnit& unit) {
    const OtherLayout other = as_if_hangul(token.word);
    if (!other.complete || count_chars(token.word) < 3) return;
    const double factor = known ? kKnownWordOtherLayoutWeight : kOtherLayoutWeight;
    const std::string keys = key_sequence(other.text);
    std::vector<PlannedTerm> names;
    for (const std::string& name : spellings_with_prefix(generation_, Family::KeySequence, keys))
      if (prefix || name == keys) names.push_back(planned(Family::KeySequence, name, factor));
    if (!names.empty()) plan_.add_document_term(number, merged(std::move(names)));
    if (known) return;
    for (const Token& hangul : analyzer().tokenize(other.text))
      if (hangul.script == Script::Hangul) add_other_word(number, hangul, prefix, unit);
  }

  void add_as_latin(std::uint32_t number, const Token& token, bool prefix, bool known, PlannedUnit& unit) {
    const OtherLayout other = as_if_latin(token.word);
    if ((known && !other.complete) || other.text.size() < 2) return;
    for (const Token& latin : analyzer().tokenize(other.text))
      if (latin.script == Script::Latin && (prefix || documents_of_word(generation_, latin.word) > 0))
        add_other_word(number, latin, prefix, unit);
  }

  void add_other_word(std::uint32_t number, const Token& token, bool prefix, PlannedUnit& unit) {
    for (PlannedTerm& term : word_terms_.of_word(token)) unit.any.push_back(std::move(term));
    if (prefix) add_expanded(words_with_prefix(generation_, token), unit);
    Alternative alternative;
    alternative.first_unit = number;
    alternative.exact = false;
    alternative.words.push_back(languages_.pattern_of(token, {prefix, true, true}));
    plan_.alternatives.push_back(std::move(alternative));
  }

  void add_meanings(const std::vector<Token>& tokens) {
    add_concepts(tokens);
    add_reading(tokens);
    add_translations(tokens);
  }

  // Themes and moods, so that words of one language find texts of another.
  void add_concepts(std::vector<Token> tokens) {
    for (Token& token : tokens) {
      const auto meant = corrections_.find(token.position);
      if (meant == corrections_.end()) continue;
      if (const auto corrected = analyzer().tokenize(meant->second); corrected.size() == 1) {
        token.word = corrected[0].word;
        token.stem = corrected[0].stem;
      }
    }
    for (const ConceptMatch& match : analyzer().resources().find_concepts(tokens)) {
      const auto [first, units] = query_.units_of(match.first, match.count);
      if (units == 0) continue;
      // Where the words themselves are nowhere to be found, the theme stands in for them.
      bool unknown = true;
      for (std::uint32_t u = first; u < first + units; ++u)
        unknown &= plan_.units[u].documents == 0 || is_stop_word(u);
      plan_.add_spanning(first, units,
                         planned(Family::Concept, match.id,
                                 (match.ambiguous ? kAmbiguous : 1) * (unknown ? kUnknownWordConcept : 1)));
      note_kind(match.kind);
      if (!match.kind.empty() || match.praise) continue;
      for (std::uint32_t u = first; u < first + units; ++u) plan_.units[u].topic = true;
    }
    note_kinds_of_words(tokens);
  }

  // A short reading is a condition of its own; of a long one any part counts.
  void add_reading(const std::vector<Token>& tokens) {
    PlannedReading reading = plan_reading(generation_.analyzer(), query_, plan_, tokens);
    plan_.reading = std::move(reading.together);
    readings_ = std::move(reading.any);
  }

  // A word also asks for its kind as a part of a longer theme (horror movies).
  void note_kinds_of_words(std::span<const Token> tokens) {
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      for (const ConceptMatch& match : analyzer().resources().find_concepts(tokens.subspan(t, 1))) {
        const auto [unit, units] = query_.units_of(t, 1);
        if (units == 0) continue;
        note_kind(match.kind);
        if (!match.kind.empty())
          plan_.units[unit].asks_kind = match.kind == match.id ? AsksKind::Only : AsksKind::Also;
      }
    }
  }

  // One that is still there because it is the last, which may go on.
  bool is_stop_word(std::uint32_t unit) const {
    return !query_.units[unit].quoted && analyzer().resources().is_stop_word(query_.units[unit].tokens[0]);
  }

  void add_translations(const std::vector<Token>& tokens) {
    for (const TranslatedWords& words : translate_words(generation_, word_terms_, tokens)) {
      const auto [first, units] = query_.units_of(words.first, words.count);
      if (units == 0) continue;
      for (const PlannedTerm& term : words.terms) plan_.add_spanning(first, units, term);
    }
  }

  // A song from a film is a song; of other two kinds neither is the one that is asked for.
  void note_kind(std::string_view kind) {
    constexpr std::string_view kSong = "song";
    if (kind.empty() || plan_.kind == kSong || plan_.kind == kind) return;
    plan_.kind = plan_.kind.empty() || kind == kSong ? kind : "";
  }

  // Synonyms of the settings: a document with the value answers the units of the key.
  void add_synonyms() {
    for (const auto& [key, values] : settings_.synonyms.items()) {
      const auto wanted = analyzer().tokenize(key);
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
    for (std::uint32_t u = first; u < first + units; ++u) add_together(tokens, plan_.units[u]);
    if (style_.by_weight) add_any_synonym(value, tokens);
    names_.add_name(value, first, units);
  }

  // It weighs what it would if it had been typed.
  void add_any_synonym(const std::string& value, const std::vector<Token>& tokens) {
    for (std::vector<PlannedTerm>& all : word_terms_.of_words_together(tokens))
      plan_.synonyms.push_back({std::move(all), word_terms_.of_text(value, 0).terms});
  }

  // ---- Words put together and apart.

  // Two neighbouring words that documents have as one.
  void add_joined(std::uint32_t number, std::uint32_t count) {
    if (number + count > query_.units.size()) return;
    const Script script = query_.units[number].tokens[0].script;
    std::string together;
    for (std::uint32_t u = number; u < number + count; ++u) {
      const QueryUnit& unit = query_.units[u];
      if (unit.quoted || unit.tokens[0].script != script || script == Script::Han) return;
      together += unit.tokens[0].word;
    }
    const auto tokens = analyzer().tokenize(together);
    if (tokens.size() != 1) return;
    const Token& joined = tokens[0];
    if (documents_of_word(generation_, joined.word) == 0) return;
    for (const PlannedTerm& term : word_terms_.of_word(joined))
      for (std::uint32_t u = number; u < number + count; ++u) plan_.units[u].any.push_back(term);
    Alternative alternative;
    alternative.first_unit = number;
    alternative.units = count;
    alternative.typos = 1;
    alternative.exact = false;
    alternative.words.push_back(
        languages_.pattern_of(joined, {query_.units[number + count - 1].prefix, true, false}));
    plan_.alternatives.push_back(std::move(alternative));
  }

  // One word that documents have as two.
  void add_split(std::uint32_t number, const Token& token, PlannedUnit& unit) {
    const auto halves = best_split(generation_, token);
    if (!halves) return;
    Alternative alternative;
    alternative.first_unit = number;
    alternative.typos = 1;
    alternative.exact = false;
    std::vector<Token> both;
    for (const std::string& half : {halves->first, halves->second}) {
      const auto tokens = analyzer().tokenize(half);
      if (tokens.size() != 1) return;
      alternative.words.push_back(languages_.pattern_of(tokens[0], {false, true, false}));
      both.push_back(tokens[0]);
    }
    add_together(both, unit);
    plan_.alternatives.push_back(std::move(alternative));
  }

  // ---- Any word.

  // The terms of the whole text, as a document would have them, and all that stands for its words.
  void add_terms() {
    if (plan_.empty()) return;
    const PlannedUnit& last = plan_.units.back();
    AnyWordTerms text =
        word_terms_.of_text(query_.words, last.prefix ? static_cast<std::uint64_t>(last.documents) : 0);
    plan_.full_weight = text.full_weight;
    std::vector<PlannedTerm> terms = std::move(text.terms);
    const auto add = [&](const std::vector<PlannedTerm>& more) {
      terms.insert(terms.end(), more.begin(), more.end());
    };
    for (const PlannedUnit& unit : plan_.units) {
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
  QueryText query_;
  QueryPlan plan_;
  NamePlanner names_{generation_, languages_, query_, style_, plan_};
  std::vector<PlannedTerm> readings_;
  std::map<std::uint32_t, std::string> corrections_;  // of unknown words, by position
};

}  // namespace

QueryPlan plan_query(const Generation& generation, std::string_view q,
                     const std::vector<std::string>& locales, const PlanStyle& style) {
  return Planner(generation, locales, style).make(q);
}

}  // namespace nunmul
