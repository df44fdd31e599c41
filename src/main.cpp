// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdlib>
#include <string_view>

#include "cli/program.h"
#include "index/build_process.h"

int main(int argc, char** argv) {
  // How a server starts its builders; not for people.
  if (argc == 3 && argv[1] == std::string_view(nunmul::kBuildArgument))
    return nunmul::run_builder(std::atoi(argv[2]));
  return nunmul::run_program(argc, argv);
}
