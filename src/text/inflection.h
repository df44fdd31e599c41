// SPDX-License-Identifier: GPL-2.0-or-later
// Beginnings that the inflected forms of a verb or adjective have in common, so that a theme given as
// 헤어지다 or 泣く is found in 헤어졌다 and 泣いた.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// Of a Korean word that ends in 다, of three syllables at least: 헤어지, 헤어진, 헤어질, 헤어져, 헤어졌 …
// None for any other word.
std::vector<std::u32string> korean_stems(std::u32string_view word);

// Of a Japanese verb or adjective of Han characters and kana: 泣き, 泣か, 泣い …; 悲しく, 悲しさ …
// None for any other word.
std::vector<std::u32string> japanese_stems(std::u32string_view word);

}  // namespace nunmul
