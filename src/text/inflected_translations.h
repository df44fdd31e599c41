// SPDX-License-Identifier: GPL-2.0-or-later
// English for words of Korean and Japanese texts that a dictionary has in another form only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/token.h"
#include "text/word_translations.h"

namespace nunmul {

// For a word, its stem, or its beginning if a verb or another word of the dictionary follows.
std::vector<std::string_view> english_of_hangul(const WordTranslations& dictionary, const Token& token);

// For Han characters and kana, also for the word of which they are an inflected form.
std::vector<std::string_view> english_of_japanese(const WordTranslations& dictionary,
                                                  const std::string& word);

}  // namespace nunmul
