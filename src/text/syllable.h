// SPDX-License-Identifier: GPL-2.0-or-later
// The arithmetic of Hangul syllables: Unicode numbers the 19 initial consonants, 21 vowels and 28 finals (0
// is none), and counts the 11,172 syllables through in that order (The Unicode Standard, section 3.12).
#pragma once

namespace nunmul {

constexpr char32_t kFirstSyllable = 0xAC00, kLastSyllable = 0xD7A3;
constexpr unsigned kInitialCount = 19, kVowelCount = 21, kFinalCount = 28;

enum InitialLetter : unsigned {
  kInitialNieun = 2,
  kInitialRieul = 5,
  kInitialMieum = 6,
  kInitialSiot = 9,
  kInitialIeung = 11,  // silent
  kInitialJieut = 12,
  kInitialChieut = 14
};

// By the revised romanization.
enum VowelLetter : unsigned {
  kVowelA = 0,
  kVowelAe,
  kVowelYa,
  kVowelYae,
  kVowelEo,
  kVowelE,
  kVowelYeo,
  kVowelYe,
  kVowelO,
  kVowelWa,
  kVowelWae,
  kVowelOe,
  kVowelYo,
  kVowelU,
  kVowelWo,
  kVowelWe,
  kVowelWi,
  kVowelYu,
  kVowelEu,
  kVowelUi,
  kVowelI
};

enum FinalLetter : unsigned {
  kFinalNone = 0,
  kFinalNieun = 4,
  kFinalDigeut = 7,
  kFinalRieul = 8,
  kFinalRieulMieum = 10,
  kFinalMieum = 16,
  kFinalBieup = 17,
  kFinalSiot = 19,
  kFinalSsangsiot = 20
};

struct Syllable {
  unsigned initial, vowel, final;  // by number
};

constexpr bool is_syllable(char32_t code) { return code >= kFirstSyllable && code <= kLastSyllable; }

// Of a code that is a syllable.
constexpr Syllable parts_of(char32_t syllable) {
  const auto number = static_cast<unsigned>(syllable - kFirstSyllable);
  return {number / kFinalCount / kVowelCount, number / kFinalCount % kVowelCount, number % kFinalCount};
}

constexpr char32_t syllable_of(Syllable parts) {
  return kFirstSyllable + (parts.initial * kVowelCount + parts.vowel) * kFinalCount + parts.final;
}

// The final of a syllable; none for any other code.
constexpr unsigned final_of(char32_t code) { return is_syllable(code) ? parts_of(code).final : kFinalNone; }

constexpr char32_t with_initial(char32_t syllable, unsigned initial) {
  return syllable_of({initial, parts_of(syllable).vowel, parts_of(syllable).final});
}

constexpr char32_t with_vowel(char32_t syllable, unsigned vowel) {
  return syllable_of({parts_of(syllable).initial, vowel, parts_of(syllable).final});
}

constexpr char32_t with_final(char32_t syllable, unsigned final) {
  return syllable_of({parts_of(syllable).initial, parts_of(syllable).vowel, final});
}

}  // namespace nunmul
