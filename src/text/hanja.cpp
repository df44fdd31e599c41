// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/hanja.h"

#include "text/syllable.h"

namespace nunmul {
namespace {

// ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
constexpr bool has_y_or_i(char32_t syllable) {
  const unsigned vowel = parts_of(syllable).vowel;
  return vowel == kVowelYa || vowel == kVowelYae || vowel == kVowelYeo || vowel == kVowelYe ||
         vowel == kVowelYo || vowel == kVowelYu || vowel == kVowelI;
}

// 렬 and 률 lose their ㄹ after a vowel or ㄴ (비율, 나열).
char32_t after(char32_t before, char32_t syllable) {
  if (syllable != U'렬' && syllable != U'률') return syllable;
  const unsigned final = final_of(before);
  return final == kFinalNone || final == kFinalNieun ? with_initial(syllable, kInitialIeung) : syllable;
}

}  // namespace

char32_t at_word_start(char32_t syllable) {
  if (!is_syllable(syllable)) return syllable;
  const unsigned initial = parts_of(syllable).initial;
  if (initial != kInitialRieul && initial != kInitialNieun) return syllable;
  if (has_y_or_i(syllable)) return with_initial(syllable, kInitialIeung);
  return with_initial(syllable, kInitialNieun);
}

void HanjaReadings::add(char32_t character, std::u32string readings) {
  if (!readings.empty()) readings_.insert_or_assign(character, std::move(readings));
}

std::u32string HanjaReadings::read(std::u32string_view word) const {
  std::u32string out;
  for (const char32_t character : word) {
    const auto found = readings_.find(character);
    if (found == readings_.end()) return {};
    const std::u32string& readings = found->second;
    char32_t reading = readings.front();
    if (out.empty()) {
      reading = at_word_start(reading);
    } else {
      // The most common reading may be the one for the beginning of words (임 of 林, 림).
      for (const char32_t other : readings) {
        if (other != reading && at_word_start(other) == reading) {
          reading = other;
          break;
        }
      }
      reading = after(out.back(), reading);
    }
    out.push_back(reading);
  }
  return out;
}

}  // namespace nunmul
