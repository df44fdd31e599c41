// SPDX-License-Identifier: GPL-2.0-or-later
// Korean words that are written together as they are thought: 비올때 for 비 올 때, 이별노래 for 이별 노래.
// Documents have them apart, and a theme at the beginning of a word is not looked for.
#pragma once

#include <string>
#include <string_view>

#include "index/generation.h"

namespace nunmul {

// The query with a space between the parts of each Hangul word outside of quotes that no document has, that
// begins no name, and that can be read as themes, words of documents and stop words, a theme among them.
std::string with_compounds_apart(const Generation& generation, std::string_view q);

}  // namespace nunmul
