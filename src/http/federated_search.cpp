// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/federated_search.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/hash.h"
#include "http/facet_merge.h"
#include "http/query_error.h"
#include "http/refusal.h"
#include "http/search_run.h"
#include "http/server_metrics.h"
#include "search/columns/sort.h"

namespace nunmul {
namespace {

struct Candidate {
  std::size_t query = 0;
  const Hit* hit = nullptr;
  double score = 0;        // ranking score times weight
  double before_sort = 0;  // score of the rules before the sort, times weight
};

struct Window {
  std::uint64_t offset = 0;
  std::uint64_t limit = 0;
};

Window window_of(const Federation& federation) {
  if (!federation.page && !federation.hits_per_page) return {federation.offset, federation.limit};
  const std::uint64_t page = federation.page.value_or(1);
  const std::uint64_t size = federation.hits_per_page.value_or(20);
  return page == 0 ? Window{0, 0} : Window{(page - 1) * size, size};
}

const std::string& uid_of(const FederatedQuery& query) { return query.entry->row.uid; }

std::size_t queries_on(const std::vector<FederatedQuery>& queries, const std::string& uid) {
  return static_cast<std::size_t>(
      std::count_if(queries.begin(), queries.end(), [&](const auto& query) { return uid_of(query) == uid; }));
}

std::uint32_t most_hits(const FederatedQuery& query) { return query.entry->row.settings.max_total_hits; }

std::uint32_t most_hits(const std::vector<FederatedQuery>& queries) {
  std::uint32_t most = 0;
  for (const FederatedQuery& query : queries) most = std::max(most, most_hits(query));
  return most;
}

std::string direction(const std::string& sort) {
  return sort.substr(sort.rfind(':') == std::string::npos ? 0 : sort.rfind(':') + 1);
}

bool sort_alike(const SearchRequest& a, const SearchRequest& b) {
  return std::equal(a.sort.begin(), a.sort.end(), b.sort.begin(), b.sort.end(),
                    [](const auto& x, const auto& y) { return direction(x) == direction(y); });
}

void require_comparable_sorts(const std::vector<FederatedQuery>& queries) {
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (queries[i].request.sort.empty()) continue;
    if (!first) first = i;
    if (sort_alike(queries[*first].request, queries[i].request)) continue;
    inside_query(i, [&]() -> int {
      throw Error(ErrorCode::InvalidMultiSearchQueryRankingRules,
                  "The results of queries #" + std::to_string(*first) + " and #" + std::to_string(i) +
                      " are incompatible: their `sort` orders differ, `" +
                      dump_json(Json(queries[*first].request.sort)) + "` and `" +
                      dump_json(Json(queries[i].request.sort)) + "`.");
    });
  }
}

// Hits enough to fill the window whatever the others have; all that can be reached where hits may fall
// out as duplicates, so that the count is right.
std::uint32_t needed_hits(const std::vector<FederatedQuery>& queries, const FederatedQuery& query,
                          const Federation& federation) {
  if (federation.distinct || queries_on(queries, uid_of(query)) > 1) return most_hits(query);
  const Window window = window_of(federation);
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(window.offset + window.limit, most_hits(query)));
}

const std::vector<std::string>* facets_of(const Federation& federation, const std::string& uid) {
  for (const auto& [index, facets] : federation.facets_by_index)
    if (index == uid) return &facets;
  return nullptr;
}

void prepare(std::vector<FederatedQuery>& queries, const Federation& federation) {
  for (FederatedQuery& query : queries) {
    query.request.offset = 0;
    query.request.limit = needed_hits(queries, query, federation);
    if (federation.distinct) query.request.distinct = federation.distinct;
    if (const auto* facets = facets_of(federation, uid_of(query))) query.request.facets = *facets;
  }
}

// Facets were asked for in the federation, so that is where they are wrong.
template <typename Work>
auto inside_facets(const std::string& uid, Work&& work) {
  try {
    return work();
  } catch (const Error& error) {
    const std::string what = "Inside `.federation.facetsByIndex." + uid + "`: " + error.what();
    if (error.code() == ErrorCode::InvalidSearchFacets)
      throw Error(ErrorCode::InvalidMultiSearchFacetsByIndex, what);
    if (error.code() == ErrorCode::IndexNotFound) throw Refusal(400, error.code(), what);
    throw;
  }
}

