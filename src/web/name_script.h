// SPDX-License-Identifier: GPL-2.0-or-later
// The script a name is written in, by which the pages label it: a field says only for whom a name is
// meant, and "title" may hold any.
#pragma once

#include <string_view>

namespace nunmul {

enum class NameScript { None, Latin, Hangul, Kana, Han };

// The script of most letters; kana wins over Han, since Japanese has both. None without letters.
NameScript name_script(std::string_view utf8);

// "ko", "ja" or "" for the attribute `lang`; Han alone is Japanese or Chinese, so nothing is said.
std::string_view language_of(NameScript script);

}  // namespace nunmul
