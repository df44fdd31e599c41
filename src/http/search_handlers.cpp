// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/search_handlers.h"

#include "engine/engine.h"
#include "http/answers.h"
#include "http/index_uid.h"
#include "http/json_reader.h"
#include "http/search_parameters.h"
#include "http/search_run.h"
#include "search/searcher.h"

namespace nunmul {
namespace {

// The index that `nunmul index` fills when none is named.
constexpr std::string_view kDefaultIndex = "entries";

HttpResponse search(Call& call, const std::string& uid, const Fields& fields) {
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
  const std::string uid = call.query.text("index").value_or(std::string(kDefaultIndex));
  check_index_uid(uid, call.query.place("index"));
  return search(call, uid, call.query);
}

HttpResponse search_facet(Call& call) {
  const Stopwatch clock;
  const std::string& uid = call.segments[0];
  FacetSearchRequest request = read_facet_search_request(read_object(call.body, facet_search_fields()));
  request.among.token_filter = call.grant.token_filter(uid);
  const auto entry = searchable_index(call, uid);
  const auto hits = entry->index->generation()->read(
      [&](const Snapshot& snapshot) { return Searcher(snapshot).search_facet(request); });
  Json shown = Json::array();
  for (const FacetHit& hit : hits) shown.push_back({{"value", hit.value}, {"count", hit.count}});
  return json_answer({{"facetHits", std::move(shown)},
                      {"facetQuery", request.facet_query ? Json(*request.facet_query) : Json()},
                      {"processingTimeMs", clock.milliseconds()}});
}

}  // namespace nunmul
