// SPDX-License-Identifier: GPL-2.0-or-later
// Han characters as simplified and as traditional Chinese write them (眼泪, 眼淚), by ICU.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/kanji_forms.h"

namespace nunmul {

// Other writings of a word, as the tokenizer has it: with the modern forms that `forms` gives.
// None for a word without Han characters.
std::vector<std::string> chinese_forms(const KanjiForms& forms, std::string_view word);

}  // namespace nunmul
