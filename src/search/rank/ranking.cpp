// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/ranking.h"

#include <algorithm>
#include <span>

#include "search/columns/distinct.h"
#include "search/columns/segment_columns.h"

namespace nunmul {
namespace {

// Of two hundred that are ranked together ten are shown; to put all of them in order takes as long as the
// retrieval of a rare word. Which of equal values is kept depends on the order of all.
void order(const Strategy& strategy, const Scope& scope, const QueryPlan& plan, Matches& matches) {
  std::vector<MatchedDocument>& documents = matches.documents;
  const std::size_t wanted = scope.distinct ? documents.size() : std::min(scope.wanted(), documents.size());
  const std::size_t step = matches.ranked_together > 0 ? matches.ranked_together : documents.size();
  for (std::size_t first = 0; first < wanted; first += step) {
    const std::size_t together = std::min(step, documents.size() - first);
    strategy.order(scope, plan, std::span(documents).subspan(first, together),
                   std::min(together, wanted - first));
  }
}

void drop_below(double threshold, const Strategy& strategy, const Scope& scope, const QueryPlan& plan,
                std::vector<MatchedDocument>& documents) {
  std::erase_if(documents, [&](const MatchedDocument& document) {
    return strategy.score(scope, plan, document) < threshold;
  });
}

DocumentSets sets_of(const Generation& generation, const std::vector<MatchedDocument>& documents) {
  DocumentSets sets = no_documents(generation);
  for (const MatchedDocument& document : documents)
    sets[document.document.segment].set(document.document.document);
  return sets;
}

// Keeps the best of each distinct value: of the documents in their order, of all others that fit in that of
// the index.
void keep_distinct(const Scope& scope, Matches& matches) {
  const DistinctValues values(columns_of(scope.generation), *scope.distinct);
  DistinctFilter filter(values);
  const DocumentSets ranked = sets_of(scope.generation, matches.documents);
  std::erase_if(matches.documents,
                [&](const MatchedDocument& document) { return !filter.keep(document.document); });
  if (!matches.all) return;
  DocumentSets kept = sets_of(scope.generation, matches.documents);
  for (const DocumentRef document : members_of(*matches.all))
    if (!ranked[document.segment].test(document.document) && filter.keep(document))
      kept[document.segment].set(document.document);
  matches.total = count_members(kept);
  matches.all = std::move(kept);
}

}  // namespace

Ranking rank(const Strategy& strategy, const Scope& scope, const QueryPlan& plan, Matches matches) {
  Ranking ranking;
  ranking.retrieved = matches.documents.size();
  ranking.degraded = matches.expired;
  // Documents that were not ranked score less than those that were.
  if (const auto& threshold = scope.request.ranking_score_threshold; threshold && strategy.order) {
    drop_below(*threshold, strategy, scope, plan, matches.documents);
    matches.all.reset();
    matches.complete = true;
  }
  if (strategy.order) order(strategy, scope, plan, matches);
  if (strategy.order && scope.distinct) keep_distinct(scope, matches);
  ranking.total = matches.complete ? matches.documents.size() : matches.total;
  if (scope.request.facets)
    ranking.all = matches.all ? *std::move(matches.all) : sets_of(scope.generation, matches.documents);
  ranking.documents = std::move(matches.documents);
  return ranking;
}

}  // namespace nunmul
