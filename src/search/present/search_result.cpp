// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/present/search_result.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "search/present/attributes.h"

namespace nunmul {
namespace {

constexpr std::uint32_t kDefaultHitsPerPage = 20;

// The fields of an object text, written one after the other.
class Fields {
 public:
  explicit Fields(std::string& out) : out_(out) {}

  void add(std::string_view name, const Json& value) { add_text(name, dump_json(value)); }

  void add_text(std::string_view name, std::string_view text) {
    if (!out_.empty() && out_.back() != '{') out_ += ',';
    out_ += dump_json(name);
    out_ += ':';
    out_ += text;
  }

  void add_all(const Json& object) {
    if (!object.is_object()) return;
    for (const auto& [name, value] : object.items()) add(name, value);
  }

 private:
  std::string& out_;
};

// An object text that is open for more fields.
void reopen(std::string& object) {
  object.resize(object.find_last_of('}') == object.npos ? 0 : object.find_last_of('}'));
  while (!object.empty() &&
         (object.back() == ' ' || object.back() == '\n' || object.back() == '\r' || object.back() == '\t')) {
    object.pop_back();
  }
  if (object.empty()) object.push_back('{');
}

void add_page_counters(Fields& fields, const SearchResult& result, const SearchRequest& request) {
  const std::uint64_t size = request.hits_per_page.value_or(kDefaultHitsPerPage);
  fields.add("hitsPerPage", size);
  fields.add("page", request.page.value_or(1));
  fields.add("totalPages", size == 0 ? 0 : (result.total_hits + size - 1) / size);
  fields.add("totalHits", result.total_hits);
}

void add_window_counters(Fields& fields, const SearchResult& result, const SearchRequest& request) {
  fields.add("limit", request.limit);
  fields.add("offset", result.offset);
  fields.add("estimatedTotalHits", result.total_hits);
}

Json performance_json(const SearchResult& result) {
  Json steps = Json::object();
  for (const auto& [step, milliseconds] : result.performance_ms) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.2fms", milliseconds);
    steps[step] = text.data();
  }
  return steps;
}

// A rule has a rank of how many, and no points.
Json score_json(const std::vector<ScoreRow>& rows) {
  Json json = Json::array();
  for (const ScoreRow& row : rows) {
    json.push_back({{"name", row.name}, {"value", row.value}, {"of", row.of}});
    if (row.weight != 0) json.back().update({{"weight", row.weight}, {"points", row.points()}});
  }
  return json;
}

}  // namespace

std::string hit_json(const Hit& hit, const SearchRequest& request, const Json& extra) {
  std::string text = request.retrieve_vectors ? with_vectors(hit.document) : hit.document;
  reopen(text);
  Fields fields(text);
  const auto distance = std::find_if(hit.sort_keys.begin(), hit.sort_keys.end(), [](const SortKey& key) {
    return key.is_distance && !key.value.is_null();
  });
  if (distance != hit.sort_keys.end()) fields.add("_geoDistance", distance->value);
  if (hit.formatted) fields.add("_formatted", *hit.formatted);
  if (hit.matches_position) fields.add("_matchesPosition", *hit.matches_position);
  if (request.show_ranking_score) fields.add("_rankingScore", hit.ranking_score);
  if (request.show_ranking_score_details && !hit.ranking_score_details.is_null()) {
    fields.add("_rankingScoreDetails", hit.ranking_score_details);
  }
  if (request.explain) fields.add("_nunmulScore", score_json(hit.score_rows));
  fields.add_all(extra);
  return text + '}';
}

std::string search_response_json(const SearchResult& result, const SearchRequest& request,
                                 std::uint64_t processing_ms, const Json& head, const Json& tail) {
  std::string text = "{";
  Fields fields(text);
  fields.add_all(head);
  fields.add_text("hits", "[");
  for (const Hit& hit : result.hits) {
    if (text.back() != '[') text += ',';
    text += hit_json(hit, request);
  }
  text += ']';
  fields.add("query", request.q);
  fields.add("processingTimeMs", processing_ms);
  if (request.counted_pages()) {
    add_page_counters(fields, result, request);
  } else {
    add_window_counters(fields, result, request);
  }
  if (result.facet_distribution) fields.add("facetDistribution", *result.facet_distribution);
  if (result.facet_stats) fields.add("facetStats", *result.facet_stats);
  if (!result.redirect.empty()) fields.add("url", result.redirect);
  if (request.show_performance_details) fields.add("performanceDetails", performance_json(result));
  fields.add_all(tail);
  return std::move(text += '}');
}

}  // namespace nunmul
