// SPDX-License-Identifier: GPL-2.0-or-later
// The forms of one name, however it is dressed. Identifiers and merging rest on the first two, so a change
// here changes identifiers; for that reason the words for guests ("feat. X") stand here and in no file that
// may be edited.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// Without brackets that repeat the name in another script, and without guests.
std::u32string base_name(std::u32string_view name);

// The compact base and, where a bracket gives the name in another script, that one.
std::vector<std::u32string> base_variants(std::u32string_view name);

// The spellings a name is met in: "YOUNHA(윤하)" is also "YOUNHA" and "윤하"; "Epik High, Crush" also each
// of the two. Compact forms, the whole first; what follows "feat." is no name of the artist.
std::vector<std::u32string> name_variants(std::u32string_view name);

// Adds the form unless it is empty or there.
void push_unique(std::vector<std::u32string>& forms, std::u32string form);

}  // namespace nunmul