bool is_sorted(const Candidate& candidate) { return !candidate.hit->sort_keys.empty(); }

// Where one of the two is sorted, what its rules say up to the sort comes first: a hit whose words are all
// found does not fall behind for what its rules say after the sort, which has no say in its own list either.
bool better(const std::vector<FederatedQuery>& queries, const Candidate& a, const Candidate& b) {
  if (is_sorted(a) || is_sorted(b)) {
    const double before_a = is_sorted(a) ? a.before_sort : a.score;
    const double before_b = is_sorted(b) ? b.before_sort : b.score;
    if (before_a != before_b) return before_a > before_b;
    if (const int order = compare_sort_keys(a.hit->sort_keys, b.hit->sort_keys); order != 0) return order < 0;
  }
  if (a.score != b.score) return a.score > b.score;
  return queries[a.query].position < queries[b.query].position;
}

// The hits of a query, best first.
std::vector<Candidate> candidates_of(const std::vector<FederatedQuery>& queries, std::size_t query,
                                     const SearchResult& result) {
  const double weight = queries[query].weight;
  std::vector<Candidate> candidates;
  for (const Hit& hit : result.hits)
    candidates.push_back({query, &hit, hit.ranking_score * weight, hit.score_before_sort * weight});
  std::stable_sort(candidates.begin(), candidates.end(),
                   [&](const auto& a, const auto& b) { return better(queries, a, b); });
  return candidates;
}

// Lists are merged head by head, for `better` orders each list, but not all hits of sorted and unsorted ones.
std::vector<Candidate> all_candidates(const std::vector<FederatedQuery>& queries,
                                      const std::vector<SearchResult>& results, RequestBudget& budget) {
  std::vector<std::vector<Candidate>> lists;
  std::size_t total = 0;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    lists.push_back(candidates_of(queries, i, results[i]));
    total += lists.back().size();
  }
  std::vector<std::size_t> next(lists.size(), 0);
  std::vector<Candidate> all;
  while (all.size() < total) {
    budget.check();
    std::size_t best = lists.size();
    for (std::size_t i = 0; i < lists.size(); ++i) {
      if (next[i] == lists[i].size()) continue;
      if (best == lists.size() || better(queries, lists[i][next[i]], lists[best][next[best]])) best = i;
    }
    all.push_back(lists[best][next[best]++]);
  }
  return all;
}

// The texts of the values by which `distinct` tells documents apart.
std::vector<std::string> distinct_values(const FederatedQuery& query, const Hit& hit,
                                         const std::string& attribute) {
  const auto generation = query.entry->index->generation();
  const auto document = generation->find(hit.id);
  if (!document) return {};
  Json values = Json::object(), stats = Json::object();
  count_facet_values(values, stats, parse_json(generation->json(*document)), attribute);
  std::vector<std::string> texts;
  for (const auto& [text, count] : values.items()) texts.push_back(text);
  return texts;
}

// The hits of all queries, best first, each document once.
std::vector<Candidate> merge(const std::vector<FederatedQuery>& queries,
                             const std::vector<SearchResult>& results, const Federation& federation,
                             RequestBudget& budget) {
  std::vector<Candidate> merged;
  std::set<std::pair<std::string, std::string>> seen;
  std::set<std::string> values_seen;
  for (Candidate& candidate : all_candidates(queries, results, budget)) {
    budget.check();
    const FederatedQuery& query = queries[candidate.query];
    if (!seen.emplace(uid_of(query), candidate.hit->id).second) continue;
    if (federation.distinct) {
      const auto values = distinct_values(query, *candidate.hit, *federation.distinct);
      const bool repeated = std::any_of(values.begin(), values.end(),
                                        [&](const auto& value) { return values_seen.contains(value); });
      values_seen.insert(values.begin(), values.end());
      if (repeated) continue;
    }
    merged.push_back(std::move(candidate));
  }
  return merged;
}

