// SPDX-License-Identifier: GPL-2.0-or-later
// `nunmul eval`
#pragma once

#include <CLI/CLI.hpp>

namespace nunmul {

void add_eval_command(CLI::App& program);

}  // namespace nunmul
