// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/phonetic_hangul.h"

#include <algorithm>
#include <array>

#include "text/hangul.h"

namespace nunmul {
namespace {

// By the numbers that Unicode gives to the letters of a syllable.
enum Initial : unsigned {
  kNieun = 2,
  kRieul = 5,
  kMieum = 6,
  kSiot = 9,
  kIeung = 11,
  kJieut = 12,
  kChieut = 14
};
enum Vowel : unsigned { kWi = 16, kEu = 18, kI = 20 };
enum Final : unsigned { kNone = 0, kFinalRieul = 8 };

constexpr std::array<std::string_view, 19> kInitialSounds = {"k", "k", "n", "t", "t", "l", "m", "p", "p", "s",
                                                             "s", "",  "j", "j", "j", "k", "t", "p", "h"};
constexpr std::string_view kVowelSounds = "aeaeoeoeoaeeoooeiooii";

struct FinalSound {
  std::string_view before_consonant;
  std::string_view before_vowel;  // where it becomes the next syllable's initial
};
constexpr std::array<FinalSound, 28> kFinalSounds = {
    {{"", ""},    {"k", "k"}, {"k", "k"},  {"k", "ks"}, {"n", "n"},  {"n", "nj"}, {"n", "n"},
     {"t", "t"},  {"l", "l"}, {"k", "lk"}, {"m", "lm"}, {"l", "lp"}, {"l", "ls"}, {"l", "lt"},
     {"p", "lp"}, {"l", "l"}, {"m", "m"},  {"p", "p"},  {"p", "ps"}, {"t", "s"},  {"t", "s"},
     {"N", "N"},  {"t", "j"}, {"t", "j"},  {"k", "k"},  {"t", "t"},  {"p", "p"},  {"", ""}}};

struct HangulSyllable {
  unsigned initial, vowel, final;
};

HangulSyllable parts_of(char32_t code) {
  const auto number = static_cast<unsigned>(code - 0xAC00);
  return {number / 588, number / 28 % 21, number % 28};
}

// Readings that Korean writing leaves open.
enum HangulChoice : unsigned {
  kAssimilate = 1,     // 첫눈 as cheonnun, beside cheotnun
  kDropLoanVowel = 2,  // 크러쉬 as crush: vowels that only carry a foreign consonant
};

// Whether the vowel at `at` only carries a consonant: 크 in 크러쉬, 블 before 루 in 블루, 쉬 at the end.
bool carries_loan_consonant(std::u32string_view word, std::size_t at) {
  const HangulSyllable syllable = parts_of(word[at]);
  const bool last = at + 1 == word.size();
  if (syllable.vowel == kEu && syllable.initial != kIeung) {
    if (syllable.final == kNone) return true;
    return syllable.final == kFinalRieul && !last && is_syllable(word[at + 1]) &&
           parts_of(word[at + 1]).initial == kRieul;
  }
  return last && at > 0 && syllable.final == kNone && (syllable.vowel == kI || syllable.vowel == kWi) &&
         (syllable.initial == kSiot || syllable.initial == kJieut || syllable.initial == kChieut);
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
    const HangulSyllable syllable = parts_of(word[at]);
    const bool last = at + 1 == word.size();
    out += kInitialSounds[syllable.initial];
    const bool loan = carries_loan_consonant(word, at);
    met |= loan ? kDropLoanVowel : 0u;
    if (!loan || !(choices & kDropLoanVowel)) out += kVowelSounds[syllable.vowel];
    if (syllable.final == kNone) continue;
    const FinalSound& final = kFinalSounds[syllable.final];
    if (last) {
      out += final.before_consonant;
      continue;
    }
    const unsigned next = parts_of(word[at + 1]).initial;
    if (next == kIeung) {
      out += final.before_vowel;
      continue;
    }
    std::string sound(final.before_consonant);
    if ((next == kNieun || next == kMieum) && !sound.empty() && nasal_of(sound[0]) != sound[0]) {
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
