// SPDX-License-Identifier: GPL-2.0-or-later
// From a plan to candidates: the documents that weigh most under it.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <vector>

#include "index/snapshot.h"
#include "search/match/all_matches.h"
#include "search/match/allowed_documents.h"
#include "search/match/features.h"
#include "search/match/word_check.h"
#include "search/plan/query_plan.h"
#include "search/postings/best_documents.h"
#include "search/postings/family_weight.h"
#include "search/postings/segment_scan.h"
#include "search/postings/term_postings.h"

namespace nunmul {

struct Candidate {
  DocumentRef document;
  double weight = 0;
  TermAnswers by_terms{};
};

struct Retrieved {
  std::vector<Candidate> candidates;
  std::uint64_t matches = 0;        // documents that fit; by weight exact up to `count_up_to`
  bool complete = false;            // the candidates are all that fit
  std::optional<DocumentSets> all;  // all that fit, if they are asked for
  std::vector<DocumentRef> sample;  // word by word: some of the matches, whatever they weigh
};

struct RetrievalLimits {
  std::uint32_t candidates = 200;
  std::uint64_t count_up_to = 1000;
  double min_share = 0;  // of the plan's full weight, where weight decides
  bool all = false;      // whether all that fit are wanted besides; they are then counted
};

// For one request. Everything passed outlives it.
class Retrieval {
 public:
  Retrieval(const Scope& scope, const QueryPlan& plan, AllowedDocuments& allowed);

  // What weighs most of all that have any of the plan's terms, and all that is quoted. Fewer candidates are
  // the first ones of more.
  Retrieved by_weight(const RetrievalLimits& limits);

  // What has all units; if that is too little, what has all but one of them, and so on down to those
  // required. Terms bring some in which the words only seem to be; `matches` counts them too.
  Retrieved word_by_word(const RetrievalLimits& limits);

  // Documents that were found otherwise, without weight.
  std::vector<Candidate> candidates(const std::vector<DocumentRef>& documents) const;
  // Gives them the weight that by_weight does.
  void weigh(std::vector<Candidate>& candidates);

  // All that have the units required.
  DocumentSets all_with_required() const {
    return AllMatches(scope_, plan_, allowed_, postings_).with_required();
  }

 private:
  using ListsBySegment = std::vector<SegmentLists>;

  std::vector<PlannedTerm> asked_terms() const;
  void add_lists(const PlannedTerm& term, ListsBySegment& lists) const;
  void add_together(const PlannedSynonym& synonym, ListsBySegment& lists);
  ListsBySegment lists_of_weight();
  ListsBySegment lists_of_unit(std::uint32_t unit);
  SegmentQuery query_of_units(const std::vector<ListsBySegment>& units, std::size_t count,
                              std::uint32_t segment) const;
  void scan(const SegmentQuery& query, std::uint32_t segment, BestDocuments& best, Bitmap* all);
  std::shared_ptr<const DocumentSets> allowed_by_phrases() const;
  void know_from_lists(const ListsBySegment& lists, const RetrievalLimits& limits, Weight least,
                       BestDocuments& best) const;
  std::function<bool(DocumentRef)> check(UnitSet units, Standing needed);
  std::vector<Candidate> candidates(std::vector<WeighedDocument> documents) const;
  void add_term_answers(std::vector<Candidate>& candidates) const;

  const Scope& scope_;
  const QueryPlan& plan_;
  AllowedDocuments& allowed_;
  std::shared_ptr<const WeightTables> tables_;
  TermPostings postings_;
  ScanWindow window_;
  std::list<WeighedDocuments> own_;  // lists that were put together
};

}  // namespace nunmul
