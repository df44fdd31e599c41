// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/searcher.h"

#include "base/error.h"
#include "index/snapshot.h"
#include "search/columns/segment_columns.h"
#include "search/match/facet_query.h"
#include "search/plan/planner.h"
#include "search/plan/word_expansion.h"
#include "search/present/presentation.h"

namespace nunmul {
namespace {

Error failed(const Xapian::Error& error) {
  return Error(ErrorCode::Internal, "The search failed: " + error.get_description() + ".");
}

const Strategy& strategy_asked(const Scope& scope) {
  return strategy_of(scope.request.matching_strategy.value_or(scope.settings.default_matching_strategy),
                     scope.settings);
}

QueryPlan plan_of(const Scope& scope, const Strategy& strategy) {
  return plan_query(scope.generation, scope.request.q, scope.request.locales, strategy.style);
}

// Throws for an attribute whose values may not be searched.
void check_facet(const Settings& settings, const std::string& name) {
  if (!settings.facet_search)
    throw Error(ErrorCode::FacetSearchDisabled, "The facet search is disabled for this index.");
  const FilterableRule* rule = find_filterable(settings, name);
  if (rule && (rule->bare || rule->facet_search)) return;
  throw Error(ErrorCode::InvalidFacetSearchFacetName,
              "Attribute `" + name +
                  "` is not facet-searchable. Make it filterable with facet search in the settings.");
}

}  // namespace

SearchResult Searcher::search(const SearchRequest& request) const try {
  const Scope scope = make_scope(snapshot_, request, budget_);
  const Strategy& asked = strategy_asked(scope);
  const QueryPlan plan = plan_of(scope, asked);
  const Strategy& strategy = strategy_for(scope, plan, asked);
  Matches matches = strategy.match(scope, plan);
  const Ranking ranking = rank(strategy, scope, plan, std::move(matches));
  return present(strategy, scope, plan, ranking);
} catch (const Xapian::Error& error) {
  throw failed(error);
}

std::vector<FacetHit> Searcher::search_facet(const FacetSearchRequest& request) const try {
  const Generation& generation = snapshot_.generation();
  const Settings& settings = generation.settings();
  check_facet(settings, request.facet_name);
  SearchRequest among = request.among;
  among.facets = std::vector<std::string>{request.facet_name};
  const Scope scope = make_scope(snapshot_, among, budget_);
  const Strategy& asked = strategy_asked(scope);
  const QueryPlan plan = plan_of(scope, asked);
  const Strategy& strategy = strategy_for(scope, plan, asked);
  const DocumentSets found = rank(strategy, scope, plan, strategy.match(scope, plan)).all;
  const SegmentColumns columns = columns_of(generation);
  const FacetOptions options = facet_options(settings, request.facet_name);
  if (!request.facet_query) return count_facet(request.facet_name, columns, found, options).values;
  const Analyzer& analyzer = generation.analyzer();
  const FacetQuery query(analyzer.tokenize(read_part(*request.facet_query)),
                         [&](const Token& token) { return allowed_typos(settings.typo_tolerance, token); });
  return find_facet_values(request.facet_name, columns, found, options, [&](std::string_view value) {
    budget_.check();
    return query.may_fit(value) && query.fits(analyzer.tokenize(value));
  });
} catch (const Xapian::Error& error) {
  throw failed(error);
}

}  // namespace nunmul
