// SPDX-License-Identifier: GPL-2.0-or-later
// `nunmul import`
#pragma once

#include <CLI/CLI.hpp>

namespace nunmul {

void add_import_command(CLI::App& program);

}  // namespace nunmul
