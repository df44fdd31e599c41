// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/planned_names.h"

#include <algorithm>

#include "base/utf8.h"
#include "search/plan/loan_matches.h"
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
  if (token.script == Script::Latin && !known && count_chars(token.word) > kMinLetters)
    add_begun_names(number, Family::KeySequence, token.word);  // larcenciel
  if (token.script != Script::Hangul || !unit.prefix) return;
  if (is_all_initials(token.word)) {
    if (count_chars(token.word) >= 2) add_begun_names(number, Family::Initials, token.word);
    return;
  }
  const std::string keys = key_sequence(token.word);
  if (keys.size() >= 2 && may_begin_names(token, known)) add_begun_names(number, Family::KeySequence, keys);
}

void NamePlanner::add_begun_names(std::uint32_t number, Family family, const std::string& typed) {
  std::vector<PlannedTerm> names;
  for (const std::string& name : spellings_with_prefix(generation_, family, typed))
    if (name == typed || plan_.units[number].prefix)
      names.push_back(planned(family, name, name == typed ? 1 : kPrefixWeight));
  if (!names.empty()) plan_.add_document_term(number, merged(std::move(names)), Letters::AsTyped);
}

// Names by nothing but initials (ㅅㅍ, ㅈㅇ ㄴ): all of them together, and a whole name before longer ones.
bool NamePlanner::add_initials(const std::vector<Token>& tokens) {
  std::string typed;
  for (const Token& token : tokens) {
    if (!is_all_initials(token.word)) return false;
    typed += token.word;
  }
  const auto [first, units] = query_.units_of(0, tokens.size());
  if (units == 0 || count_chars(typed) < 2) return false;
  std::vector<PlannedTerm> names;
  for (const std::string& name : spellings_with_prefix(generation_, Family::Initials, typed))
    names.push_back(planned(Family::Initials, name, units * (name == typed ? 1 : kPrefixWeight)));
  if (names.empty()) return false;
  plan_.add_spanning(first, units, merged(std::move(names)), Letters::AsTyped);
  return true;
}

// Names that are all of what was typed, stop words included and spaces not.
void NamePlanner::add_whole_name(const std::string& typed, std::uint32_t first, std::uint32_t units) {
  constexpr double kWholeName = 2;  // so that it is among the candidates, however common its words are
  if (const std::string name = whole_name(typed); has_spelling(generation_, Family::KeySequence, name))
    plan_.add_spanning(first, units, planned(Family::KeySequence, name, kWholeName), Letters::AsTyped);
}

// A name on its way (대한민국 제ㅎ): documents with one that begins with all that was typed, a space behind
// it included, since the next word may follow.
void NamePlanner::add_typed_name(const std::vector<Token>& tokens) {
  const bool quoted = std::any_of(query_.units.begin(), query_.units.end(),
                                  [](const QueryUnit& unit) { return unit.quoted; });
  const auto [first, units] = query_.units_of(0, tokens.size());
  if (tokens.empty() || quoted || units == 0) return;
  std::string typed = typed_letters(tokens);
  add_whole_name(typed, first, units);
  if (!generation_.settings().prefix_search || !(style_.by_weight || plan_.units.back().prefix)) return;
  std::vector<PlannedTerm> names;
  if (tokens[0].script == Script::Hangul &&
      (units > 1 || may_begin_names(tokens[0], plan_.units[first].documents > 0)))
    for (const std::string& name :
         spellings_with_prefix(generation_, Family::KeySequence, utf8_prefix(typed, kMaxTypedBytes)))
      names.push_back(planned(Family::KeySequence, name));
  if (!names.empty()) plan_.add_spanning(first, units, merged(std::move(names)), Letters::AsTyped);
  add_begun_aliases(tokens, first, units);
  if (style_.by_weight) plan_.typed = std::move(typed) + (query_.units.back().prefix ? "" : " ");
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
  const SoundOptions options{.known = known,
                             .whole_query = query_.units.size() == 1,
                             .guesses = style_.guesses_sounds && !plan_.units[number].likely};
  std::vector<SoundTerm> sounds = sounds_of_word(generation_, token, options);
  if (token.script == Script::Latin && (!known || options.whole_query))
    for (SoundTerm& sound : sounds_of_given_name(generation_, token.word)) sounds.push_back(std::move(sound));
  if (!sounds.empty() && (!known || options.whole_query)) note_sounding(number, 1, {&token, 1});
  for (const SoundTerm& sound : sounds) {
    PlannedTerm name = planned(sound.family, sound.value, sound.factor);
    // Where the word stands as it was typed, its sound says no more.
    if (known) name.unless = term_of(word_family(token.script), token.stem);
    plan_.add_document_term(number, std::move(name), Letters::Sound);
  }
}

