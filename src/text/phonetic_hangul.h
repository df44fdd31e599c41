// SPDX-License-Identifier: GPL-2.0-or-later
// Fine keys (phonetic.h) of Hangul: the syllables as they are pronounced together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// The readings of words of syllables, word by word, before doubled letters are joined, the plainest
// first. Sounds pass over from a syllable to the next inside of a word only.
std::vector<std::vector<std::string>> read_hangul(const std::vector<std::u32string>& words);

}  // namespace nunmul
