// SPDX-License-Identifier: GPL-2.0-or-later
// The master key as an owner gives it: on the command line, in the environment or in a file.
#pragma once

#include <optional>
#include <string>

namespace nunmul {

// The key in `file`, or else `given`; nothing if both are "". Line ends behind a key in a file are no part of
// it. Throws HintedError for a key that no client could send as it stands, since the keys made from it would
// differ from those of the key that its owner means.
std::optional<std::string> read_master_key(const std::string& given, const std::string& file);

}  // namespace nunmul
