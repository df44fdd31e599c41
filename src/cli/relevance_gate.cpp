// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/relevance_gate.h"

#include <array>
#include <cstdio>

#include "base/error.h"
#include "eval/judged_documents.h"

namespace nunmul {
namespace {

constexpr std::size_t kShownChanges = 10;  // of those that got better, and of those that got worse

std::string rounded(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4f", value);
  return text.data();
}

std::string refusal_of(const GateOptions& options, const GateReport& report) {
  const double after = report.evaluation.overall.ndcg10;
  if (options.min_ndcg && after < *options.min_ndcg)
    return "nDCG@10 is " + rounded(after) + ", below the least allowed, " + rounded(*options.min_ndcg);
  if (!options.max_drop || !report.difference) return "";
  const double drop = report.difference->before - after;
  if (drop > *options.max_drop)
    return "nDCG@10 drops by " + rounded(drop) + ", more than the " + rounded(*options.max_drop) + " allowed";
  return "";
}

}  // namespace

GateReport ask_gate(const GateOptions& options, const Generation* published, const Generation& candidate) {
  const std::vector<JudgedQuery> queries = read_judged(options.judged);
  if (queries.empty()) throw Error(ErrorCode::InvalidInput, options.judged + " holds no judged query.");
  GateReport report;
  report.warning = missing_documents_warning(count_judged_documents(candidate, queries));
  report.evaluation = evaluate(candidate, queries, SearchRequest{});
  if (published && published->documents() > 0)
    report.difference = compare(evaluate(*published, queries, SearchRequest{}), report.evaluation);
  report.refusal = refusal_of(options, report);
  return report;
}

std::string to_text(const GateReport& report) {
  std::string text = std::to_string(report.evaluation.queries.size()) + " judged queries: ";
  text += report.difference ? to_text(*report.difference, kShownChanges)
                            : "nDCG@10 " + rounded(report.evaluation.overall.ndcg10) + "\n";
  if (!report.warning.empty()) text += "warning: " + report.warning + "\n";
  if (!report.refusal.empty()) text += "refused: " + report.refusal + "\n";
  return text;
}

Json to_json(const GateReport& report) {
  Json json;
  json["passed"] = report.refusal.empty();
  if (!report.refusal.empty()) json["refusal"] = report.refusal;
  if (!report.warning.empty()) json["warning"] = report.warning;
  json["metrics"] = to_json(report.evaluation.overall, report.evaluation.queries.size());
  if (report.difference) json["difference"] = to_json(*report.difference);
  return json;
}

}  // namespace nunmul
