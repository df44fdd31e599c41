// SPDX-License-Identifier: GPL-2.0-or-later
// Korean that is written without spaces: 비올때 for 비 올 때, 아이유가나오는드라마 for 아이유가 나오는
// 드라마. Documents have it apart, and so it is read: as the cheapest way through the words that documents or
// the dictionary have, themes, common words, particles and endings.
#pragma once

#include <string>
#include <string_view>

#include "index/generation.h"

namespace nunmul {

// The query with a space between the parts of each Hangul word outside of quotes that no document has, that
// begins no name, and that can be read as known words better than as one that nobody knows.
std::string with_compounds_apart(const Generation& generation, std::string_view q);

}  // namespace nunmul
