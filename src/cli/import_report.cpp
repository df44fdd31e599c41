// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/import_report.h"

#include <algorithm>
#include <iostream>
#include <string_view>

namespace nunmul {
namespace {

// What can be done with files of documents, which no reader takes.
struct AdviceRow {
  std::string_view extensions;
  std::string_view advice;
};
constexpr AdviceRow kAdvice[] = {
    {".xls .xlsx .ods", "spreadsheets can be saved as CSV"},
    {".pdf .doc .docx .odt .ppt .pptx .epub", "documents can be saved as HTML or text"},
    {".zip .gz .xz .bz2 .zst .7z .tar", "archives can be unpacked"}};

void print_passed_over(const ImportReport& report) {
  if (report.passed_over.empty()) return;
  std::string kinds, advice;
  for (const auto& [extension, count] : report.passed_over)
    kinds += (kinds.empty() ? "" : ", ") + std::to_string(count) + " " + extension;
  for (const AdviceRow& row : kAdvice) {
    const bool applies =
        std::any_of(report.passed_over.begin(), report.passed_over.end(), [&](const auto& kind) {
          return (std::string(row.extensions) + " ").find(kind.first + " ") != std::string::npos;
        });
    if (applies) advice += "; " + std::string(row.advice);
  }
  std::cerr << "note: passed over as no text: " << kinds << advice << "\n";
}

// What an editor should look at.
std::string_view to_text(Doubt doubt) {
  switch (doubt) {
    case Doubt::Split:
      return "title and artist";
    case Doubt::Kind:
      return "kind";
    case Doubt::SplitAndKind:
      break;
  }
  return "title, artist and kind";
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of("\",\n") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? "\"\"" : std::string(1, c);
  return cell + '"';
}

}  // namespace

void print_problems(const ImportReport& report) {
  print_passed_over(report);
  for (const ImportProblem& warning : report.warnings) std::cerr << "warning: " << to_string(warning) << "\n";
  for (const ImportProblem& problem : report.problems) std::cerr << "error: " << to_string(problem) << "\n";
}

void print_unpublished(const ImportReport& report) {
  for (const ImportProblem& left_out : report.unpublished)
    std::cerr << "left out: " << to_string(left_out) << "\n";
}

void print_doubtful(const ImportReport& report) {
  if (report.doubtful.empty()) return;
  std::cerr << "heading,title,artist,kind,check,other,place\n";
  for (const DoubtfulSplit& split : report.doubtful) {
    const std::string cells[] = {split.heading,
                                 split.title,
                                 split.artist,
                                 split.kind,
                                 std::string(to_text(split.doubt)),
                                 split.other,
                                 split.file + ":" + std::to_string(split.line)};
    std::string row;
    for (const std::string& cell : cells) row += (row.empty() ? "" : ",") + csv_cell(cell);
    std::cerr << row << "\n";
  }
}

std::string summary(const ImportReport& report) {
  std::string text =
      counted(report.count, "entry", "entries") + " from " + counted(report.files, "file", "files");
  if (report.merged > 0) text += ", " + std::to_string(report.merged) + " listed again";
  if (!report.unpublished.empty())
    text += ", " + std::to_string(report.unpublished.size()) +
            " left out as not published (--drafts includes them)";
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
