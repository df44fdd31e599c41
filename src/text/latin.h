// SPDX-License-Identifier: GPL-2.0-or-later
// Stems of Latin words: English Snowball, as Xapian has it. Words of other languages and alphabets pass
// through it unharmed or a little shortened; documents and queries pass through the same.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

// The stem of a folded word. Each thread has a stemmer and remembers its last few thousand words.
const std::string& latin_stem(const std::string& word);

}  // namespace nunmul
