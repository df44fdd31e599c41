// SPDX-License-Identifier: GPL-2.0-or-later
// The rules for a key from outside, over HTTP or out of a dump. Messages name the place in the key's
// object ("at `.actions[1]`").
#pragma once

#include <string>
#include <vector>

namespace nunmul {

void check_key_actions(const std::vector<std::string>& actions);  // throws Error(InvalidApiKeyActions)
void check_key_indexes(const std::vector<std::string>& indexes);  // throws Error(InvalidApiKeyIndexes)
// In lower case. Throws Error(InvalidApiKeyUid) for what is no UUID.
std::string read_key_uid(const std::string& text);

}  // namespace nunmul
