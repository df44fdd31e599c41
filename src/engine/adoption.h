// SPDX-License-Identifier: GPL-2.0-or-later
// Restores store.db from the folders of the indexes, if it is missing or older than they are.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nunmul {

// Returns what it did, a sentence each; empty if there was nothing to do. Nothing is removed. Throws
// Error(InvalidInput) while a server uses the folder, and Error(IoError) that names a file that cannot be
// read.
std::vector<std::string> adopt_indexes(const std::filesystem::path& data_dir);

}  // namespace nunmul
