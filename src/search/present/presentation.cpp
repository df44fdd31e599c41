// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/present/presentation.h"

#include <algorithm>
#include <chrono>

#include "search/columns/facets.h"
#include "search/columns/segment_columns.h"
#include "search/present/attributes.h"
#include "search/present/explanation.h"
#include "search/present/highlighter.h"
#include "search/present/plan_matcher.h"

namespace nunmul {
namespace {

using Clock = std::chrono::steady_clock;

// That a hit takes beside its document, which stands in the hit and in the answer.
constexpr std::size_t kHitBytes = sizeof(Hit) + 200;

// Which of the ordered documents the request wants to see.
std::span<const MatchedDocument> page_of(const Scope& scope, const Ranking& ranking) {
  const SearchRequest& request = scope.request;
  std::size_t first = request.offset, count = request.limit;
  if (request.counted_pages()) {
    const std::size_t page = request.page.value_or(1);
    count = page == 0 ? 0 : request.hits_per_page.value_or(20);
    first = page == 0 ? 0 : (page - 1) * count;
  }
  const std::size_t reachable =
      std::min<std::size_t>(ranking.documents.size(), scope.settings.max_total_hits);
  first = std::min(first, reachable);
  return std::span(ranking.documents).subspan(first, std::min(count, reachable - first));
}

// Kept with the generation: where documents were changed, to count their fields takes as long as a search.
std::vector<std::string> field_names(const Generation& generation) {
  return *generation.cached<std::vector<std::string>>("names of fields", [&] {
    std::vector<std::string> names;
    for (const auto& [name, count] : generation.field_distribution()) names.push_back(name);
    return names;
  });
}

class Presenter {
 public:
  Presenter(const Strategy& strategy, const Scope& scope, const QueryPlan& plan)
      : strategy_(strategy),
        scope_(scope),
        plan_(plan),
        shown_(retrieved_attributes(scope.request.attributes_to_retrieve, scope.settings)),
        plan_matcher_(plan.alternatives, plan.stops),
        highlighter_(scope.request, scope.settings,
                     wants_formatted() ? field_names(scope.generation) : std::vector<std::string>{},
                     plan_matcher_, scope.budget,
                     [&scope](std::string_view text) { return scope.generation.analyzer().tokenize(text); }) {
  }

  Hit hit(const MatchedDocument& found) {
    const SearchRequest& request = scope_.request;
    scope_.budget.check();
    const std::string_view text = scope_.generation.json(found.document);
    Hit hit;
    hit.id = std::string(scope_.generation.id(found.document));
    hit.document = shown_.select(text);
    scope_.budget.use_memory(kHitBytes + 2 * hit.document.size());
    if (request.retrieve_vectors) hit.document = with_vectors(std::move(hit.document));
    if (highlighter_.is_wanted()) highlighter_.dress(hit, parse_json(text));
    if (found.pinned) return pinned(std::move(hit), found);
    hit.ranking_score = std::min(1.0, strategy_.score(scope_, plan_, found) * found.boost);
    if (request.show_ranking_score_details)
      hit.ranking_score_details = strategy_.details(scope_, plan_, found);
    if (request.explain) hit.score_rows = strategy_.rows(scope_, plan_, found);
    if (!scope_.sort.expressions().empty()) {
      hit.score_before_sort = strategy_.score_before_sort(scope_, plan_, found);
      hit.sort_keys = scope_.sort.keys(found.document);
    }
    return hit;
  }

 private:
  // It stands where it stands by a rule, above what any score would give it.
  Hit pinned(Hit hit, const MatchedDocument& found) const {
    hit.ranking_score = 1;
    if (!scope_.sort.expressions().empty()) hit.sort_keys = scope_.sort.keys(found.document);
    return hit;
  }

  bool wants_formatted() const {
    return !scope_.request.attributes_to_highlight.empty() || !scope_.request.attributes_to_crop.empty();
  }

  const Strategy& strategy_;
  const Scope& scope_;
  const QueryPlan& plan_;
  const AttributeSelection shown_;
  const PlanMatcher plan_matcher_;
  Highlighter highlighter_;
};

}  // namespace

SearchResult present(const Strategy& strategy, const Scope& scope, const QueryPlan& plan,
                     const Ranking& ranking) {
  const auto found = Clock::now();
  SearchResult result;
  Presenter presenter(strategy, scope, plan);
  for (const MatchedDocument& document : page_of(scope, ranking))
    result.hits.push_back(presenter.hit(document));
  result.total_hits = std::min<std::uint64_t>(ranking.total, scope.settings.max_total_hits);
  result.offset = std::min(scope.request.offset, scope.settings.max_total_hits);
  result.degraded = ranking.degraded;
  const auto presented = Clock::now();
  if (scope.request.facets) {
    FacetAnswer answer = count_facets(*scope.request.facets, columns_of(scope.generation), ranking.all,
                                      scope.settings, scope.budget);
    result.facet_distribution = std::move(answer.distribution);
    result.facet_stats = std::move(answer.stats);
  }
  result.redirect = scope.curated.redirect;
  if (scope.request.explain) result.explanation = explain_rules(scope.curated) + explain_plan(plan, ranking);
  if (scope.request.show_performance_details) {
    const auto ms = [](auto from, auto to) {
      return std::chrono::duration<double, std::milli>(to - from).count();
    };
    result.performance_ms = {{"match and rank", ms(scope.started, found)},
                             {"fetch and format", ms(found, presented)},
                             {"facets", ms(presented, Clock::now())}};
  }
  return result;
}

}  // namespace nunmul
