// SPDX-License-Identifier: GPL-2.0-or-later
// How files are read: options of every command that reads entries.
#pragma once

#include <string>

#include "cli/command.h"
#include "import/import.h"

namespace nunmul {

// --format, --encoding, --list, --drafts, --overrides and --languages.
void add_import_options(CLI::App& command, ImportOptions& options, std::string& languages);

// The files below the folder of languages that reading takes its words from.
void use_languages(ImportOptions& options, const std::string& languages);

}  // namespace nunmul
