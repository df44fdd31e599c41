// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/planner.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/utf8.h"
#include "search/plan/compound_words.h"
#include "search/plan/han_words.h"
#include "search/plan/loan_matches.h"
#include "search/plan/number_forms.h"
#include "search/plan/phrase_pieces.h"
#include "search/plan/planned_names.h"
#include "search/plan/planned_reading.h"
#include "search/plan/planned_themes.h"
#include "search/plan/query_languages.h"
#include "search/plan/translated_words.h"
#include "search/plan/word_expansion.h"
#include "search/plan/word_terms.h"
#include "search/postings/family_weight.h"
#include "text/jamo.h"
#include "text/japanese.h"
#include "text/keyboard.h"
#include "text/language_resources.h"
#include "text/segment.h"

namespace nunmul {
namespace {

// What a misspelt word, or one of the other layout, counts against the word itself.
constexpr double kTypoWeight = 0.5;
constexpr double kOtherLayoutWeight = 1.0;
constexpr double kKnownWordOtherLayoutWeight = 0.1;
constexpr double kMinPrefixRarity = 0.3;  // of what a beginning stands for
constexpr double kTakenKind = 3;          // so that entries of the kind are there, whatever else is asked
constexpr std::uint64_t kMaxGathered = 60'000;  // documents of words that are asked for as one

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
    all_kana_ = std::all_of(query_.units.begin(), query_.units.end(), [](const QueryUnit& unit) {
      return !unit.quoted && is_all_kana(unit.tokens[0].word);
    });
    const std::vector<Token> tokens = analyzer().tokenize(query_.words);
    if (style_.guesses_sounds) loans_ = find_loans(generation_, tokens);
    for (std::uint32_t u = 0; u < query_.units.size(); ++u) add_unit(u);
    for (const Loan& loan : loans_) add_loan(loan);
    for (std::uint32_t t = 0; t < tokens.size(); ++t)
      for (std::uint32_t count = 2; count <= style_.max_joined; ++count) add_joined(tokens, t, count);
    names_.add_of_query(tokens);
    if (style_.as_sentence) add_meanings(tokens);
    add_synonyms();
    han_words_.add_runs(query_.units, languages_, plan_);
    add_numbers();
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
    shape.known = known_;
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
    std::uint64_t documents = documents_of_word(generation_, token.word);
    for (PlannedTerm& term : word_terms_.of_word(token)) unit.any.push_back(std::move(term));
    if (token.script == Script::Hangul) add_parts(token, unit);
    if (token.script == Script::Han) add_han(query_.units[number], pattern, unit);

    std::vector<ExpandedWord> expanded;
    if (prefix) expanded = words_with_prefix(generation_, token);
    for (const ExpandedWord& word : expanded) documents += word.documents;
    // A word that is there is taken as meant: typos are looked for when it is rare or absent.
    const bool known = documents > 0;
    std::uint64_t meant = prefix ? documents : 0;
    bool corrected = false;
    if (unit.allowed_typos > 0 && wants_typos(token, known)) {
      for (ExpandedWord& word : misspelt(number, token, unit.allowed_typos, prefix, known, pattern)) {
        corrected |= !word.prefix;
        meant += known ? 0 : word.documents;
        expanded.push_back(std::move(word));
      }
    }
    if (meant > 0) meant_[query_.units[number].number] = meant;
    if (number < 64 && documents_of_word(generation_, token.word) > 0) known_ |= 1ULL << number;
    add_expanded(expanded, unit);
    // Whether any word is meant at all (search/rank/confidence.h) is judged without misspellings, which stay
    // apart.
    const bool apart =
        style_.weighs_typos && std::any_of(expanded.begin(), expanded.end(),
                                           [](const ExpandedWord& word) { return word.typos > 0; });
    if (!expanded.empty() && !apart && documents <= kMaxGathered)
      unit.any = {merged(strongest_of_each(std::move(unit.any)))};
    unit.documents = static_cast<double>(documents);
    names_.add_written(number, token);
    add_other_layout(number, token, prefix, known, unit);
    unit.likely = corrected || is_loan(number);
    names_.add_sounding(number, token, known || languages_.is_known_stem(token));
    add_splits(number, token, known, unit);
    add_and(number, token, unit);
    // Among words a symbol is none of them.
    if (is_symbols(token.word))
      plan_.add_document_term(number, planned(Family::LatinStem, token.stem), Letters::AsTyped);

