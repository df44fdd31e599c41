// SPDX-License-Identifier: GPL-2.0-or-later
// Small files of JSON with a checksum: a line with the CRC-32 of the text as a decimal number, then the text.
#pragma once

#include <filesystem>
#include <optional>

#include "base/json.h"

namespace nunmul {

// In one step.
void write_checked_json(const std::filesystem::path& file, const Json& json);
// Nothing if the file is damaged. Throws Error(IoError) if it cannot be read.
std::optional<Json> read_checked_json(const std::filesystem::path& file);

}  // namespace nunmul