// All hits of all queries, less those that fell out as duplicates.
std::uint64_t count_hits(const std::vector<FederatedQuery>& queries, const std::vector<SearchResult>& results,
                         std::size_t merged) {
  std::uint64_t total = 0, fetched = 0;
  for (const SearchResult& result : results) {
    total += result.total_hits;
    fetched += result.hits.size();
  }
  return std::min<std::uint64_t>(total - std::min<std::uint64_t>(total, fetched - merged),
                                 most_hits(queries));
}

std::string hit_text(const FederatedQuery& query, const Candidate& candidate) {
  const Json origin{{"indexUid", uid_of(query)},
                    {"queriesPosition", query.position},
                    {"weightedRankingScore", candidate.score}};
  return hit_json(*candidate.hit, query.request, {{"_federation", origin}});
}

Json counters(const Federation& federation, std::uint64_t total) {
  if (!federation.page && !federation.hits_per_page)
    return {{"limit", federation.limit}, {"offset", federation.offset}, {"estimatedTotalHits", total}};
  const std::uint64_t size = federation.hits_per_page.value_or(20);
  return {{"hitsPerPage", size},
          {"page", federation.page.value_or(1)},
          {"totalPages", size == 0 ? 0 : (total + size - 1) / size},
          {"totalHits", total}};
}

struct IndexFacets {
  Json distribution = Json::object();
  Json stats = Json::object();
};

// Where several queries search one index their counts cannot be added up, so the documents that any of
// them found are counted.
IndexFacets count_documents(const std::vector<FederatedQuery>& queries, const std::vector<Candidate>& merged,
                            const std::string& uid, const Json& names, RequestBudget& budget) {
  IndexFacets facets;
  for (const auto& [name, unused] : names.items()) append_field(facets.distribution, name, Json::object());
  for (const Candidate& candidate : merged) {
    const FederatedQuery& query = queries[candidate.query];
    if (uid_of(query) != uid) continue;
    budget.check();
    const auto generation = query.entry->index->generation();
    const auto document = generation->find(candidate.hit->id);
    if (!document) continue;
    const Json json = parse_json(generation->json(*document));
    for (const auto& [name, unused] : names.items())
      count_facet_values(facets.distribution[name], facets.stats, json, name);
  }
  return facets;
}

IndexFacets facets_of_index(const std::vector<FederatedQuery>& queries,
                            const std::vector<SearchResult>& results, const std::vector<Candidate>& merged,
                            const std::string& uid, RequestBudget& budget) {
  const auto first =
      std::find_if(queries.begin(), queries.end(), [&](const auto& query) { return uid_of(query) == uid; });
  if (first == queries.end()) return {};
  const SearchResult& result = results[static_cast<std::size_t>(first - queries.begin())];
  const Json distribution = result.facet_distribution.value_or(Json::object());
  if (queries_on(queries, uid) == 1) return {distribution, result.facet_stats.value_or(Json::object())};
  IndexFacets facets = count_documents(queries, merged, uid, distribution, budget);
  const Settings& settings = first->entry->row.settings;
  for (auto& [name, values] : facets.distribution.items())
    values = ordered_facet_values(values, facet_value_order(settings, name), settings.max_values_per_facet);
  return facets;
}

using Orders =
    std::map<std::string, std::pair<std::string, std::string>>;  // facet → order, and the index that has it

// Values that two indexes order in two ways cannot be merged into one order.
void note_orders(Orders& orders, const CatalogEntry& entry, const Json& distribution) {
  for (const auto& [facet, values] : distribution.items()) {
    const std::string order = facet_value_order(entry.row.settings, facet);
    const auto [known, added] = orders.try_emplace(facet, order, entry.row.uid);
    if (added || known->second.first == order) continue;
    throw Error(ErrorCode::InvalidMultiSearchFacetOrder,
                "Inside `.federation.facetsByIndex." + entry.row.uid +
                    "`: Inconsistent order for values in facet `" + facet + "`: index `" +
                    known->second.second + "` orders by `" + known->second.first + "`, but index `" +
                    entry.row.uid + "` orders by `" + order + "`.");
  }
}

using FindIndex = std::function<std::shared_ptr<const CatalogEntry>(const std::string&)>;

