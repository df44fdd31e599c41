// SPDX-License-Identifier: GPL-2.0-or-later
// The version and the commit of this program.
#pragma once

#include <string_view>

namespace nunmul {

// "0.2.0", as CMakeLists.txt has it.
std::string_view program_version();

// The commit that was built, forty hexadecimal digits, as of the last run of CMake (./run runs it each time);
// all zeros, git's name for no commit, where there was no git.
std::string_view program_commit();

}  // namespace nunmul
