// SPDX-License-Identifier: GPL-2.0-or-later
// From a plan to candidates: Xapian gives the documents that weigh most under it. And the other way of
// asking: every document that fits, as bitmaps, for counts, facets and sorts.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "index/snapshot.h"
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
  TermAnswers by_terms;
  std::uint32_t stage_units = 0;  // how many units it was asked to have when it was found
};

struct Retrieved {
  std::vector<Candidate> candidates;
  std::uint64_t matches = 0;  // documents that fit, exact up to `count_up_to`
  bool complete = false;      // the candidates are all that fit
};

struct RetrievalLimits {
  std::uint32_t candidates = 200;
  std::uint32_t count_up_to = 1000;
  double least_share = 0;  // of the plan's full weight, for MatchingStrategy::Any
};

// For one request against one snapshot, which outlives it.
class Retrieval {
 public:
  // `restricted` says that not all documents of the segments are allowed, or that there is a deadline.
  Retrieval(const Snapshot& snapshot, AllowedDocuments& allowed, bool restricted);

  Retrieved retrieve(const QueryPlan& plan, const RetrievalLimits& limits);

  // A document that was found otherwise, without weight.
  Candidate candidate(DocumentRef document) const;
  // Fills in Candidate::by_terms.
  void add_unit_terms(const QueryPlan& plan, std::vector<Candidate>& candidates);

  // Every allowed document that fits the least that the strategy asks for, a bitmap a segment.
  std::vector<Bitmap> all_matches(const QueryPlan& plan);

 private:
  // What `candidates` documents are known to weigh, and how many weigh the least that is asked for.
  struct Reached {
    double weight = 0;
    std::uint64_t documents = 0;
  };
  Reached reached_by_one_term(const QueryPlan& plan, const std::vector<PlannedTerm>& terms,
                              const RetrievalLimits& limits) const;

  std::vector<PlannedTerm> asked_terms(const QueryPlan& plan) const;
  Xapian::Query filtered(Xapian::Query query);
  Xapian::MSet run(const Xapian::Query& query, std::uint32_t first, std::uint32_t count,
                   std::uint32_t check_at_least, double least_weight);
  void set_postings(const PlannedTerm& term, std::vector<Bitmap>& bitmaps) const;
  std::vector<Bitmap> empty_bitmaps() const;

  const Snapshot& snapshot_;
  AllowedDocuments& allowed_;
  bool restricted_;
  std::unique_ptr<AllowedSource> source_;
  std::shared_ptr<const WeightTables> tables_;
  TermPostings postings_;
};

// The units that the strategy never drops, most important first: their number is where the last stage
// ends. `order` gets the units in the order in which they are kept.
std::size_t required_units(const QueryPlan& plan, std::vector<std::uint32_t>& order);

}  // namespace nunmul
