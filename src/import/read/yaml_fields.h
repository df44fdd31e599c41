// SPDX-License-Identifier: GPL-2.0-or-later
// The YAML above an article as JSON. An alias is a copy of what it stands for, so a few lines can name more
// than any memory holds: values are counted, copies like any other, before they are made.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/json.h"

namespace nunmul {

// The first document of the text, whose first line has that number in its file. Throws Error(InvalidInput)
// whose message begins with "line N: " for broken YAML, and for more values, levels or bytes than front
// matter may have.
Json read_yaml(std::string_view text, std::uint32_t first_line);

}  // namespace nunmul