// Names of several words by how they sound together (jang jae in), where a word is unknown or nothing else is
// typed: Lee, Sang and Yoon are words of texts. Stop words are syllables of names too (Lee So-ra).
void NamePlanner::add_joined_sounds(const std::vector<Token>& tokens) {
  constexpr std::size_t kMaxWords = 4, kWordsOfText = 16;  // in a text names are shorter, and readings cost
  const std::size_t most = tokens.size() > kWordsOfText ? kMaxWords - 1 : kMaxWords;
  for (std::size_t first = 0; first + 1 < tokens.size(); ++first) {
    for (std::size_t t = first; t < std::min(tokens.size(), first + most) && can_sound(tokens[t]); ++t) {
      const auto [unit, units] = query_.units_of(first, t - first + 1);
      if (t == first || units == 0) continue;
      const bool unknown = std::any_of(plan_.units.begin() + unit, plan_.units.begin() + unit + units,
                                       [](const PlannedUnit& one) { return one.documents == 0; });
      const bool likely = units == 1 && plan_.units[unit].likely;  // cut finely, as katakana are
      const bool whole_query = units == query_.units.size();
      if (!unknown && !whole_query) continue;
      const SoundOptions options{
          .known = !unknown, .whole_query = whole_query, .guesses = style_.guesses_sounds && !likely};
      const std::span<const Token> words(&tokens[first], t - first + 1);
      const std::span<const Token> turned[] = {words.last(1), words.first(words.size() - 1)};
      add_sounding_name(unit, units, {&words, 1}, options);
      if (tokens[first].script != Script::Han) add_sounding_name(unit, units, turned, options);
    }
  }
}

// The words of the parts in a row are one name, the family name on either side. It weighs as much as its
// words together, and more than the sum of their sounds.
void NamePlanner::add_sounding_name(std::uint32_t unit, std::uint32_t units,
                                    std::span<const std::span<const Token>> parts,
                                    const SoundOptions& options) {
  std::string name;
  std::vector<Token> words;
  for (const std::span<const Token> part : parts) words.insert(words.end(), part.begin(), part.end());
  for (const Token& word : words) name.append(name.empty() ? "" : " ").append(word.word);
  std::vector<SoundTerm> sounds = sounds_of_name(generation_, name, options);
  if (parts.size() == 1 && parts[0].size() == 2)  // the given name alone (chae won)
    for (SoundTerm& sound : sounds_of_given_name(generation_, name)) sounds.push_back(std::move(sound));
  for (const SoundTerm& sound : sounds)
    plan_.add_spanning(unit, units, planned(sound.family, sound.value, sound.factor * units), Letters::Sound);
  if (!sounds.empty()) note_sounding(unit, units, words);
}

// The spelling of hiragana says too little about that of names in other scripts.
void NamePlanner::note_sounding(std::uint32_t unit, std::uint32_t units, std::span<const Token> words) {
  std::string letters;
  for (const Token& word : words) {
    if (word.script == Script::Han && !is_katakana(decode_utf8(word.word, 0).code)) return;
    letters += word.word;
  }
  plan_.sounding.push_back(std::move(letters));
  for (std::uint32_t u = unit; u < std::min(64U, unit + units); ++u)
    plan_.shape.spelt |= std::uint64_t{1} << u;
}

// Spans of the query that are a known name: documents with any other name of the same thing.
void NamePlanner::add_known_names(const std::vector<Token>& tokens) {
  const LanguageResources& resources = analyzer().resources();
  for (const NameMatch& match : resources.find_names(tokens)) {
    const auto [first, units] = query_.units_of(match.first, match.count);
    if (units == 0) continue;
    const NameGroup& group = resources.name_groups()[match.group];
    plan_.add_spanning(first, units, planned(Family::Name, group.id, match.ambiguous ? kAmbiguous : 1),
                       match.ambiguous ? Letters::Other : Letters::AsTyped);
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

bool NamePlanner::is_theme(const std::vector<Token>& tokens) const {
  const std::vector<ConceptMatch> themes = analyzer().resources().find_concepts(tokens);
  return std::any_of(themes.begin(), themes.end(), [&](const ConceptMatch& theme) {
    return theme.count == tokens.size() && !theme.ambiguous;
  });
}

// Names in Han characters by their Korean reading (한강 finds 漢江), and names in Hangul by a query of such
// characters alone; not of a theme, which is found as such where its reading means another (詩人 is no
// 시인했다). In a settled word of Hangul the letters do not stand, so it ranks behind those that have them.
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
  if (!all_han || units != query_.units.size() || is_theme(tokens)) return;
  std::string letters;
  for (const Token& token : tokens) letters += token.word;
  for (const Term& term : analyzer().name_terms(letters))
    if (term.family == Family::HanjaStem && count_chars(term.value) == count_chars(letters))
      plan_.add_spanning(first, units, planned(Family::HangulStem, term.value, kHanjaReading));
}

// Titles of English words that the query says in Hangul or katakana, and the reverse, if a word of it is
// unknown.
void NamePlanner::add_said_names(const std::vector<Token>& tokens) {
  const auto [first, units] = query_.units_of(0, tokens.size());
  const auto unknown = [](const PlannedUnit& unit) { return unit.documents == 0; };
  if (!style_.guesses_sounds || units == 0 || units != query_.units.size() ||
      std::none_of(plan_.units.begin(), plan_.units.end(), unknown))
    return;
  std::string loan;
  for (const Token& token : tokens) loan += token.word;
  // Latin letters may be a Korean name, whose spelling decides; those of other scripts say no spelling.
  const bool latin = std::all_of(tokens.begin(), tokens.end(),
                                 [](const Token& token) { return token.script == Script::Latin; });
  const Letters letters = latin ? Letters::Sound : Letters::Other;
  for (const std::string& name : names_said(generation_, loan))
    plan_.add_spanning(first, units, planned(Family::KeySequence, name), letters);
}

void NamePlanner::add_of_query(const std::vector<Token>& tokens) {
  add_said_names(tokens);
  // Initials have keys of their own only where the text was meant for the other layout (ㅅㅍ, tv).
  if (!add_initials(tokens)) add_typed_name(tokens);
  add_joined_sounds(tokens);
  add_known_names(tokens);
  add_hanja(tokens);
}

}  // namespace nunmul
