// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/searcher.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

#include "base/error.h"
#include "index/snapshot.h"
#include "search/columns/facets.h"
#include "search/columns/sort.h"
#include "search/match/facet_query.h"
#include "search/match_set.h"
#include "search/plan/query_text.h"
#include "search/plan/word_expansion.h"
#include "search/present/attributes.h"
#include "search/present/highlighter.h"
#include "search/present/plan_matcher.h"

namespace nunmul {
namespace {

using Clock = std::chrono::steady_clock;

// That a hit takes beside its document, which stands in the hit and in the answer.
constexpr std::size_t kHitBytes = sizeof(Hit) + 200;

// Which of the ordered documents the request wants to see: [first, last).
std::pair<std::size_t, std::size_t> window_of(const SearchRequest& request, std::size_t reachable) {
  std::size_t first = request.offset, count = request.limit;
  if (request.counted_pages()) {
    const std::size_t page = request.page.value_or(1);
    count = page == 0 ? 0 : request.hits_per_page.value_or(20);
    first = page == 0 ? 0 : (page - 1) * count;
  }
  first = std::min(first, reachable);
  return {first, std::min(reachable, first + count)};
}

std::vector<std::string> field_names(const Generation& generation) {
  std::vector<std::string> names;
  for (const auto& [name, count] : generation.field_distribution()) names.push_back(name);
  return names;
}

class Search {
 public:
  Search(const Snapshot& snapshot, const SearchRequest& request, RequestBudget& budget)
      : generation_(snapshot.generation()),
        request_(request),
        budget_(budget),
        matches_(snapshot, request, budget) {}

  SearchResult run() {
    SearchResult result;
    const auto started = Clock::now();
    matches_.find();
    const auto found = Clock::now();
    const std::size_t reachable =
        std::min<std::size_t>(matches_.ordered().size(), generation_.settings().max_total_hits);
    const auto [first, last] = window_of(request_, reachable);
    const PlanMatcher plan_matcher(matches_.plan().alternatives, matches_.plan().stops);
    const std::vector<std::string> fields =
        wants_formatted() ? field_names(generation_) : std::vector<std::string>{};
    Highlighter highlighter(request_, generation_.settings(), fields, plan_matcher, budget_,
                            [this](std::string_view text) { return generation_.analyzer().tokenize(text); });
    const AttributeSelection shown =
        retrieved_attributes(request_.attributes_to_retrieve, generation_.settings());
    for (std::size_t i = first; i < last; ++i)
      result.hits.push_back(dress(matches_.ordered()[i], shown, highlighter));
    result.total_hits = std::min<std::uint64_t>(matches_.total(), generation_.settings().max_total_hits);
    result.offset = std::min(request_.offset, generation_.settings().max_total_hits);
    result.degraded = matches_.degraded();
    const auto dressed = Clock::now();
    if (request_.facets) {
      FacetAnswer answer = count_facets(*request_.facets, columns_of(generation_), matches_.bitmaps(),
                                        generation_.settings(), budget_);
      result.facet_distribution = std::move(answer.distribution);
      result.facet_stats = std::move(answer.stats);
    }
    if (request_.show_performance_details) {
      const auto ms = [](auto from, auto to) {
        return std::chrono::duration<double, std::milli>(to - from).count();
      };
      result.performance_ms = {{"match and rank", ms(started, found)},
                               {"fetch and format", ms(found, dressed)},
                               {"facets", ms(dressed, Clock::now())}};
    }
    return result;
  }

 private:
  bool wants_formatted() const {
    return !request_.attributes_to_highlight.empty() || !request_.attributes_to_crop.empty();
  }

  Hit dress(const RankedDocument& ranked, const AttributeSelection& shown, Highlighter& highlighter) const {
    Hit hit;
    budget_.check();
    const std::string_view text = generation_.json(ranked.document);
    hit.id = std::string(generation_.id(ranked.document));
    hit.document = shown.select(text);
    budget_.use_memory(kHitBytes + 2 * hit.document.size());
    if (request_.retrieve_vectors) hit.document = with_vectors(std::move(hit.document));
    if (highlighter.is_wanted()) highlighter.dress(hit, parse_json(text));
    hit.ranking_score = matches_.score(ranked);
    if (request_.show_ranking_score_details) hit.ranking_score_details = matches_.details(ranked);
    if (matches_.sort_order()) {
      hit.score_before_sort = matches_.score_before_sort(ranked);
      hit.sort_keys = matches_.sort_order()->keys(ranked.document);
    }
    return hit;
  }

  const Generation& generation_;
  const SearchRequest& request_;
  RequestBudget& budget_;
  MatchSet matches_;
};

template <typename Work>
auto with_our_errors(Work&& work) {
  try {
    return work();
  } catch (const Xapian::Error& error) {
    throw Error(ErrorCode::Internal, "The search failed: " + error.get_description() + ".");
  }
}

}  // namespace

SearchResult Searcher::search(const SearchRequest& request) const {
  return with_our_errors([&] { return Search(snapshot_, request, budget_).run(); });
}

std::vector<FacetHit> Searcher::search_facet(const FacetSearchRequest& request) const {
  return with_our_errors([&] {
    const Generation& generation = snapshot_.generation();
    const Settings& settings = generation.settings();
    if (!settings.facet_search)
      throw Error(ErrorCode::FacetSearchDisabled, "The facet search is disabled for this index.");
    const FilterableRule* rule = find_filterable(settings, request.facet_name);
    if (!rule || !(rule->bare || rule->facet_search))
      throw Error(ErrorCode::InvalidFacetSearchFacetName,
                  "Attribute `" + request.facet_name +
                      "` is not facet-searchable. Make it filterable with facet search in the settings.");
    SearchRequest among = request.among;
    among.facets = std::vector<std::string>{request.facet_name};
    MatchSet matches(snapshot_, among, budget_);
    matches.find();
    const SegmentColumns columns = columns_of(generation);
    const FacetOptions options = facet_options(settings, request.facet_name);
    if (!request.facet_query)
      return count_facet(request.facet_name, columns, matches.bitmaps(), options).values;
    const Analyzer& analyzer = generation.analyzer();
    const FacetQuery query(analyzer.tokenize(read_part(*request.facet_query)),
                           [&](const Token& token) { return allowed_typos(settings.typo_tolerance, token); });
    return find_facet_values(request.facet_name, columns, matches.bitmaps(), options,
                             [&](std::string_view value) {
                               budget_.check();
                               return query.may_fit(value) && query.fits(analyzer.tokenize(value));
                             });
  });
}

}  // namespace nunmul
