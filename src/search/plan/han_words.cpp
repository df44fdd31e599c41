// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/han_words.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/chinese_forms.h"
#include "text/inflection.h"
#include "text/japanese.h"
#include "text/kana_spelling.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

constexpr double kOtherForm = 0.8;  // against the word as it was typed
constexpr std::size_t kMinKana = 2;
constexpr std::size_t kMinInflected = 3;  // of a word in kana: ゆん is no verb
constexpr char32_t kRepeats = U'々';

// 佐々木 as 佐佐木 and the reverse; "" for a word without a repetition.
std::string with_repetition_otherwise(std::string_view word) {
  const std::u32string letters = to_utf32(word);
  std::u32string other = letters;
  for (std::size_t at = 1; at < letters.size(); ++at) {
    if (letters[at] == kRepeats)
      other[at] = other[at - 1];
    else if (letters[at] == letters[at - 1] && !is_hiragana(letters[at]) && !is_katakana(letters[at]) &&
             letters[at] != kLongMark)
      other[at] = kRepeats;
  }
  return other == letters ? "" : to_utf8(other);
}

bool is_run(const std::vector<QueryUnit>& units, std::uint32_t number, bool behind) {
  const QueryUnit& unit = units[number];
  return !unit.quoted && unit.tokens[0].script == Script::Han &&
         (!behind ||
          (!unit.tokens[0].separated && unit.number == units[number - 1].number + units[number - 1].count));
}

}  // namespace

HanWordForms HanWords::forms_of(const QueryUnit& word) const {
  const std::string& letters = word.tokens[0].word;
  HanWordForms forms;
  if (has_kana(letters)) add_kana(letters, forms);
  add_inflected(word, forms);
  add_characters(letters, forms);
  return forms;
}

// Of a word all in kana the pairs are what brings documents; of others their Han characters.
void HanWords::add_kana(const std::string& word, HanWordForms& forms) const {
  const bool all_kana = is_all_kana(word);
  for (std::string& spelling : kana_spellings(word)) {
    if (all_kana && count_chars(spelling) >= kMinKana)
      if (auto pairs = terms_.of_letters(spelling); !pairs.empty()) forms.all.push_back(std::move(pairs));
    forms.spellings.push_back({HanPattern::Spelling::Kana, std::move(spelling)});
  }
}

void HanWords::add_inflected(const QueryUnit& word, HanWordForms& forms) const {
  const std::u32string letters = to_utf32(word.tokens[0].word);
  const bool known = !word.base.empty();
  if (letters.size() < kMinInflected && is_all_kana(word.tokens[0].word)) return;
  std::vector<std::u32string> stems =
      known ? japanese_forms(to_utf32(word.base), word.inflection) : japanese_stems(letters);
  if (stems.empty()) return;
  if (known) stems.push_back(to_utf32(word.base));
  std::vector<PlannedTerm> ends;
  for (const std::u32string& stem : stems) {
    const std::string beginning = to_utf8(stem);
    forms.spellings.push_back({HanPattern::Spelling::Inflected, beginning});
    if (is_all_kana(beginning)) {
      if (count_chars(beginning) >= kMinKana) forms.all.push_back(terms_.of_letters(beginning));
    } else if (stem.size() > 1) {
      for (PlannedTerm& term : terms_.of_letters(to_utf8(stem.substr(stem.size() - 2))))
        if (term.family == Family::HanBigram) ends.push_back(std::move(term));
    }
  }
  for (PlannedTerm& term : ends) term.weight *= kOtherForm;
  if (!ends.empty()) forms.any.push_back(merged(strongest_of_each(std::move(ends))));
}

void HanWords::add_characters(const std::string& word, HanWordForms& forms) const {
  if (const std::string han = without_okurigana(word); !han.empty())
    forms.spellings.push_back({HanPattern::Spelling::Okurigana, han});
  if (const std::string other = with_repetition_otherwise(word); !other.empty())
    add_written(word, other, forms);
  // One character is too many things: 机 is a desk, and a machine in simplified Chinese.
  if (count_chars(word) < 2) return;
  for (const std::string& other : chinese_forms(generation_.analyzer().resources().kanji_forms(), word))
    add_written(word, other, forms);
}

// Only terms with a character that was changed say that the other form is there: 新 stands in 新幹線 already.
void HanWords::add_written(const std::string& word, const std::string& other, HanWordForms& forms) const {
  forms.spellings.push_back({HanPattern::Spelling::Kana, other});
  const std::u32string typed = to_utf32(word);
  // A repetition changes no character, but how often one stands there.
  const bool repeats = typed.find(kRepeats) != typed.npos || other.find("々") != other.npos;
  const auto is_changed = [&](char32_t code) { return repeats || typed.find(code) == typed.npos; };
  for (const Term& term : generation_.analyzer().analyze(other).terms) {
    if (term.family != Family::HanWord && term.family != Family::HanBigram) continue;
    const std::u32string letters = to_utf32(term.value);
    if (std::any_of(letters.begin(), letters.end(), is_changed))
      forms.any.push_back(planned(term.family, term.value, kOtherForm));
  }
}

void HanWords::add_runs(const std::vector<QueryUnit>& units, const QueryLanguages& languages,
                        QueryPlan& plan) const {
  constexpr std::uint32_t kMaxUnits = 3;
  constexpr std::size_t kMaxLetters = 8;
  for (std::uint32_t first = 0; first < units.size(); ++first) {
    std::string letters;
    std::uint32_t count = 0;
    while (first + count < units.size() && is_run(units, first + count, count > 0))
      letters += units[first + count++].tokens[0].word;
    if (count < 2 || count > kMaxUnits || count_chars(letters) > kMaxLetters) continue;
    QueryUnit run = units[first];
    run.tokens[0].word = run.tokens[0].stem = letters;
    WordPattern pattern = languages.pattern_of(run.tokens[0], {false, true, true});
    for (const HanSpelling& spelling : forms_of(run).spellings)
      if (spelling.kind != HanPattern::Spelling::Inflected)
        pattern.add_spelling(spelling.kind, spelling.letters);
    Alternative alternative;
    alternative.first_unit = first;
    alternative.units = count;
    alternative.exact = false;
    alternative.words.push_back(std::move(pattern));
    plan.alternatives.push_back(std::move(alternative));
    first += count - 1;
  }
}

}  // namespace nunmul