    Alternative alternative;
    alternative.first_unit = number;
    alternative.words.push_back(std::move(pattern));
    plan_.alternatives.push_back(std::move(alternative));
  }

  std::vector<ExpandedWord> misspelt(std::uint32_t number, const Token& token, std::uint32_t typos,
                                     bool prefix, bool known, WordPattern& pattern) {
    std::vector<ExpandedWord> words =
        words_with_typos(generation_, token, typos, prefix && settings_.prefix_search);
    for (const ExpandedWord& word : words) {
      pattern.add_typo(word.word, word.typos, word.prefix);
      if (!known && !word.prefix)
        corrections_.emplace(query_.units[number].number, word.word);  // the nearest comes first
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
    if (is_symbols(token.word)) return 0;
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

  // A Japanese word in other kana and characters, and in other forms.
  void add_han(const QueryUnit& word, WordPattern& pattern, PlannedUnit& unit) {
    HanWordForms forms = han_words_.forms_of(word);
    for (const HanSpelling& spelling : forms.spellings) pattern.add_spelling(spelling.kind, spelling.letters);
    for (PlannedTerm& term : forms.any) unit.any.push_back(std::move(term));
    // Where weight decides, pairs of kana are asked for only if they must stand for the word: they are in too
    // many documents.
    const bool alone = all_kana_ || documents_of_word(generation_, word.tokens[0].word) == 0;
    for (std::vector<PlannedTerm>& all : forms.all) {
      if (style_.by_weight && alone) plan_.spelled.push_back(weakened(all));
      unit.all.push_back(std::move(all));
    }
  }

  // Pairs of kana stand in other words too; how a name is read says more.
  static std::vector<PlannedTerm> weakened(std::vector<PlannedTerm> pairs) {
    constexpr double kPairs = 0.4;
    for (PlannedTerm& pair : pairs) pair.weight *= kPairs;
    return pairs;
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
    const double idf = std::max(kMinPrefixRarity, inverse_document_frequency(together, all));
    for (const auto& [term, counts] : terms) {
      const double own = std::max(kMinPrefixRarity, inverse_document_frequency(counts.first, all));
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
    // Initials of names are what they seem to be.
    if (is_all_initials(token.word) &&
        !spellings_with_prefix(generation_, Family::Initials, token.word, 1).empty())
      return;
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
    themes_.add(tokens, corrections_);
    add_reading(tokens);
    add_translations(tokens);
  }

  // A short reading is a condition of its own; of a long one any part counts.
  void add_reading(const std::vector<Token>& tokens) {
    PlannedReading reading = plan_reading(generation_.analyzer(), query_, plan_, tokens);
    plan_.reading = std::move(reading.together);
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
    for (std::uint32_t u = first; u < first + units; ++u) add_together(tokens, plan_.units[u]);
    if (style_.by_weight) add_any_synonym(value, tokens);
    names_.add_name(value, first, units);
  }

  // It weighs what it would if it had been typed.
  void add_any_synonym(const std::string& value, const std::vector<Token>& tokens) {
    for (std::vector<PlannedTerm>& all : word_terms_.of_words_together(tokens))
      plan_.synonyms.push_back({std::move(all), word_terms_.of_text(value, {}, {}).terms, std::nullopt});
  }

  void add_numbers() {
    for (const OtherWriting& other : numbers_otherwise(query_.units, analyzer())) {
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

  // ---- Words put together and apart.

  // Neighbouring words that documents have as one; what was left out of the units is a part of it too
  // (t shirt), but for a, which stands before everything.
  void add_joined(const std::vector<Token>& tokens, std::uint32_t first, std::uint32_t count) {
    if (first + count > tokens.size()) return;
    const auto [unit, units] = query_.units_of(first, count);
    if (units == 0 || units > count) return;
    std::string together;
    for (std::uint32_t t = first; t < first + count; ++t) {
      if (tokens[t].script != tokens[first].script || tokens[t].script == Script::Han) return;
      if (units < count && tokens[t].word == "a") return;
      together += tokens[t].word;
    }
    const auto joined = analyzer().tokenize(together);
    if (joined.size() != 1 || documents_of_word(generation_, joined[0].word) == 0) return;
    for (const PlannedTerm& term : word_terms_.of_word(joined[0]))
      for (std::uint32_t u = unit; u < unit + units; ++u) plan_.units[u].any.push_back(term);
    Alternative alternative;
    alternative.first_unit = unit;
    alternative.units = units;
    alternative.typos = 1;
    alternative.exact = false;
    alternative.words.push_back(
        languages_.pattern_of(joined[0], {query_.units[unit + units - 1].prefix, true, false}));
    plan_.alternatives.push_back(std::move(alternative));
  }

  // One word that documents have as several, side by side.
  void add_splits(std::uint32_t number, const Token& token, bool known, PlannedUnit& unit) {
    for (const std::vector<std::string>& split : splits_of(generation_, token, known)) {
      Alternative alternative;
      alternative.first_unit = number;
      alternative.typos = 1;
      alternative.exact = false;
      std::vector<Token> parts;
      for (const std::string& part : split) {
        const auto tokens = analyzer().tokenize(part);
        if (tokens.size() != 1) break;
        alternative.words.push_back(languages_.pattern_of(tokens[0], {false, true, false}));
        parts.push_back(tokens[0]);
      }
      if (parts.size() != split.size()) continue;
      add_together(parts, unit);
      if (style_.by_weight && !known && token.script == Script::Latin) add_any_split(number, parts);
      plan_.alternatives.push_back(std::move(alternative));
    }
  }

  void add_any_split(std::uint32_t number, const std::vector<Token>& parts) {
    for (std::vector<PlannedTerm>& all : word_terms_.of_words_together(parts))
      plan_.synonyms.push_back({std::move(all), {}, number});
  }

  // English words that are said in Hangul or katakana.
  void add_loan(const Loan& loan) {
    const auto [first, units] = query_.units_of(loan.first, loan.count);
    if (units == 0) return;
    for (const ExpandedWord& word : loan.words) {
      for (std::size_t t = loan.first; t < loan.first + loan.count; ++t)
        meant_[static_cast<std::uint32_t>(t)] += word.documents;
      Alternative alternative;
      alternative.first_unit = first;
      alternative.units = units;
      alternative.typos = 1;
      alternative.exact = false;
      alternative.words.push_back(
          languages_.pattern_of(analyzer().tokenize(word.word).front(), {false, true, false}));
      plan_.alternatives.push_back(std::move(alternative));
    }
    for (std::uint32_t u = first; u < first + units; ++u) add_expanded(loan.words, plan_.units[u]);
  }

  bool is_loan(std::uint32_t number) const {
    const std::uint32_t token = query_.units[number].number;
    return std::any_of(loans_.begin(), loans_.end(), [&](const Loan& loan) {
      return token >= loan.first && token < loan.first + loan.count && !loan.words.empty();
    });
  }

  // Rock'n'Roll is Rock and Roll.
  void add_and(std::uint32_t number, const Token& token, PlannedUnit& unit) {
    constexpr std::string_view kShort = "n", kLong = "and";
    if (query_.units.size() < 2 || (token.word != kShort && token.word != kLong)) return;
    const auto other = analyzer().tokenize(token.word == kShort ? kLong : kShort);
    if (documents_of_word(generation_, other[0].word) == 0) return;
    for (PlannedTerm& term : word_terms_.of_word(other[0])) unit.any.push_back(std::move(term));
    Alternative alternative;
    alternative.first_unit = number;
    alternative.exact = false;
    alternative.words.push_back(languages_.pattern_of(other[0], {false, false, false}));
    plan_.alternatives.push_back(std::move(alternative));
  }

  // ---- Any word.

  // The terms of the whole text, as a document would have them, and all that stands for its words.
  void add_terms() {
    if (plan_.empty()) return;
    const std::set<std::uint32_t> kind_words = themes_.kind_words();
    AnyWordTerms text = word_terms_.of_text(query_.words, meant_, kind_words);
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
  bool all_kana_ = false;                         // of the units of the query
  std::vector<std::vector<Token>> synonym_keys_;  // in the order of the settings
  ThemePlanner themes_{generation_, query_, plan_};
  NamePlanner names_{generation_, languages_, query_, style_, plan_};
  std::vector<PlannedTerm> readings_;
  std::vector<Loan> loans_;
  // By a word's place among the tokens of QueryText::words:
  std::map<std::uint32_t, std::string> corrections_;  // of unknown words
  std::map<std::uint32_t, std::uint64_t> meant_;      // documents with what it stands for
  std::uint64_t known_ = 0;  // bits of the units of which documents have the very word
};

}  // namespace

QueryPlan plan_query(const Generation& generation, std::string_view q,
                     const std::vector<std::string>& locales, const PlanStyle& style) {
  return Planner(generation, locales, style).make(q);
}

}  // namespace nunmul
