// SPDX-License-Identifier: GPL-2.0-or-later
// `nunmul concepts`: which themes words belong to, and which frequent words of an index belong to none.
#pragma once

#include <CLI/CLI.hpp>

namespace nunmul {

void add_concepts_command(CLI::App& program);

}  // namespace nunmul
