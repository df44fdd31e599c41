// SPDX-License-Identifier: GPL-2.0-or-later
// English words as Hangul and katakana write them: 포토샵 and フォトショップ for photoshop. Unlike the fine
// keys of names (phonetic.h) this is for words of texts, of which there are many: a skeleton of consonants
// finds the candidates, a distance from the spellings of each sound chooses among them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/spelling_slots.h"

namespace nunmul {

// The consonants of a word of the letters a to z, in eight classes (K T P S L M N H), as it may be said: few,
// the likeliest first; none for other words, and for those that no loan is worth looking for.
std::vector<std::string> english_skeletons(std::string_view word);

// The same of a word in Hangul or katakana; none for other words.
std::vector<std::string> loan_skeletons(std::string_view word);

// The skeletons of one consonant more or one less: letters that are not heard (talk), sounds that are not
// written.
std::vector<std::string> near_skeletons(const std::string& skeleton);

// For one word in Hangul or katakana, compared with many of English.
class LoanWord {
 public:
  explicit LoanWord(std::string_view word);

  // 0 if the loan says the English word letter by letter; about 1 for each sound that differs, 2 where it has
  // two syllables of Hangul, as most Korean words have.
  float distance(std::string_view english) const;

  // Up to this it is most likely the word.
  static float most_likely(std::string_view english);

 private:
  std::vector<SpellingSlot> slots_;
  float each_ = 1;  // what a difference counts
};

}  // namespace nunmul
