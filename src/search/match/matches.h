// SPDX-License-Identifier: GPL-2.0-or-later
// The documents that fit a request, still without an order: by weight, word by word, or all that are allowed
// where nothing was typed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "search/columns/document_sets.h"
#include "search/match/features.h"
#include "search/match/scope.h"
#include "search/plan/query_plan.h"

namespace nunmul {

struct MatchedDocument {
  DocumentRef document;
  double weight = 0;  // of retrieval
  Features features{};
  double boost = 1;     // by which rules multiply its score
  bool pinned = false;  // in its place by a rule, whatever it scores
};

struct Matches {
  std::vector<MatchedDocument> documents;  // the best of them, as many as may be asked for
  bool complete = false;                   // nothing else fits
  std::uint64_t total = 0;                 // how many fit, at least; exact up to maxTotalHits
  std::optional<DocumentSets> all;         // where more fit than the documents, if all are to be counted
  // So many in a row are put in order with one another, so that the first ones are the same however many
  // are asked for; 0 for all of them.
  std::size_t ranked_together = 0;
  bool expired = false;  // the deadline ended the search
};

// Whether the ranking rules are others than those of an index that was not told any, under the names of old
// or new.
bool has_own_rules(const Settings& settings);

// The documents that weigh most under the plan's terms.
Matches match_by_weight(const Scope& scope, const QueryPlan& plan);

// The best of what fits when nothing is filtered away but by a tenant's token: whether a query is answered
// does not depend on the filter.
std::vector<MatchedDocument> best_without_filter(const Scope& scope, const QueryPlan& plan);

// The documents with the words that the plan requires; `Features::words` says up to which word of its order.
Matches match_word_by_word(const Scope& scope, const QueryPlan& plan);

// Every allowed document, in order: by sorts and custom rules, else as they were inserted; distinct ones.
Matches match_without_words(const Scope& scope, const QueryPlan& plan);

}  // namespace nunmul
