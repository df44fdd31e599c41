// SPDX-License-Identifier: GPL-2.0-or-later
// The words of a query in Han characters and kana as somebody means them: a verb with its endings is one
// (歩いていた), a short run of hiragana another (てがみ), whatever a dictionary makes of them; and particles
// are left out. Texts need not be cut alike, since these words are looked for as letters (han_pattern.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/kana_reader.h"

namespace nunmul {

struct HanUnit {
  std::uint32_t begin = 0;      // bytes [begin, end) of the run
  std::uint32_t end = 0;        //
  bool grammar = false;         // no word by itself
  std::string base = "";        // of a verb or adjective, with its class (JapaneseWord)
  std::string inflection = "";  //
};

// `run`: folded, without spaces or marks; `word_ends`: where the analyzer's words end in it, in bytes. They
// decide between Han characters and katakana, where a dictionary knows no better. Without a reader (null)
// only a short run of hiragana is known to be a word; none for others.
std::vector<HanUnit> han_units(const KanaReader* reader, std::string_view run,
                               const std::vector<std::size_t>& word_ends);

}  // namespace nunmul
