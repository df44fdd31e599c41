// SPDX-License-Identifier: GPL-2.0-or-later
// From a plan to candidates: Xapian gives the documents that weigh most under it. And the other way of
// asking: every document that fits, as bitmaps, for counts, facets and sorts.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "index/snapshot.h"
#include "search/columns/document_sets.h"
#include "search/match/allowed_source.h"
#include "search/match/features.h"
#include "search/plan/query_plan.h"
#include "search/postings/family_weight.h"
#include "search/postings/term_postings.h"

namespace nunmul {

struct Candidate {
  Xapian::docid id = 0;
  DocumentRef document;
  double weight = 0;
  TermAnswers by_terms{};
};

struct Retrieved {
  std::vector<Candidate> candidates;
  std::uint64_t matches = 0;  // documents that fit, exact up to `count_up_to`
  bool complete = false;      // the candidates are all that fit
};

struct RetrievalLimits {
  std::uint32_t candidates = 200;
  std::uint32_t count_up_to = 1000;
  double min_share = 0;  // of the plan's full weight, where weight decides
};

// For one request against one snapshot, which outlives it, as do the allowed documents.
class Retrieval {
 public:
  Retrieval(const Snapshot& snapshot, AllowedDocuments& allowed);

  // What weighs most of all that have any of the plan's terms.
  Retrieved by_weight(const QueryPlan& plan, const RetrievalLimits& limits);

  // What has all units; if that is too little, what has all but one of them, and so on down to those
  // required.
  Retrieved word_by_word(const QueryPlan& plan, const RetrievalLimits& limits);

  // Every allowed document that has the required units.
  DocumentSets all_matches(const QueryPlan& plan);

  // Documents that were found otherwise, without weight.
  std::vector<Candidate> candidates(const QueryPlan& plan, const std::vector<DocumentRef>& documents);

 private:
  // What `candidates` documents are known to weigh, and how many weigh the least that is asked for.
  struct Reached {
    double weight = 0;
    std::uint64_t documents = 0;
  };
  Reached reached_by_one_term(const QueryPlan& plan, const std::vector<PlannedTerm>& terms,
                              const RetrievalLimits& limits) const;

  std::vector<PlannedTerm> asked_terms(const QueryPlan& plan) const;
  Xapian::Query weight_query(const QueryPlan& plan, const std::vector<PlannedTerm>& terms) const;
  Xapian::MSet run(const Xapian::Query& query, std::uint32_t count, std::uint32_t check_at_least,
                   double min_weight);
  void take(const Xapian::MSet& mset, std::vector<Candidate>& candidates) const;
  void add_term_answers(const QueryPlan& plan, std::vector<Candidate>& candidates) const;
  DocumentSets documents_with(const PlannedUnit& unit) const;
  void set_postings(const PlannedTerm& term, DocumentSets& sets) const;

  const Snapshot& snapshot_;
  AllowedDocuments& allowed_;
  std::unique_ptr<AllowedSource> source_;  // null where every document is allowed
  std::shared_ptr<const WeightTables> tables_;
  TermPostings postings_;
};

}  // namespace nunmul
