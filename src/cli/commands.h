// SPDX-License-Identifier: GPL-2.0-or-later
// The subcommands, a file each: `nunmul check` stands in check_command.cpp.
#pragma once

namespace CLI {
class App;
}

namespace nunmul {

void add_backup_command(CLI::App& program);
void add_check_command(CLI::App& program);
void add_concepts_command(CLI::App& program);
// `nunmul describe` prints commands with their options, routes, and settings as JSON, from the tables that
// the program itself works by. docs/make/manual.mjs makes the tables of the manual from it.
void add_describe_command(CLI::App& program);
void add_eval_command(CLI::App& program);
void add_generations_command(CLI::App& program);
void add_import_command(CLI::App& program);
void add_index_command(CLI::App& program);
void add_queries_command(CLI::App& program);
void add_restore_command(CLI::App& program);
void add_rollback_command(CLI::App& program);
void add_search_command(CLI::App& program);
void add_serve_command(CLI::App& program);

}  // namespace nunmul
