// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/search_handlers.h"

#include "engine/engine.h"
#include "http/answers.h"
#include "http/index_uid.h"
#include "http/json_reader.h"
#include "http/search_parameters.h"
#include "http/search_run.h"
#include "search/searcher.h"
#include "search/suggestions.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

HttpResponse search(Call& call, const std::string& uid, const Fields& fields) {
  call.admit();
  SearchRequest request = read_search_request(fields);
  request.token_filter = call.grant.token_filter(uid);
  return json_text(search_answer_text(call, *searchable_index(call, uid), request, nullptr));
}

}  // namespace

HttpResponse search_post(Call& call) {
  return search(call, call.segments[0], read_object(call.body, search_fields()));
}

HttpResponse search_get(Call& call) { return search(call, call.segments[0], call.query); }

HttpResponse search_short(Call& call) {
  const std::string uid = call.query.text("index").value_or(std::string(call.page_index));
  check_index_uid(uid, call.query.place("index"));
  return search(call, uid, call.query);
}

HttpResponse suggest(Call& call) {
  call.admit();
  SearchRequest request = read_search_request(read_object(call.body, search_fields()));
  request.token_filter = call.grant.token_filter(call.segments[0]);
  const auto found =
      searchable_index(call, call.segments[0])->index->generation()->read([&](const Snapshot& snapshot) {
        return suggest_queries(snapshot, request, call.request.budget);
      });
  Json shown = Json::array();
  for (const QuerySuggestion& one : found)
    shown.push_back({{"way", name_of(one.way)}, {"q", one.q}, {"estimatedTotalHits", one.total}});
  return json_answer({{"suggestions", std::move(shown)}});
}

HttpResponse get_labels(Call& call) {
  Json fields = Json::object();
  for (const auto& [field, values] : call.engine.catalog().resources()->labels().in(call.segments[0]))
    for (const auto& [value, label] : values) fields[field][value] = label;
  HttpResponse response = json_answer(fields);
  response.headers.emplace_back("Cache-Control", "private, max-age=3600");
  return response;
}

HttpResponse search_facet(Call& call) {
  call.admit();
  const Stopwatch clock;
  const std::string& uid = call.segments[0];
  FacetSearchRequest request = read_facet_search_request(read_object(call.body, facet_search_fields()));
  request.among.token_filter = call.grant.token_filter(uid);
  const auto entry = searchable_index(call, uid);
  const auto hits = entry->index->generation()->read([&](const Snapshot& snapshot) {
    return Searcher(snapshot, call.request.budget).search_facet(request);
  });
  Json shown = Json::array();
  for (const FacetHit& hit : hits) shown.push_back({{"value", hit.value}, {"count", hit.count}});
  return json_answer({{"facetHits", std::move(shown)},
                      {"facetQuery", or_null(request.facet_query)},
                      {"processingTimeMs", clock.milliseconds()}});
}

}  // namespace nunmul
