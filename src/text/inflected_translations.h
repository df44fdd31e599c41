// SPDX-License-Identifier: GPL-2.0-or-later
// What words of Korean and Japanese texts mean in English, when a dictionary has them in another form only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/token.h"
#include "text/word_translations.h"

namespace nunmul {

// Of a word, its stem, or what it begins with if a verb or another word of the dictionary follows.
std::vector<std::string_view> english_of_hangul(const WordTranslations& dictionary, const Token& token);

// Of Han characters and kana, also of the word of which they are an inflected form.
std::vector<std::string_view> english_of_japanese(const WordTranslations& dictionary,
                                                  const std::string& word);

}  // namespace nunmul
