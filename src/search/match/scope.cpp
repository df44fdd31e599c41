// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/scope.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "search/columns/facets.h"
#include "search/columns/filter.h"
#include "search/columns/segment_columns.h"
#include "search/match/excluded_phrases.h"

namespace nunmul {
namespace {

using Clock = std::chrono::steady_clock;

// Below that many documents no search is long enough for a deadline.
constexpr std::uint64_t kDeadlineDocuments = 300'000;
constexpr std::uint32_t kDefaultCutoffMs = 1500;

void check_searched_attributes(const SearchRequest& request, const Settings& settings) {
  if (!request.attributes_to_search_on) return;
  for (const std::string& name : *request.attributes_to_search_on) {
    if (name == "*" || searchable_place(settings, name)) continue;
    std::string available;
    for (const std::string& attribute : settings.searchable_attributes)
      available += (available.empty() ? "`" : ", `") + attribute + "`";
    throw Error(ErrorCode::InvalidSearchAttributesToSearchOn,
                "Attribute `" + name +
                    "` is not searchable. Available searchable attributes are: " + available + ".");
  }
}

void check_distinct(const SearchRequest& request, const Settings& settings) {
  if (!request.distinct || find_filterable(settings, *request.distinct)) return;
  throw Error(ErrorCode::InvalidSearchDistinct,
              "Attribute `" + *request.distinct +
                  "` is not filterable and thus, cannot be used as distinct attribute.");
}

// Sorts of the request where the rule `sort` stands, and custom rules, in the order of the rules.
std::vector<SortExpression> value_expressions(const Settings& settings,
                                              const std::vector<SortExpression>& sorts) {
  std::vector<SortExpression> expressions;
  for (const RankingRule& rule : settings.ranking_rules) {
    if (rule.kind == RankingRule::Kind::Sort)
      expressions.insert(expressions.end(), sorts.begin(), sorts.end());
    if (rule.kind == RankingRule::Kind::Custom) expressions.push_back({rule.attribute, rule.ascending});
  }
  return expressions;
}

const std::vector<std::string>* searched_only(const SearchRequest& request) {
  if (!request.attributes_to_search_on) return nullptr;
  const std::vector<std::string>& names = *request.attributes_to_search_on;
  return std::find(names.begin(), names.end(), "*") == names.end() ? &names : nullptr;
}

Filter filter_of(const Json& text, const Settings& settings) {
  return parse_filter(text, settings, ErrorCode::InvalidSearchFilter);
}

AllowedDocuments allowed_documents(const Generation& generation, const Filter& filter, RequestBudget& budget,
                                   Clock::time_point now) {
  AllowedDocuments allowed{budget};
  allowed.by_segment = generation.cached<DocumentSets>(
      "filter " + filter.canonical(), [&] { return fitting_documents(filter, generation, budget); });
  if (filter.fits_all()) {
    allowed.left_out = 0;
    for (const LiveSegment& live : generation.segments())
      allowed.left_out += live.segment->documents() - live.live_count;
  }
  if (generation.documents() >= kDeadlineDocuments)
    allowed.deadline =
        now + std::chrono::milliseconds(generation.settings().search_cutoff_ms.value_or(kDefaultCutoffMs));
  return allowed;
}

// Hidden documents fit no more; pinned ones that fit are put in their places when the others are in order.
void take_out(AllowedDocuments& allowed, Curated& curated) {
  DocumentSets left = *allowed.by_segment;
  const auto take = [&](DocumentRef document) {
    const bool was_allowed = left[document.segment].test(document.document);
    left[document.segment].reset(document.document);
    return was_allowed;
  };
  for (const DocumentRef document : curated.hidden) take(document);
  std::erase_if(curated.pins, [&](const Curated::Pin& pin) { return !take(pin.document); });
  allowed.by_segment = std::make_shared<const DocumentSets>(std::move(left));
  allowed.left_out = std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

Scope make_scope(const Snapshot& snapshot, const SearchRequest& request, RequestBudget& budget) {
  budget.check();
  const Generation& generation = snapshot.generation();
  const Settings& settings = generation.settings();
  const auto now = Clock::now();
  check_searched_attributes(request, settings);
  const SegmentColumns columns = columns_of(generation);
  const auto sorts = parse_sort(request.sort, settings, ErrorCode::InvalidSearchSort, SortRule::Required);
  check_distinct(request, settings);
  if (request.facets) facet_attributes(*request.facets, columns, settings);
  Scope scope{
      .snapshot = snapshot,
      .generation = generation,
      .settings = settings,
      .request = request,
      .budget = budget,
      .started = now,
      .sort = {columns, sorts},
      .values = {columns, value_expressions(settings, sorts)},
      .distinct = request.distinct ? request.distinct : settings.distinct_attribute,
      .only = searched_only(request),
      .allowed = allowed_documents(
          generation, both(filter_of(request.filter, settings), filter_of(request.token_filter, settings)),
          budget, now),
      .curated = curate(generation, request, budget)};
  if (!scope.curated.hidden.empty() || !scope.curated.pins.empty()) take_out(scope.allowed, scope.curated);
  return scope;
}

std::size_t Scope::wanted() const {
  std::size_t count = static_cast<std::size_t>(request.offset) + request.limit;
  if (request.counted_pages())
    count = static_cast<std::size_t>(request.page.value_or(1)) * request.hits_per_page.value_or(20);
  return std::min<std::size_t>(count, settings.max_total_hits);
}

AllowedDocuments allowed_without_filter(const Scope& scope) {
  return allowed_documents(scope.generation, filter_of(scope.request.token_filter, scope.settings),
                           scope.budget, scope.started);
}

AllowedDocuments without_excluded(const Scope& scope, AllowedDocuments allowed,
                                  const std::vector<Alternative>& excluded) {
  if (excluded.empty()) return allowed;
  DocumentSets left = *allowed.by_segment;
  for (std::uint32_t s = 0; s < left.size(); ++s) {
    const ExcludedPhrases phrases(*scope.generation.segments()[s].segment, scope.settings, excluded,
                                  scope.budget);
    if (phrases.empty()) continue;
    for (std::size_t d = left[s].next(0); d < left[s].size(); d = left[s].next(d + 1)) {
      scope.budget.check();
      if (phrases.stand_in(static_cast<std::uint32_t>(d))) left[s].reset(d);
    }
  }
  allowed.by_segment = std::make_shared<const DocumentSets>(std::move(left));
  allowed.left_out = std::numeric_limits<std::uint64_t>::max();
  return allowed;
}

}  // namespace nunmul
