// SPDX-License-Identifier: GPL-2.0-or-later
// Asks judged queries of a generation and measures the answers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "eval/judged.h"
#include "index/generation.h"
#include "search/search_request.h"

namespace nunmul {

struct QueryEvaluation {
  std::string qid;
  std::string query;
  std::vector<std::string> groups;
  std::vector<std::string> hits;  // identifiers, at most 100
  Metrics metrics;
};

struct Evaluation {
  Metrics overall;
  std::map<std::string, std::pair<Metrics, std::size_t>> groups;  // with the number of queries
  std::vector<QueryEvaluation> queries;
};

// `base` carries what all searches have in common (matching strategy, filter); its q and limit are
// replaced. Uses the machine's cores.
Evaluation evaluate(const Generation& generation, const std::vector<JudgedQuery>& queries,
                    const SearchRequest& base);

// {"overall":{"ndcg@10":…,"queries":80},"groups":{…},"queries":[{"qid":…,"hits":[…]}]}
Json to_json(const Evaluation& evaluation);
Json to_json(const Metrics& metrics, std::size_t queries);

// A table for people.
std::string to_table(const Evaluation& evaluation);

// How two evaluations of the same queries differ, for the gate:
// {"before":{…},"after":{…},"better":[…],"worse":[…]} with each query's first hits before and after.
struct QueryDifference {
  std::string qid;
  std::string query;
  double before = 0, after = 0;  // nDCG@10
  std::vector<std::string> hits_before, hits_after;
};
struct EvaluationDifference {
  double before = 0, after = 0;
  std::vector<QueryDifference> better, worse;  // largest change first
};
EvaluationDifference compare(const Evaluation& before, const Evaluation& after);
std::string to_text(const EvaluationDifference& difference, std::size_t most_queries);
Json to_json(const EvaluationDifference& difference);

}  // namespace nunmul
