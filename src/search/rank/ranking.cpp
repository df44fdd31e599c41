// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/ranking.h"

#include <algorithm>

#include "search/columns/distinct.h"
#include "search/columns/segment_columns.h"

namespace nunmul {
namespace {

void order(const Strategy& strategy, const Scope& scope, const QueryPlan& plan,
           std::vector<MatchedDocument>& documents) {
  if (const auto& threshold = scope.request.ranking_score_threshold)
    std::erase_if(documents, [&](const MatchedDocument& document) {
      return strategy.score(scope, plan, document) < *threshold;
    });
  strategy.order(scope, plan, documents);
  if (!scope.distinct) return;
  const DistinctValues values(columns_of(scope.generation), *scope.distinct);
  DistinctFilter filter(values);
  std::erase_if(documents, [&](const MatchedDocument& document) { return !filter.keep(document.document); });
}

DocumentSets sets_of(const Generation& generation, const std::vector<MatchedDocument>& documents) {
  DocumentSets sets = no_documents(generation);
  for (const MatchedDocument& document : documents)
    sets[document.document.segment].set(document.document.document);
  return sets;
}

}  // namespace

Ranking rank(const Strategy& strategy, const Scope& scope, const QueryPlan& plan, Matches matches) {
  Ranking ranking;
  ranking.retrieved = matches.documents.size();
  ranking.degraded = matches.expired;
  if (strategy.order) order(strategy, scope, plan, matches.documents);
  ranking.total = matches.documents.size();
  if (!matches.complete) ranking.total = std::max(ranking.total, matches.total);
  if (scope.request.facets)
    ranking.all = matches.all ? *std::move(matches.all) : sets_of(scope.generation, matches.documents);
  ranking.documents = std::move(matches.documents);
  return ranking;
}

}  // namespace nunmul
