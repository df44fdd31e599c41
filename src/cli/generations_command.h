// SPDX-License-Identifier: GPL-2.0-or-later
// `nunmul generations` and `nunmul rollback`: the history of an index, and back in it.
#pragma once

#include <CLI/CLI.hpp>

namespace nunmul {

void add_generations_command(CLI::App& program);
void add_rollback_command(CLI::App& program);

}  // namespace nunmul
