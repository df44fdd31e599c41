// SPDX-License-Identifier: GPL-2.0-or-later
// One page of hits with its counters, and its JSON form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "search/columns/sort.h"
#include "search/rank/score_row.h"
#include "search/search_request.h"

namespace nunmul {

struct Hit {
  std::string id;
  std::string document;  // JSON object text of the retrieved attributes
  std::optional<Json> formatted;
  std::optional<Json> matches_position;
  double ranking_score = 0;
  double score_before_sort = 1;  // of the rules that stand before the sort; 1 without a sort
  Json ranking_score_details;    // null unless asked for
  std::vector<SortKey> sort_keys;
  std::vector<ScoreRow> score_rows;  // if the request asks to explain: how it came to its score
};

struct SearchResult {
  std::vector<Hit> hits;
  std::uint64_t total_hits = 0;            // exact up to maxTotalHits
  std::uint64_t offset = 0;                // as applied
  std::optional<Json> facet_distribution;  // {"genre":{"romance":2}}
  std::optional<Json> facet_stats;
  std::vector<std::pair<std::string, double>> performance_ms;  // step and milliseconds
  std::string explanation;  // if the request asks: the plan and what it retrieved
  std::string redirect;     // where a rule leads; "" for nowhere
  bool degraded = false;    // the cut-off time ended the search early
};

// The JSON text of a hit: the document's fields, then `_geoDistance` when sorted by it, `_formatted`,
// `_matchesPosition`,
// `_rankingScore`, `_rankingScoreDetails`, `_nunmulScore` as the request asks. `extra` (an object or null)
// comes last.
std::string hit_json(const Hit& hit, const SearchRequest& request, const Json& extra = nullptr);

// The answer of the API without braces' content after the counters: complete search response with
// hits, query, processingTimeMs, counters by mode and facets. `tail` (an object) is appended
// (requestUid, metadata, indexUid goes first via `head`).
std::string search_response_json(const SearchResult& result, const SearchRequest& request,
                                 std::uint64_t processing_ms, const Json& head, const Json& tail);

}  // namespace nunmul
