// SPDX-License-Identifier: GPL-2.0-or-later
// A file of the owner's rules (index/curation.h), as `nunmul index --rules` and `nunmul queries --what-if`
// read it.
#pragma once

#include <string>

namespace nunmul {

struct Settings;

// Sets the rules of {"rules":[…]}. Throws Error(InvalidInput) that names the file and the place, also for
// filters that the other settings do not allow.
void apply_rules_file(Settings& settings, const std::string& file);

}  // namespace nunmul
