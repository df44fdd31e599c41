// SPDX-License-Identifier: GPL-2.0-or-later
// Fine keys (phonetic.h) of Latin letters, which may romanise Korean, be English, or both.
#pragma once

#include <string>
#include <vector>

namespace nunmul {

// The readings of words of the letters a to z, word by word, before doubled letters are joined, the
// plainest first. A reading takes each choice (whether r before a consonant is heard, whether e at the
// end is …) the same way in all words.
std::vector<std::vector<std::string>> read_latin(const std::vector<std::string>& words);

}  // namespace nunmul
