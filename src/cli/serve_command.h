// SPDX-License-Identifier: GPL-2.0-or-later
// `nunmul serve`: the HTTP server over a data folder.
#pragma once

#include <CLI/CLI.hpp>

namespace nunmul {

// Runs until SIGTERM or SIGINT; a second signal ends the process at once. Throws Error for what keeps
// it from starting.
void add_serve_command(CLI::App& program);

}  // namespace nunmul
