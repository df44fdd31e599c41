// SPDX-License-Identifier: GPL-2.0-or-later
// The messages of an import, on stderr.
#pragma once

#include <string>

#include "import/import.h"

namespace nunmul {

// A line `error: file:line: …` for each problem, and before them one `warning: …` for each warning.
void print_problems(const ImportReport& report);

// The doubtful headings as CSV, a row each, which --overrides takes when an editor has changed it: what was
// made of the heading, what of it to check, what else it may be, and its file and line.
void print_doubtful(const ImportReport& report);

// A line for each entry that was left out as not published yet, and why.
void print_unpublished(const ImportReport& report);

// "45 entries from 5 files, 2 listed twice, 1 heading doubtful, 3 problems".
std::string summary(const ImportReport& report);

// "1 file", "2 files".
std::string counted(std::size_t count, const std::string& one, const std::string& many);

}  // namespace nunmul
