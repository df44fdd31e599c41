// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/multi_search_handlers.h"

#include "engine/engine.h"
#include "http/answers.h"
#include "http/federated_search.h"
#include "http/index_uid.h"
#include "http/json_reader.h"
#include "http/query_error.h"
#include "http/search_parameters.h"
#include "http/search_run.h"

namespace nunmul {
namespace {

// A body of a megabyte has room for more, and each is a whole search.
constexpr std::size_t kMaxQueries = 1000;

constexpr Field kFederationFields[] = {
    {"limit", FieldKind::Count, ErrorCode::InvalidSearchLimit, ""},
    {"offset", FieldKind::Count, ErrorCode::InvalidSearchOffset, ""},
    {"page", FieldKind::Count, ErrorCode::InvalidSearchPage, ""},
    {"hitsPerPage", FieldKind::Count, ErrorCode::InvalidSearchHitsPerPage, ""},
    {"facetsByIndex", FieldKind::Object, ErrorCode::InvalidMultiSearchFacetsByIndex, ""},
    {"mergeFacets", FieldKind::Object, ErrorCode::InvalidMultiSearchMergeFacets, ""},
    {"distinct", FieldKind::Text, ErrorCode::InvalidSearchDistinct, ""},
    {"showPerformanceDetails", FieldKind::Flag, ErrorCode::InvalidSearchShowPerformanceDetails, ""},
};

constexpr Field kMergeFacetsFields[] = {
    {"maxValuesPerFacet", FieldKind::Count, ErrorCode::InvalidMultiSearchMaxValuesPerFacet, ""},
};

constexpr Field kFederationOptionFields[] = {
    {"weight", FieldKind::Number, ErrorCode::InvalidMultiSearchWeight, ""},
    {"queryPosition", FieldKind::Count, ErrorCode::InvalidMultiSearchQueryPosition, ""},
    {"remote", FieldKind::Text, ErrorCode::InvalidMultiSearchRemote, ""},
};

struct ReadQuery {
  std::string uid;
  Fields fields;
  SearchRequest request;
};

ReadQuery read_query(Call& call, const Json& value, const Place& place) {
  Fields fields = read_object(value, multi_search_query_fields(), place);
  const std::string uid = *fields.text("indexUid");
  check_index_uid(uid, fields.place("indexUid"));
  SearchRequest request = read_search_request(fields);
  require_index(call.grant, uid);
  request.token_filter = call.grant.token_filter(uid);
  return {uid, std::move(fields), std::move(request)};
}

std::vector<ReadQuery> read_queries(Call& call, const Json& values) {
  if (values.size() > kMaxQueries)
    reject_value(ErrorCode::BadRequest, Place::body().field("queries"),
                 "at most " + std::to_string(kMaxQueries) + " queries are taken.");
  std::vector<ReadQuery> queries;
  for (std::size_t i = 0; i < values.size(); ++i)
    queries.push_back(
        inside_query(i, [&] { return read_query(call, values[i], Place::body().field("queries").item(i)); }));
  return queries;
}

HttpResponse separate_answers(Call& call, const std::vector<ReadQuery>& queries) {
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (!queries[i].fields.find("federationOptions")) continue;
    inside_query(i, [&]() -> int {
      throw Error(ErrorCode::InvalidMultiSearchFederationOptions,
                  "Using `federationOptions` is not allowed in a non-federated search.\n - Hint: remove "
                  "`federationOptions` from query #" +
                      std::to_string(i) + " or add `federation` to the request.");
    });
  }
  std::string results = "{\"results\":[";
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (i > 0) results += ',';
    results += inside_query(i, [&] {
      return search_answer_text(call, *searchable_index(call, queries[i].uid), queries[i].request,
                                {{"indexUid", queries[i].uid}});
    });
    call.request.budget.check_answer(results.size());
  }
  return json_text(std::move(results += "]}"));
}

