// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/import_report.h"

#include <iostream>

namespace nunmul {

void print_problems(const ImportReport& report) {
  for (const ImportProblem& warning : report.warnings) std::cerr << "warning: " << to_string(warning) << "\n";
  for (const ImportProblem& problem : report.problems) std::cerr << "error: " << to_string(problem) << "\n";
}

void print_doubtful(const ImportReport& report) {
  for (const DoubtfulSplit& split : report.doubtful) {
    std::cerr << "doubtful: " << split.file << ":" << split.line << ": \"" << split.heading
              << "\" was read as \"" << split.title << "\""
              << (split.artist.empty() ? " without an artist" : " by \"" + split.artist + "\"");
    if (!split.other.empty()) std::cerr << "; it may be \"" << split.other << "\"";
    std::cerr << "\n";
  }
}

std::string summary(const ImportReport& report) {
  std::string text =
      counted(report.count, "entry", "entries") + " from " + counted(report.files, "file", "files");
  if (report.merged > 0) text += ", " + std::to_string(report.merged) + " listed again";
  if (!report.doubtful.empty())
    text += ", " + counted(report.doubtful.size(), "heading", "headings") + " doubtful";
  if (!report.warnings.empty()) text += ", " + counted(report.warnings.size(), "warning", "warnings");
  if (!report.problems.empty()) text += ", " + counted(report.problems.size(), "problem", "problems");
  return text;
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace nunmul
