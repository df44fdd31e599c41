// SPDX-License-Identifier: GPL-2.0-or-later
// Judges a new state of an index by judged queries before it is published.
#pragma once

#include <optional>
#include <string>

#include "eval/evaluation.h"

namespace nunmul {

struct GateOptions {
  std::string judged;              // file of judged queries; no gate without one
  std::optional<double> min_ndcg;  // least nDCG@10 of the new state
  std::optional<double> max_drop;  // most that nDCG@10 may lose against the published state
};

struct GateReport {
  Evaluation evaluation;                           // of the new state
  std::optional<EvaluationDifference> difference;  // nothing to compare with at the first build
  std::string warning;                             // judged documents that the new state lacks, or ""
  std::string refusal;                             // why it must not be published, or ""
};

// `published` may be null or empty. Throws Error(InvalidInput) for a file that cannot be read as judged
// queries, or whose documents are all missing from the candidate.
GateReport ask_gate(const GateOptions& options, const Generation* published, const Generation& candidate);

// For people: what the judged queries say, which of them got better and worse, and the verdict.
std::string to_text(const GateReport& report);
Json to_json(const GateReport& report);

}  // namespace nunmul
