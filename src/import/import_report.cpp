// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/import_report.h"

namespace nunmul {

std::string to_string(const ImportProblem& problem) {
  return problem.file + (problem.line > 0 ? ":" + std::to_string(problem.line) : "") + ": " + problem.message;
}

}  // namespace nunmul
