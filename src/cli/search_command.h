// SPDX-License-Identifier: GPL-2.0-or-later
// `nunmul search`
#pragma once

#include <CLI/CLI.hpp>

namespace nunmul {

void add_search_command(CLI::App& program);

}  // namespace nunmul
