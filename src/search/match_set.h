// SPDX-License-Identifier: GPL-2.0-or-later
// The documents that a request finds, in order: plan, filter, match, rank, distinct.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "index/snapshot.h"
#include "search/columns/sort.h"
#include "search/match/retrieval.h"
#include "search/plan/query_plan.h"
#include "search/rank/ranking.h"
#include "search/search_request.h"

namespace nunmul {

// For one request against one snapshot; they and the budget outlive it.
class MatchSet {
 public:
  // Throws Error(InvalidSearch…) for what only the settings can judge, and what the budget refuses.
  MatchSet(const Snapshot& snapshot, const SearchRequest& request, RequestBudget& budget);
  ~MatchSet();

  void find();

  const QueryPlan& plan() const { return plan_; }
  // The best first; enough of them for the request's window.
  const std::vector<RankedDocument>& ordered() const { return ordered_; }
  // How many documents fit; exact up to maxTotalHits.
  std::uint64_t total() const { return total_; }
  // All that fit, a bitmap a segment; only if the request asks for facets.
  const std::vector<Bitmap>& bitmaps() const { return bitmaps_; }
  bool degraded() const { return allowed_.expired; }

  double score(const RankedDocument& document) const;
  double score_before_sort(const RankedDocument& document) const;  // of the rules that stand before it
  Json details(const RankedDocument& document) const;
  // The request's sort, or null.
  const DocumentOrder* sort_order() const { return sort_.get(); }

 private:
  bool is_any() const { return plan_.strategy == MatchingStrategy::Any; }
  Json shown_value(std::size_t expression, const RankedDocument& document) const;
  void check_searched_attributes() const;
  void make_allowed();
  void leave_out_excluded();
  std::size_t wanted() const;
  bool needs_all_matches() const;

  void find_all_documents();
  void find_any();
  void find_strict();
  std::vector<RankedDocument> rank(const std::vector<Candidate>& candidates);
  void order_by_rules(std::vector<RankedDocument>& documents) const;
  void order_by_blend(std::vector<RankedDocument>& documents) const;
  void drop_below_threshold(std::vector<RankedDocument>& documents) const;
  void make_distinct(std::vector<RankedDocument>& documents);
  void take(std::vector<RankedDocument> documents, bool complete, std::uint64_t at_least);
  std::vector<Bitmap> bitmaps_of(const std::vector<RankedDocument>& documents) const;
  std::uint32_t typos_allowed() const;
  std::uint32_t attributes() const;

  const Snapshot& snapshot_;
  const Generation& generation_;
  const Settings& settings_;
  const SearchRequest& request_;
  RequestBudget& budget_;

  QueryPlan plan_;
  std::vector<std::uint32_t> unit_order_;  // in which the strategy keeps units
  std::size_t required_ = 0;               // how many it never drops
  std::unique_ptr<DocumentOrder> sort_;    // of the request
  std::unique_ptr<DocumentOrder>
      rules_;  // sorts and custom rules together, in the order of the ranking rules
  std::optional<std::string> distinct_;

  std::shared_ptr<const std::vector<Bitmap>> filtered_;  // live documents that fit the filters
  std::vector<Bitmap> without_excluded_;                 // the same without excluded words, if there are any
  AllowedDocuments allowed_{budget_};
  bool restricted_ = false;

  std::vector<RankedDocument> ordered_;
  std::vector<Bitmap> bitmaps_;
  std::uint64_t total_ = 0;
};

}  // namespace nunmul
