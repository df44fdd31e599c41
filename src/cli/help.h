// SPDX-License-Identifier: GPL-2.0-or-later
// The text of --help for a terminal of 80 columns, and of the errors for wrong usage.
#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace nunmul {

// For the program and its commands; a command's example is its footer.
void use_own_help(CLI::App& program);

// CLI11's error in our words: "--limit takes a number, not `many`.".
std::string message_of(const CLI::ParseError& error, const CLI::App& program);

}  // namespace nunmul
