// SPDX-License-Identifier: GPL-2.0-or-later
// `nunmul check`
#pragma once

#include <CLI/CLI.hpp>

namespace nunmul {

void add_check_command(CLI::App& program);

}  // namespace nunmul
