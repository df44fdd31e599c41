// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/phonetic_hangul.h"

#include <algorithm>
#include <array>

#include "text/syllable.h"

namespace nunmul {
namespace {

constexpr std::array<std::string_view, kInitialCount> kInitialSounds = {
    "k", "k", "n", "t", "t", "l", "m", "p", "p", "s", "s", "", "j", "j", "j", "k", "t", "p", "h"};
constexpr std::string_view kVowelSounds = "aeaeoeoeoaeeoooeiooii";

struct FinalSound {
  std::string_view before_consonant;
  std::string_view before_vowel;  // where it becomes the next syllable's initial
};
constexpr std::array<FinalSound, kFinalCount> kFinalSounds = {
    {{"", ""},    {"k", "k"}, {"k", "k"},  {"k", "ks"}, {"n", "n"},  {"n", "nj"}, {"n", "n"},
     {"t", "t"},  {"l", "l"}, {"k", "lk"}, {"m", "lm"}, {"l", "lp"}, {"l", "ls"}, {"l", "lt"},
     {"p", "lp"}, {"l", "l"}, {"m", "m"},  {"p", "p"},  {"p", "ps"}, {"t", "s"},  {"t", "s"},
     {"N", "N"},  {"t", "j"}, {"t", "j"},  {"k", "k"},  {"t", "t"},  {"p", "p"},  {"", ""}}};

// Readings that Korean writing leaves open.
enum HangulChoice : unsigned {
  kAssimilate = 1,     // 첫눈 as cheonnun, beside cheotnun
  kDropLoanVowel = 2,  // 크러쉬 as crush: vowels that only carry a foreign consonant
};

// Whether the vowel at `at` only carries a consonant: 크 in 크러쉬, 블 before 루 in 블루, 쉬 at the end.
bool carries_loan_consonant(std::u32string_view word, std::size_t at) {
  const Syllable syllable = parts_of(word[at]);
  const bool last = at + 1 == word.size();
  if (syllable.vowel == kVowelEu && syllable.initial != kInitialIeung) {
    if (syllable.final == kFinalNone) return true;
    return syllable.final == kFinalRieul && !last && is_syllable(word[at + 1]) &&
           parts_of(word[at + 1]).initial == kInitialRieul;
  }
  return last && at > 0 && syllable.final == kFinalNone &&
         (syllable.vowel == kVowelI || syllable.vowel == kVowelWi) &&
         (syllable.initial == kInitialSiot || syllable.initial == kInitialJieut ||
          syllable.initial == kInitialChieut);
}

char nasal_of(char stop) {
  switch (stop) {
    case 'k':
      return 'N';
    case 't':
      return 'n';
    case 'p':
      return 'm';
    default:
      return stop;
  }
}

// `met` collects the choices that would have changed the reading.
std::string read_word(std::u32string_view word, unsigned choices, unsigned& met) {
  std::string out;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const Syllable syllable = parts_of(word[at]);
    const bool last = at + 1 == word.size();
    out += kInitialSounds[syllable.initial];
    const bool loan = carries_loan_consonant(word, at);
    met |= loan ? kDropLoanVowel : 0u;
    if (!loan || !(choices & kDropLoanVowel)) out += kVowelSounds[syllable.vowel];
    if (syllable.final == kFinalNone) continue;
    const FinalSound& final = kFinalSounds[syllable.final];
    if (last) {
      out += final.before_consonant;
      continue;
    }
    const unsigned next = parts_of(word[at + 1]).initial;
    if (next == kInitialIeung) {
      out += final.before_vowel;
      continue;
    }
    std::string sound(final.before_consonant);
    if ((next == kInitialNieun || next == kInitialMieum) && !sound.empty() &&
        nasal_of(sound[0]) != sound[0]) {
      met |= kAssimilate;
      if (choices & kAssimilate) sound[0] = nasal_of(sound[0]);
    }
    out += sound;
  }
  return out;
}

}  // namespace

std::vector<std::vector<std::string>> read_hangul(const std::vector<std::u32string>& words) {
  std::vector<std::vector<std::string>> readings;
  unsigned met = 0;
  for (unsigned choices = 0; choices < 4; ++choices) {
    if ((choices & ~met) != 0) continue;
    std::vector<std::string> reading;
    for (const std::u32string& word : words) reading.push_back(read_word(word, choices, met));
    readings.push_back(std::move(reading));
  }
  return readings;
}

}  // namespace nunmul
