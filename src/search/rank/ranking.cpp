// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/ranking.h"

#include <algorithm>
#include <span>

#include "search/columns/distinct.h"
#include "search/columns/segment_columns.h"

namespace nunmul {
namespace {

// Rules raise and lower hits by their score, unless the request asks for an order of its own.
void boost(const Strategy& strategy, const Scope& scope, const QueryPlan& plan,
           std::span<MatchedDocument> documents) {
  if (scope.curated.boosts.empty() || !scope.sort.expressions().empty()) return;
  std::vector<std::pair<double, MatchedDocument>> scored;
  for (MatchedDocument& document : documents) {
    for (const Curated::Boost& one : scope.curated.boosts)
      if ((*one.documents)[document.document.segment].test(document.document.document))
        document.boost *= one.weight;
    scored.emplace_back(strategy.score(scope, plan, document) * document.boost, document);
  }
  std::stable_sort(scored.begin(), scored.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::transform(scored.begin(), scored.end(), documents.begin(), [](const auto& one) { return one.second; });
}

// Of two hundred that are ranked together ten are shown; to put all of them in order takes as long as the
// retrieval of a rare word. Which of equal values is kept depends on the order of all.
void order(const Strategy& strategy, const Scope& scope, const QueryPlan& plan, Matches& matches) {
  std::vector<MatchedDocument>& documents = matches.documents;
  const bool needs_all = scope.distinct || !scope.curated.boosts.empty();
  const std::size_t wanted = needs_all ? documents.size() : std::min(scope.wanted(), documents.size());
  const std::size_t step = matches.ranked_together > 0 ? matches.ranked_together : documents.size();
  for (std::size_t first = 0; first < wanted; first += step) {
    const auto together = std::span(documents).subspan(first, std::min(step, documents.size() - first));
    strategy.order(scope, plan, together, std::min(together.size(), wanted - first));
    boost(strategy, scope, plan, together);
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

// Pinned documents go to their places, or behind the last hit where there are too few.
void place_pins(const Scope& scope, Ranking& ranking) {
  const bool has_all = ranking.documents.size() >= ranking.total;
  ranking.total += scope.curated.pins.size();
  for (const Curated::Pin& pin : scope.curated.pins) {
    if (scope.request.facets) ranking.all[pin.document.segment].set(pin.document.document);
    const std::size_t place = pin.place - 1;
    if (place > ranking.documents.size() && !has_all) continue;  // behind what was asked for
    MatchedDocument document;
    document.document = pin.document;
    document.pinned = true;
    ranking.documents.insert(
        ranking.documents.begin() + static_cast<std::ptrdiff_t>(std::min(place, ranking.documents.size())),
        document);
  }
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
  place_pins(scope, ranking);
  return ranking;
}

}  // namespace nunmul