// For an index that no query searches: nothing is found there, but its facets have to exist.
IndexFacets facets_without_query(const CatalogEntry& entry, const std::vector<std::string>& names,
                                 RequestBudget& budget) {
  SearchRequest request;
  request.limit = 0;
  request.facets = names;
  IndexFacets facets;
  const Json distribution = run_search(entry, request, budget).facet_distribution.value_or(Json::object());
  for (const auto& [name, values] : distribution.items())
    append_field(facets.distribution, name, Json::object());
  return facets;
}

Json facet_answer(const std::vector<FederatedQuery>& queries, const std::vector<SearchResult>& results,
                  const std::vector<Candidate>& merged, const Federation& federation, RequestBudget& budget,
                  const FindIndex& find_index) {
  Json by_index = Json::object(), distribution = Json::object(), stats = Json::object();
  Orders orders;
  for (const auto& asked : federation.facets_by_index) {
    const std::string& uid = asked.first;
    const auto entry = inside_facets(uid, [&] { return find_index(uid); });
    IndexFacets facets =
        queries_on(queries, uid) == 0
            ? inside_facets(uid, [&] { return facets_without_query(*entry, asked.second, budget); })
            : facets_of_index(queries, results, merged, uid, budget);
    if (federation.merge_facets) {
      note_orders(orders, *entry, facets.distribution);
      add_facet_distribution(distribution, facets.distribution);
      add_facet_stats(stats, facets.stats);
    } else {
      by_index[uid] = {{"distribution", std::move(facets.distribution)}, {"stats", std::move(facets.stats)}};
    }
  }
  if (!federation.merge_facets)
    return federation.facets_by_index.empty() ? Json::object() : Json{{"facetsByIndex", by_index}};
  for (auto& [facet, values] : distribution.items())
    values = ordered_facet_values(values, orders[facet].first, federation.max_values_per_facet);
  return {{"facetDistribution", std::move(distribution)}, {"facetStats", std::move(stats)}};
}

// Without its braces.
std::string members(const Json& object) {
  const std::string text = dump_json(object);
  return text.substr(1, text.size() - 2);
}

std::string hits_text(const std::vector<FederatedQuery>& queries, const std::vector<Candidate>& merged,
                      const Window& window, const RequestBudget& budget) {
  std::string hits;
  const std::size_t begin = std::min<std::size_t>(window.offset, merged.size());
  const std::size_t end = begin + std::min<std::size_t>(window.limit, merged.size() - begin);
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) hits += ',';
    hits += hit_text(queries[merged[i].query], merged[i]);
    budget.check_answer(hits.size());
  }
  return hits;
}

}  // namespace

std::string federated_answer_text(std::vector<FederatedQuery> queries, const Federation& federation,
                                  RequestBudget& budget, ServerMetrics& metrics,
                                  const FindIndex& find_index) {
  const Stopwatch clock;
  require_comparable_sorts(queries);
  prepare(queries, federation);
  std::vector<SearchResult> results;
  for (std::size_t i = 0; i < queries.size(); ++i)
    results.push_back(inside_facets(uid_of(queries[i]), [&] {
      return inside_query(i, [&] { return run_search(*queries[i].entry, queries[i].request, budget); });
    }));
  for (const SearchResult& result : results) metrics.count_search(result.total_hits > 0, result.degraded);
  const std::vector<Candidate> merged = merge(queries, results, federation, budget);
  const Json facets = facet_answer(queries, results, merged, federation, budget, find_index);

  std::string answer = "{\"hits\":[" + hits_text(queries, merged, window_of(federation), budget) + "],";
  answer += "\"processingTimeMs\":" + std::to_string(clock.milliseconds()) + ",";
  answer += members(counters(federation, count_hits(queries, results, merged.size())));
  if (!facets.empty()) answer += "," + members(facets);
  answer += ",\"requestUid\":\"" + random_uuid() + "\"";
  if (federation.show_performance_details)
    answer += ",\"performanceDetails\":{\"search\":\"" + std::to_string(clock.milliseconds()) + "ms\"}";
  return answer + "}";
}

}  // namespace nunmul
