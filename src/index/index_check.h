// SPDX-License-Identifier: GPL-2.0-or-later
// The faults in the folder of an index.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "index/index.h"

namespace nunmul {

// Verifies the folder without changing it: what is wrong and what to do, a line each; empty if all is well.
// Reads every byte.
std::vector<std::string> check_index(const std::filesystem::path& folder,
                                     const IndexExpectation& expected = {});

// Throws Error(IoError) that names documents.db and says what to do if that is missing, or older than a
// generation beside it or than `least_version`: documents that are gone must not look like none.
void require_documents(const std::filesystem::path& folder, std::uint64_t least_version);

}  // namespace nunmul
