// SPDX-License-Identifier: GPL-2.0-or-later
// The file of --config, TOML or INI: options by their long names. Those at the top are for every command
// that has such an option, a section is for the command of its name. The command line counts before
// the environment, that before the file. Where no file is named, an installed program reads
// /etc/nunmul/nunmul.toml (etc/nunmul/nunmul.toml of a prefix other than /usr) if it may.
//   data-dir = "/var/lib/nunmul"
//   [serve]
//   listen = "0.0.0.0:7700"
#pragma once

namespace CLI {
class App;
}

namespace nunmul {

// Adds --config to the program. Commands are added before.
void add_config_file(CLI::App& program);

}  // namespace nunmul
