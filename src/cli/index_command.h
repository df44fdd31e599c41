// SPDX-License-Identifier: GPL-2.0-or-later
// `nunmul index`: files into an index, once or whenever they change.
#pragma once

#include <CLI/CLI.hpp>

namespace nunmul {

void add_index_command(CLI::App& program);

}  // namespace nunmul