Federation read_federation(const Json& value) {
  const Fields fields = read_object(value, kFederationFields, Place::body().field("federation"));
  Federation federation;
  federation.limit = fields.count("limit").value_or(federation.limit);
  federation.offset = fields.count("offset").value_or(federation.offset);
  federation.page = fields.count("page");
  federation.hits_per_page = fields.count("hitsPerPage");
  federation.distinct = fields.text("distinct");
  federation.show_performance_details = fields.flag("showPerformanceDetails");
  if (const Json* by_index = fields.find("facetsByIndex")) {
    for (const auto& [uid, facets] : by_index->items()) {
      const Place place = fields.place("facetsByIndex").field(uid);
      check_index_uid(uid, place, ErrorCode::InvalidMultiSearchFacetsByIndex);
      if (facets.is_null()) continue;
      check_kind(facets, FieldKind::Texts, ErrorCode::InvalidMultiSearchFacetsByIndex, place);
      federation.facets_by_index.emplace_back(uid, facets.get<std::vector<std::string>>());
    }
  }
  if (const Json* merge = fields.find("mergeFacets")) {
    const Fields options = read_object(*merge, kMergeFacetsFields, fields.place("mergeFacets"),
                                       ErrorCode::InvalidMultiSearchMergeFacets);
    federation.merge_facets = true;
    federation.max_values_per_facet =
        options.count("maxValuesPerFacet").value_or(federation.max_values_per_facet);
  }
  return federation;
}

void reject_options_of_single_searches(const Fields& fields, std::size_t number) {
  for (const std::string_view name : {"limit", "offset", "page", "hitsPerPage"})
    if (fields.find(name))
      throw Error(ErrorCode::InvalidMultiSearchQueryPagination,
                  "Using pagination options is not allowed in federated queries.\n - Hint: remove `" +
                      std::string(name) + "` from query #" + std::to_string(number) +
                      " or remove `federation` from the request\n - Hint: pass `federation." +
                      std::string(name) + "` for pagination in federated search");
  if (fields.find("facets"))
    throw Error(
        ErrorCode::InvalidMultiSearchQueryFacets,
        "Using facet options is not allowed in federated queries.\n - Hint: remove `facets` from query #" +
            std::to_string(number) +
            " or remove `federation` from the request\n - Hint: pass `federation.facetsByIndex` for facets "
            "in federated search");
}

FederatedQuery read_federated_query(Call& call, ReadQuery& query, std::uint32_t number) {
  reject_options_of_single_searches(query.fields, number);
  FederatedQuery federated{searchable_index(call, query.uid), std::move(query.request), 1, number};
  const Json* options = query.fields.find("federationOptions");
  if (!options) return federated;
  const Fields fields =
      read_object(*options, kFederationOptionFields, query.fields.place("federationOptions"));
  federated.weight = fields.number("weight").value_or(1);
  if (federated.weight < 0)
    reject_value(ErrorCode::InvalidMultiSearchWeight, fields.place("weight"),
                 "the value of `weight` is invalid, expected a positive float (>= 0.0).");
  federated.position = fields.count("queryPosition").value_or(number);
  if (fields.find("remote"))
    reject_value(ErrorCode::InvalidMultiSearchRemote, fields.place("remote"),
                 "this server knows no remotes.");
  return federated;
}

HttpResponse merged_answer(Call& call, std::vector<ReadQuery> queries, const Json& federation) {
  const Federation options = read_federation(federation);
  std::vector<FederatedQuery> federated;
  for (std::size_t i = 0; i < queries.size(); ++i)
    federated.push_back(inside_query(
        i, [&] { return read_federated_query(call, queries[i], static_cast<std::uint32_t>(i)); }));
  return json_text(
      federated_answer_text(std::move(federated), options, call.request.budget, call.metrics,
                            [&](const std::string& uid) { return searchable_index(call, uid); }));
}

}  // namespace

HttpResponse multi_search(Call& call) {
  const Fields fields = read_object(call.body, kMultiSearchFields);
  std::vector<ReadQuery> queries = read_queries(call, *fields.find("queries"));
  call.admit(queries.size());
  if (const Json* federation = fields.find("federation"))
    return merged_answer(call, std::move(queries), *federation);
  return separate_answers(call, queries);
}

}  // namespace nunmul
