// SPDX-License-Identifier: GPL-2.0-or-later
// The program: its subcommands and its exit status.
#pragma once

namespace nunmul {

// 0 done, 1 failed, 2 wrong use.
int run_program(int argc, char** argv);

}  // namespace nunmul
