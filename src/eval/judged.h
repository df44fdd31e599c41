// SPDX-License-Identifier: GPL-2.0-or-later
// Judged queries, read from either of two forms:
//   JSON lines  {"qid":"q1","query":"…","lang":"en","need":"mood","judgments":{"ID":3}}
//   two tables  qid<TAB>query[<TAB>group] and qid<TAB>docid<TAB>grade (TREC's qid 0 docid grade too);
//               a header line is allowed
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "eval/metrics.h"

namespace nunmul {

struct JudgedQuery {
  std::string qid;
  std::string query;
  std::vector<std::string> groups;  // it is counted in each: "ko", "mood"
  Judgments judgments;
};

// Throw Error(InvalidInput) that names file and line.
std::vector<JudgedQuery> read_judged(const std::filesystem::path& jsonl);
std::vector<JudgedQuery> read_judged(const std::filesystem::path& queries,
                                     const std::filesystem::path& qrels);

}  // namespace nunmul
