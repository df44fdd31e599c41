// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/planned_names.h"

#include <algorithm>

#include "base/utf8.h"
#include "search/plan/name_beginning.h"
#include "search/plan/name_sounds.h"
#include "search/plan/word_expansion.h"
#include "text/jamo.h"
#include "text/japanese.h"
#include "text/language_resources.h"
#include "text/name_terms.h"

namespace nunmul {
namespace {

constexpr double kHanjaReading = 2;  // on a stem's weight, which is low beside its syllable pairs

// Han characters sound in many ways, kana in one; hiragana may be letters that are still being typed.
bool can_sound(const Token& token) {
  return token.script != Script::Han ||
         (is_all_kana(token.word) && is_katakana(decode_utf8(token.word, 0).code));
}

// Names are kept without shift, so a known word typed with it asks for none (딸 is not on the way to 달).
bool may_begin_names(const Token& token, bool known) { return !known || !has_shifted_keys(token.word); }

}  // namespace

void NamePlanner::add_written(std::uint32_t number, const Token& token) {
  const PlannedUnit& unit = plan_.units[number];
  const bool known = unit.documents > 0;
  constexpr std::size_t kMinLetters = 3;
  if (token.script == Script::Latin && !known && count_chars(token.word) >= kMinLetters &&
      has_spelling(generation_, Family::Initials, token.word))
    plan_.add_document_term(number, planned(Family::Initials, token.word));  // iotnbo
  if (token.script != Script::Hangul || !unit.prefix) return;
  const std::string keys = key_sequence(token.word);
  if (keys.size() >= 2 && may_begin_names(token, known)) add_begun_names(number, Family::KeySequence, keys);
  if (is_all_initials(token.word) && count_chars(token.word) >= 2)
    add_begun_names(number, Family::Initials, token.word);
}

void NamePlanner::add_begun_names(std::uint32_t number, Family family, const std::string& typed) {
  std::vector<PlannedTerm> names;
  for (const std::string& name : spellings_with_prefix(generation_, family, typed))
    names.push_back(planned(family, name, name == typed ? 1 : kPrefixWeight));
  if (!names.empty()) plan_.add_document_term(number, merged(std::move(names)), QueryPlan::Letters::AsTyped);
}

// A name on its way (대한민국 제ㅎ): documents with one that begins with all that was typed, a space behind
// it included, since the next word may follow.
void NamePlanner::add_typed_name(const std::vector<Token>& tokens) {
  constexpr std::size_t kMaxBytes = 60;
  const bool quoted = std::any_of(query_.units.begin(), query_.units.end(),
                                  [](const QueryUnit& unit) { return unit.quoted; });
  if (tokens.empty() || quoted || !generation_.settings().prefix_search ||
      !(style_.by_weight || plan_.units.back().prefix))
    return;
  std::string typed = typed_letters(tokens);
  const auto [first, units] = query_.units_of(0, tokens.size());
  if (units == 0 || typed.size() > kMaxBytes) return;
  std::vector<PlannedTerm> names;
  if (tokens[0].script == Script::Hangul &&
      (units > 1 || may_begin_names(tokens[0], plan_.units[first].documents > 0)))
    for (const std::string& name : spellings_with_prefix(generation_, Family::KeySequence, typed))
      names.push_back(planned(Family::KeySequence, name));
  if (!names.empty()) plan_.add_spanning(first, units, merged(std::move(names)), QueryPlan::Letters::AsTyped);
  add_begun_aliases(tokens, first, units);
  if (style_.by_weight) plan_.typed = std::move(typed);
}

// Names under which documents do not have it (엠ㅆ on the way to 엠씨몽, for MC몽).
void NamePlanner::add_begun_aliases(const std::vector<Token>& tokens, std::uint32_t first,
                                    std::uint32_t units) {
  std::vector<PlannedTerm> names;
  for (const BegunName& name : analyzer().resources().name_beginnings().begun_by(tokens))
    names.push_back(planned(Family::Name, analyzer().resources().name_groups()[name.group].id,
                            kPrefixWeight * (name.ambiguous ? kAmbiguous : 1)));
  if (!names.empty()) plan_.add_spanning(first, units, merged(std::move(names)));
}

void NamePlanner::add_sounding(std::uint32_t number, const Token& token, bool known) {
  const SoundOptions options{
      .known = known, .whole_query = query_.units.size() == 1, .guesses = style_.guesses_sounds};
  for (const SoundTerm& sound : sounds_of_word(generation_, token, options))
    plan_.add_document_term(number, planned(sound.family, sound.value, sound.factor));
}

// Names of several words by how they sound together (jang jae in), where a word is unknown or nothing else is
// typed: Lee, Sang and Yoon are words of texts. Stop words are syllables of names too (Lee So-ra).
void NamePlanner::add_joined_sounds(const std::vector<Token>& tokens) {
  constexpr std::size_t kMaxWords = 4;
  for (std::size_t first = 0; first + 1 < tokens.size(); ++first) {
    std::string joined;
    for (std::size_t t = first; t < std::min(tokens.size(), first + kMaxWords) && can_sound(tokens[t]); ++t) {
      joined.append(joined.empty() ? "" : " ").append(tokens[t].word);
      const auto [unit, units] = query_.units_of(first, t - first + 1);
      if (t == first || units == 0) continue;
      const bool unknown = std::any_of(plan_.units.begin() + unit, plan_.units.begin() + unit + units,
                                       [](const PlannedUnit& one) { return one.documents == 0; });
      const bool whole_query = units == query_.units.size();
      if (!unknown && !whole_query) continue;
      const SoundOptions options{
          .known = !unknown, .whole_query = whole_query, .guesses = style_.guesses_sounds};
      // The whole name weighs as much as its words together, and more than the sum of their sounds.
      for (const SoundTerm& sound : sounds_of_name(generation_, joined, options))
        plan_.add_spanning(unit, units, planned(sound.family, sound.value, sound.factor * units));
    }
  }
}

// Spans of the query that are a known name: documents with any other name of the same thing.
void NamePlanner::add_known_names(const std::vector<Token>& tokens) {
  const LanguageResources& resources = analyzer().resources();
  for (const NameMatch& match : resources.find_names(tokens)) {
    const auto [first, units] = query_.units_of(match.first, match.count);
    if (units == 0) continue;
    const NameGroup& group = resources.name_groups()[match.group];
    plan_.add_spanning(first, units, planned(Family::Name, group.id, match.ambiguous ? kAmbiguous : 1),
                       match.ambiguous ? QueryPlan::Letters::Other : QueryPlan::Letters::AsTyped);
    for (const std::string& name : group.names)
      if (!is_typed(name, first, units)) add_name(name, first, units);
  }
}

// Whether a name is what was typed itself, whose words are found one by one.
bool NamePlanner::is_typed(const std::string& name, std::uint32_t first, std::uint32_t units) const {
  const auto tokens = analyzer().tokenize(name);
  if (tokens.size() != units) return false;
  for (std::uint32_t u = 0; u < units; ++u)
    if (query_.units[first + u].tokens[0].word != tokens[u].word) return false;
  return true;
}

void NamePlanner::add_name(const std::string& name, std::uint32_t first, std::uint32_t units) {
  const auto tokens = analyzer().tokenize(name);
  constexpr std::size_t kMaxNameTokens = 8;
  if (tokens.empty() || tokens.size() > kMaxNameTokens) return;
  Alternative alternative;
  alternative.first_unit = first;
  alternative.units = units;
  alternative.exact = false;
  for (const Token& token : tokens)
    alternative.words.push_back(languages_.pattern_of(token, {false, tokens.size() == 1, false}));
  plan_.alternatives.push_back(std::move(alternative));
}

// Names in Han characters by their Korean reading (한강 finds 漢江), and names in Hangul by a query of such
// characters alone. In a settled word of Hangul the letters do not stand, so it ranks behind those that have
// them.
void NamePlanner::add_hanja(const std::vector<Token>& tokens) {
  for (std::uint32_t u = 0; u < query_.units.size(); ++u) {
    const QueryUnit& unit = query_.units[u];
    if (unit.quoted || unit.tokens[0].script != Script::Hangul || count_chars(unit.tokens[0].stem) < 2)
      continue;
    plan_.add_document_term(u, planned(Family::HanjaStem, unit.tokens[0].stem));
  }
  const bool all_han = std::all_of(tokens.begin(), tokens.end(),
                                   [](const Token& token) { return token.script == Script::Han; });
  const auto [first, units] = query_.units_of(0, tokens.size());
  if (!all_han || units != query_.units.size()) return;
  std::string letters;
  for (const Token& token : tokens) letters += token.word;
  for (const Term& term : analyzer().name_terms(letters))
    if (term.family == Family::HanjaStem && count_chars(term.value) == count_chars(letters))
      plan_.add_spanning(first, units, planned(Family::HangulStem, term.value, kHanjaReading));
}

void NamePlanner::add_of_query(const std::vector<Token>& tokens) {
  add_typed_name(tokens);
  add_joined_sounds(tokens);
  add_known_names(tokens);
  add_hanja(tokens);
}

}  // namespace nunmul
