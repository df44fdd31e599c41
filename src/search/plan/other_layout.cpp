// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/other_layout.h"

#include <string>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "search/plan/expanded_terms.h"
#include "search/plan/word_expansion.h"
#include "text/jamo.h"
#include "text/keyboard.h"

namespace nunmul {
namespace {

// What a name on the other layout counts against the word itself.
constexpr double kOtherLayoutWeight = 1.0;
constexpr double kKnownWordOtherLayoutWeight = 0.1;

}  // namespace

void OtherLayoutPlanner::add(std::uint32_t number, const Token& token, bool prefix, bool known,
                             PlannedUnit& unit) {
  if (token.script == Script::Latin) add_as_hangul(number, token, prefix, known, unit);
  if (token.script == Script::Hangul) add_as_latin(number, token, prefix, known, unit);
}

void OtherLayoutPlanner::add_as_hangul(std::uint32_t number, const Token& token, bool prefix, bool known,
                                       PlannedUnit& unit) {
  const OtherLayout other = as_if_hangul(token.word);
  if (!other.complete || count_chars(token.word) < 3) return;
  const double factor = known ? kKnownWordOtherLayoutWeight : kOtherLayoutWeight;
  const std::string keys = key_sequence(other.text);
  std::vector<PlannedTerm> names;
  for (const std::string& name : spellings_with_prefix(generation_, Family::KeySequence, keys))
    if (prefix || name == keys) names.push_back(planned(Family::KeySequence, name, factor));
  if (!names.empty()) plan_.add_document_term(number, merged(std::move(names)));
  if (known) return;
  for (const Token& hangul : generation_.analyzer().tokenize(other.text))
    if (hangul.script == Script::Hangul) add_word(number, hangul, prefix, unit);
}

void OtherLayoutPlanner::add_as_latin(std::uint32_t number, const Token& token, bool prefix, bool known,
                                      PlannedUnit& unit) {
  const OtherLayout other = as_if_latin(token.word);
  if ((known && !other.complete) || other.text.size() < 2) return;
  // Initials of names are what they seem to be.
  if (is_all_initials(token.word) &&
      !spellings_with_prefix(generation_, Family::Initials, token.word, 1).empty())
    return;
  for (const Token& latin : generation_.analyzer().tokenize(other.text))
    if (latin.script == Script::Latin && (prefix || documents_of_word(generation_, latin.word) > 0))
      add_word(number, latin, prefix, unit);
}

void OtherLayoutPlanner::add_word(std::uint32_t number, const Token& token, bool prefix, PlannedUnit& unit) {
  unit.also_any(word_terms_.of_word(token));
  if (prefix)
    unit.also_any(terms_of_expanded(generation_, languages_, words_with_prefix(generation_, token)));
  Alternative alternative;
  alternative.first_unit = number;
  alternative.exact = false;
  alternative.words.push_back(languages_.pattern_of(token, {prefix, true, true}));
  plan_.alternatives.push_back(std::move(alternative));
}

}  // namespace nunmul
