// SPDX-License-Identifier: GPL-2.0-or-later
// The path of a request as the log may show it.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

// Decoded, without what may be a key: everything behind a segment `keys`, and wherever 64 hexadecimal digits
// stand in a row.
std::string loggable_path(std::string_view path);

}  // namespace nunmul
