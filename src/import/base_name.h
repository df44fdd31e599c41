// SPDX-License-Identifier: GPL-2.0-or-later
// A name as it stays however it is dressed: without brackets that repeat it in another script, and
// without guests ("(Feat. X)"). Identifiers and merging rest on it, so a change here changes identifiers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

std::u32string base_name(std::u32string_view name);

// The compact base and, where a bracket gives the name in another script, that one.
std::vector<std::u32string> base_variants(std::u32string_view name);

}  // namespace nunmul
