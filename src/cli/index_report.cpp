// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/index_report.h"

#include <array>
#include <cstdio>
#include <string_view>

#include "cli/import_report.h"

namespace nunmul {
namespace {

struct OutcomeRow {
  IndexOutcome outcome;
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array kOutcomes{
    OutcomeRow{IndexOutcome::Published, "published", "published"},
    OutcomeRow{IndexOutcome::Unchanged, "unchanged", "nothing changed"},
    OutcomeRow{IndexOutcome::DryRun, "dryRun", "nothing was written, since this was a dry run"},
    OutcomeRow{IndexOutcome::Refused, "refused", "not published; the old state stays in service"},
    OutcomeRow{IndexOutcome::BadInput, "badInput", "not published; the old state stays in service"},
};

const OutcomeRow& row_of(IndexOutcome outcome) {
  for (const OutcomeRow& row : kOutcomes)
    if (row.outcome == outcome) return row;
  return kOutcomes.front();
}

std::string with_decimals(double value, int decimals) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

double rate_of(const IndexReport& report) {
  return report.seconds > 0 ? static_cast<double>(report.import.count) / report.seconds : 0;
}

void append_titles(std::string& text, char mark, const std::vector<std::string>& titles) {
  for (const std::string& title : titles) text += std::string("  ") + mark + " " + title + "\n";
}

}  // namespace

std::string readable_bytes(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " B";
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  constexpr std::array kUnits{"B", "kB", "MB", "GB", "TB"};
  for (; value >= 999.5 && unit + 1 < kUnits.size(); ++unit) value /= 1000;
  return with_decimals(value, value < 10 ? 1 : 0) + " " + kUnits[unit];
}

std::string to_text(const IndexReport& report) {
  std::string text;
  append_titles(text, '+', report.added_titles);
  append_titles(text, '~', report.changed_titles);
  append_titles(text, '-', report.removed_titles);
  append_titles(text, '=', report.kept_titles);
  if (report.gate) text += to_text(*report.gate);
  if (!report.refusal.empty()) text += "refused: " + report.refusal + "; --allow-shrink allows it\n";
  text += report.index + ": " + std::to_string(report.added) + " added, " + std::to_string(report.changed) +
          " changed, " + std::to_string(report.unchanged) + " unchanged, " + std::to_string(report.removed) +
          " removed";
  if (report.kept > 0) text += ", " + std::to_string(report.kept) + " kept as edited over HTTP";
  if (!report.import.unpublished.empty())
    text += ", " + std::to_string(report.import.unpublished.size()) + " left out as not published";
  if (report.settings_changed) text += ", new settings";
  text += "; " + std::string(row_of(report.outcome).sentence) + "\n";
  if (report.outcome == IndexOutcome::BadInput || !report.refusal.empty()) return text;
  text += counted(report.import.count, "entry", "entries") + " in " + with_decimals(report.seconds, 2) +
          " s (" + with_decimals(rate_of(report), 0) + " a second), " +
          counted(report.documents, "document", "documents") + ", " + readable_bytes(report.bytes);
  if (report.full) text += ", all analysed anew";
  return text + "\n";
}

Json to_json(const IndexReport& report) {
  Json json;
  json["index"] = report.index;
  json["outcome"] = row_of(report.outcome).name;
  json["added"] = report.added;
  json["changed"] = report.changed;
  json["unchanged"] = report.unchanged;
  json["removed"] = report.removed;
  json["kept"] = report.kept;
  json["settingsChanged"] = report.settings_changed;
  json["documents"] = report.documents;
  json["bytes"] = report.bytes;
  json["seconds"] = report.seconds;
  json["entriesPerSecond"] = rate_of(report);
  json["full"] = report.full;
  json["generation"] = report.generation;
  json["files"] = report.import.files;
  json["problems"] = Json::array();
  for (const ImportProblem& problem : report.import.problems)
    json["problems"].push_back(
        {{"file", problem.file}, {"line", problem.line}, {"message", problem.message}});
  json["warnings"] = Json::array();
  for (const ImportProblem& warning : report.import.warnings)
    json["warnings"].push_back(
        {{"file", warning.file}, {"line", warning.line}, {"message", warning.message}});
  if (!report.added_titles.empty()) json["addedTitles"] = report.added_titles;
  if (!report.changed_titles.empty()) json["changedTitles"] = report.changed_titles;
  if (!report.removed_titles.empty()) json["removedTitles"] = report.removed_titles;
  if (!report.kept_titles.empty()) json["keptTitles"] = report.kept_titles;
  if (!report.refusal.empty()) json["refusal"] = report.refusal;
  if (report.gate) json["gate"] = to_json(*report.gate);
  return json;
}

}  // namespace nunmul
