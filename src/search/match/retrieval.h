// SPDX-License-Identifier: GPL-2.0-or-later
// From a plan to candidates: Xapian gives the documents that weigh most under it.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <vector>

#include "index/snapshot.h"
#include "search/match/all_matches.h"
#include "search/match/allowed_source.h"
#include "search/match/features.h"
#include "search/match/word_check.h"
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
  std::uint64_t matches = 0;  // by weight: documents that fit, exact up to `count_up_to`
  bool complete = false;      // the candidates are all that fit
};

struct RetrievalLimits {
  std::uint32_t candidates = 200;
  std::uint32_t count_up_to = 1000;
  double min_share = 0;  // of the plan's full weight, where weight decides
};

// For one request. Everything passed outlives it.
class Retrieval {
 public:
  Retrieval(const Scope& scope, const QueryPlan& plan, AllowedDocuments& allowed);

  // What weighs most of all that have any of the plan's terms, and all that is quoted. Fewer candidates are
  // the first ones of more.
  Retrieved by_weight(const RetrievalLimits& limits);

  // What has all units; if that is too little, what has all but one of them, and so on down to those
  // required. Terms bring some in which the words only seem to be.
  Retrieved word_by_word(const RetrievalLimits& limits);

  // How many have those required, exact up to `up_to`.
  std::uint64_t count_with_required(std::uint32_t up_to);

  // Documents that were found otherwise, without weight.
  std::vector<Candidate> candidates(const std::vector<DocumentRef>& documents);

  // All that by_weight, or word_by_word, may come to.
  WeighedDocuments all_by_weight(double min_share);
  DocumentSets all_with_required() { return all().with_required(); }

 private:
  // What `candidates` documents are known to weigh, and how many weigh the least that is asked for.
  struct Reached {
    double weight = 0;
    std::uint64_t documents = 0;
  };
  Reached reached_by_one_term(const std::vector<PlannedTerm>& terms, const RetrievalLimits& limits) const;

  AllMatches all() { return {scope_, plan_, allowed_, postings_}; }
  std::vector<PlannedTerm> asked_terms() const;
  Xapian::Query unit_query(std::uint32_t unit);
  Xapian::Query fitting_query(std::uint32_t unit);
  Xapian::Query checked(UnitSet units, Standing needed);
  Xapian::Query synonym_query(const PlannedSynonym& synonym);
  Xapian::Query weight_query(const std::vector<PlannedTerm>& terms);
  Xapian::MSet run(const Xapian::Query& query, std::uint32_t count, std::uint32_t check_at_least,
                   double min_weight);
  void take(const Xapian::MSet& mset, std::vector<Candidate>& candidates) const;
  void add_term_answers(std::vector<Candidate>& candidates) const;

  const Scope& scope_;
  const QueryPlan& plan_;
  const Snapshot& snapshot_;
  AllowedDocuments& allowed_;
  std::unique_ptr<AllowedSource> source_;  // null where every document is allowed
  std::shared_ptr<const WeightTables> tables_;
  TermPostings postings_;
  std::list<WordCheck> checks_;  // that queries refer to
};

}  // namespace nunmul
