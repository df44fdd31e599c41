// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/page_routes.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/hash.h"
#include "engine/engine.h"
#include "http/query_log_handlers.h"
#include "http/search_run.h"
#include "http/server_metrics.h"
#include "http/server_url.h"
#include "search/present/attributes.h"
#include "search/suggestions.h"
#include "text/language_resources.h"
#include "web/errors_page.h"
#include "web/pages.h"
#include "web/web_assets.h"

namespace nunmul {
namespace {

constexpr std::uint32_t kHitsOnPage = 10;
constexpr std::size_t kSimilarEntries = 5;
constexpr std::uint32_t kSnippetWords = 40;

constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

HttpResponse page(std::string html, int status = 200) {
  HttpResponse response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::move(html);
  response.headers = {{"Content-Security-Policy", std::string(kPolicy)},
                      {"Referrer-Policy", "same-origin"},
                      {"Cache-Control", "private, no-cache"},
                      {"Vary", "Accept-Language, Authorization"}};
  return response;
}

const PageTexts& texts_of(const HttpRequest& request) {
  return page_texts(request.header("accept-language").value_or(""));
}

// The index that the address of a page names.
std::optional<std::string> named_index(const Call& call) {
  for (auto& [name, value] : parse_query(call.request.query))
    if (name == "index" && !value.empty()) return std::move(value);
  return std::nullopt;
}

// The index that a page shows: the one that its address names, else the owner's choice.
std::string index_of(const Call& call) { return named_index(call).value_or(std::string(call.page_index)); }

// The rights of a page's viewer, if they include the action: all rights where there is no master key;
// else by the key that is sent (the script of the pages does) or the one that the owner gave to everybody, as
// long as that is good for it.
std::optional<Grant> viewer(const Call& call, std::string_view action) {
  const KeyStore& keys = call.engine.keys();
  if (!keys.has_master_key()) return Grant();
  const auto sent = call.request.header("authorization");
  if (!sent && call.page_key.empty()) return std::nullopt;
  try {
    return keys.authorize(sent ? std::string(*sent) : "Bearer " + std::string(call.page_key), action);
  } catch (const Error&) {
    return std::nullopt;  // unknown, deleted or expired, or for other actions
  }
}

// A tenant's token that shows a part of the documents alone opens no page.
bool opens(const std::optional<Grant>& grant, const std::string& index) {
  return grant && grant->allows_index(index) && grant->token_filter(index).is_null();
}

bool is_open(const Call& call) { return opens(viewer(call, "search"), index_of(call)); }

PageView view_of(const Call& call) {
  const PageTexts& texts = texts_of(call.request);
  std::string index = index_of(call);
  const bool is_other = index != call.page_index;
  const bool gives_key = is_open(call) && !call.request.header("authorization");
  return {texts, call.engine.catalog().resources()->labels().in(texts.language), std::move(index), is_other,
          gives_key ? std::string(call.page_key) : ""};
}

HttpResponse needs_key(const Call& call) {
  HttpResponse response = page(render_needs_key(view_of(call)), 401);
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

HttpResponse rebuilding(const Call& call) {
  HttpResponse response =
      page(render_rebuilding(view_of(call)), error_row(ErrorCode::IndexRebuilding).status);
  response.headers.emplace_back("Retry-After", "10");
  return response;
}

std::shared_ptr<const CatalogEntry> page_index(const Call& call) {
  return call.engine.catalog().find(index_of(call));
}

PageQuery read_page_query(const Call& call) {
  PageQuery query;
  for (const auto& [name, value] : parse_query(call.request.query)) {
    const bool facet =
        std::find(std::begin(kPageFacets), std::end(kPageFacets), name) != std::end(kPageFacets);
    if (name == "q")
      query.q = value;
    else if (name == "sort" && (value == "year:desc" || value == "year:asc" || value == "title:asc"))
      query.sort = value;
    else if (name == "page")
      query.page = static_cast<std::uint32_t>(std::clamp(std::atoi(value.c_str()), 1, 100));
    else if (facet && !value.empty())
      query.filters.emplace_back(name, value);
  }
  return query;
}

std::string filter_of(const std::string& attribute, const std::string& value) {
  std::string text = "\"" + attribute + "\" = \"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"";
}

SearchRequest search_of(const PageQuery& query, const Settings& settings, std::string_view language) {
  SearchRequest request;
  request.q = query.q;
  request.page = query.page;
  request.hits_per_page = kHitsOnPage;
  request.highlight_pre_tag = std::string(kMarkOpen);
  request.highlight_post_tag = std::string(kMarkClose);
  request.attributes_to_highlight = {"*"};
  const std::string localized = "description_" + std::string(language);
  request.attributes_to_crop = {{"description", kSnippetWords}, {localized, kSnippetWords}};
  request.filter = Json::array();
  for (const auto& [name, value] : query.filters)
    if (is_displayed(settings, name) && find_filterable(settings, name))
      request.filter.push_back(filter_of(name, value));
  request.facets.emplace();
  for (const std::string_view facet : kPageFacets)
    if (is_displayed(settings, facet) && find_filterable(settings, facet))
      request.facets->emplace_back(facet);
  const std::string sorted = query.sort.substr(0, query.sort.find(':'));
  if (!sorted.empty() && is_displayed(settings, sorted) && is_sortable(settings, sorted))
    request.sort = {query.sort};
  return request;
}

Json document_of(const Hit& hit) {
  Json document = parse_json(hit.document);
  if (hit.formatted) document["_formatted"] = *hit.formatted;
  return document;
}

Suggestion::Way way_of(QuerySuggestion::Way way) {
  switch (way) {
    case QuerySuggestion::Way::Correction:
      return Suggestion::Way::Spelling;
    case QuerySuggestion::Way::OtherLayout:
      return Suggestion::Way::OtherLayout;
    case QuerySuggestion::Way::FewerWords:
      return Suggestion::Way::FewerWords;
    case QuerySuggestion::Way::WithoutFilters:
      break;
  }
  return Suggestion::Way::WithoutFilters;
}

// For who found nothing: other queries, and what the whole index has.
void add_suggestions(ResultsPage& shown, const CatalogEntry& index, const SearchRequest& request,
                     RequestBudget& budget) {
  const auto found = index.index->generation()->read(
      [&](const Snapshot& snapshot) { return suggest_queries(snapshot, request, budget); });
  for (const QuerySuggestion& one : found) {
    PageQuery query = shown.query;
    query.q = one.q;
    query.page = 1;
    if (one.way == QuerySuggestion::Way::WithoutFilters) query.filters.clear();
    shown.suggestions.push_back({way_of(one.way), std::move(query), one.total});
  }
  SearchRequest all;
  all.limit = 0;
  all.facets = request.facets;
  shown.facets = run_search(index, all, budget).facet_distribution.value_or(Json::object());
}

void search(ResultsPage& shown, const CatalogEntry& index, const PageTexts& texts, const Call& call) {
  call.admit();
  RequestBudget& budget = call.request.budget;
  const SearchRequest request = search_of(shown.query, index.index->generation()->settings(), texts.language);
  const Stopwatch clock;
  const SearchResult result = run_search(index, request, budget);
  note_search(call, index.row.uid, request, result, clock.elapsed());
  call.metrics.count_search(result.total_hits > 0, result.degraded);
  for (const Hit& hit : result.hits) shown.hits.push_back(document_of(hit));
  shown.total = result.total_hits;
  shown.pages = static_cast<std::uint32_t>((result.total_hits + kHitsOnPage - 1) / kHitsOnPage);
  shown.facets = result.facet_distribution.value_or(Json::object());
  if (shown.total == 0) add_suggestions(shown, index, request, budget);
}

// The indexes to offer in place of an empty one: names are for those who may list indexes.
std::vector<std::string> other_indexes(const Call& call) {
  const auto lister = viewer(call, "indexes.get");
  std::vector<std::string> others;
  for (const auto& entry : call.engine.catalog().list())
    if (!entry->index->problem() && entry->index->generation()->documents() > 0 &&
        opens(lister, entry->row.uid))
      others.push_back(entry->row.uid);
  return others;
}

// Where the owner gave everybody a key, an index that it does not open is as one that is not there.
HttpResponse get_start(Call& call) {
  const PageView view = view_of(call);
  ResultsPage shown;
  shown.query = read_page_query(call);
  const auto index = page_index(call);
  const bool may_look = is_open(call);
  const bool is_there = may_look ? index != nullptr : call.page_key.empty();
  if (!may_look)
    shown.state = ResultsPage::State::NeedsKey;
  else if (index && index->index->problem())
    return rebuilding(call);
  else if (!index || index->index->generation()->documents() == 0)
    shown.state = ResultsPage::State::NoIndex;
  else
    search(shown, *index, view.texts, call);
  if (shown.state == ResultsPage::State::NoIndex) shown.others = other_indexes(call);
  return page(render_results(shown, view), !is_there && named_index(call) ? 404 : 200);
}

// The moods of an entry: its themes, and the concepts that its texts name.
std::set<std::string> moods_of(const Json& entry, const Generation& generation) {
  std::set<std::string> moods;
  const auto add = [&](const std::string& text) {
    for (const ConceptMatch& match :
         generation.analyzer().resources().find_concepts(generation.analyzer().tokenize(text)))
      if (!match.ambiguous) moods.emplace(match.id);
  };
  if (entry.contains("themes") && entry["themes"].is_array())
    for (const Json& theme : entry["themes"])
      if (theme.is_string()) add(theme.get<std::string>());
  if (entry.contains("description") && entry["description"].is_string())
    add(entry["description"].get<std::string>());
  return moods;
}

// Entries that share most moods, as a search for its themes finds them first.
std::vector<Json> similar_to(const Json& entry, const std::string& id, const CatalogEntry& index,
                             RequestBudget& budget) {
  const auto generation = index.index->generation();
  const std::set<std::string> moods = moods_of(entry, *generation);
  SearchRequest request;
  for (const std::string& mood : moods) request.q += mood + " ";
  request.limit = 50;
  request.matching_strategy = MatchingStrategy::Any;
  if (moods.empty()) return {};
  std::multimap<double, Json, std::greater<>> ranked;
  for (const Hit& hit : run_search(index, request, budget).hits) {
    if (hit.id == id) continue;
    budget.check();
    Json other = parse_json(hit.document);
    std::size_t shared = 0;
    const std::set<std::string> others = moods_of(other, *generation);
    for (const std::string& mood : others) shared += moods.count(mood);
    const double all = static_cast<double>(moods.size() + others.size() - shared);
    if (shared > 0) ranked.emplace(static_cast<double>(shared) / all, std::move(other));
  }
  std::vector<Json> similar;
  for (auto& [share, other] : ranked) {
    if (similar.size() == kSimilarEntries) break;
    similar.push_back(std::move(other));
  }
  return similar;
}

HttpResponse get_entry(Call& call) {
  if (!is_open(call)) return needs_key(call);
  const PageView view = view_of(call);
  const auto index = page_index(call);
  if (!index) return page(render_not_found(view), 404);
  if (index->index->problem()) return rebuilding(call);
  const auto generation = index->index->generation();
  const auto found = generation->find(call.segments[0]);
  if (!found) return page(render_not_found(view), 404);
  const Json entry =
      parse_json(displayed_attributes(generation->settings()).select(generation->json(*found)));
  return page(render_entry(entry, similar_to(entry, call.segments[0], *index, call.request.budget), view));
}

HttpResponse get_errors(Call& call) { return page(render_errors(texts_of(call.request))); }

HttpResponse get_try(Call& call) { return page(render_try(view_of(call), !is_open(call))); }

HttpResponse get_open_search(Call& call) {
  HttpResponse response;
  response.content_type = "application/opensearchdescription+xml; charset=utf-8";
  response.body = render_open_search(server_url(call.request, call.public_url));
  add_vary(response, "Host, X-Forwarded-Host, X-Forwarded-Proto");
  return response;
}

// Pages are for search engines, the API is not; pages of results say themselves that they are no content.
HttpResponse get_robots(Call&) {
  HttpResponse response;
  response.content_type = "text/plain; charset=utf-8";
  response.body =
      "User-agent: *\nAllow: /\nDisallow: /indexes/\nDisallow: /search\nDisallow: /multi-search\n"
      "Disallow: /try\n";
  response.headers = {{"Cache-Control", "public, max-age=86400"}};
  return response;
}

struct AssetType {
  std::string_view ending;
  std::string_view type;
};
constexpr AssetType kAssetTypes[] = {{".js", "text/javascript; charset=utf-8"},
                                     {".css", "text/css; charset=utf-8"},
                                     {".svg", "image/svg+xml"}};

// Browsers ask for the icon of a page that is none of ours (an answer of the API) under this name.
constexpr std::string_view kIconPath = "/favicon.ico";

HttpResponse get_asset(Call& call) {
  const std::string name = call.request.path == kIconPath ? "drop.svg" : call.request.path.substr(1);
  const std::string_view bytes = find_web_asset(name).value_or("");
  const std::string tag = "\"" + std::to_string(crc32(bytes)) + "\"";
  HttpResponse response;
  // An address with a version names these bytes for good; without one the browser asks again.
  const bool versioned = call.request.query.starts_with("v=");
  response.headers = {
      {"ETag", tag},
      {"Cache-Control", versioned ? "public, max-age=31536000, immutable" : "public, max-age=300"},
      {"Cross-Origin-Resource-Policy", "cross-origin"}};
  if (call.request.header("if-none-match") == tag) {
    response.status = 304;
    return response;
  }
  for (const AssetType& type : kAssetTypes)
    if (name.ends_with(type.ending)) response.content_type = std::string(type.type);
  response.body = std::string(bytes);
  response.is_asset = true;
  return response;
}

Route page_route(std::string pattern, Handler handler) {
  Route route;
  route.method = "GET";
  route.pattern = std::move(pattern);
  route.handler = handler;
  route.input.any_query = true;
  route.lane = Lane::Search;
  return route;
}

}  // namespace

std::vector<Route> page_routes() {
  std::vector<Route> routes;
  routes.push_back(page_route("/", get_start));
  routes.push_back(page_route("/entries/:id", get_entry));
  routes.push_back(page_route("/try", get_try));
  routes.push_back(page_route("/errors", get_errors));
  routes.push_back(page_route("/opensearch.xml", get_open_search));
  routes.push_back(page_route("/robots.txt", get_robots));
  routes.push_back(page_route(std::string(kIconPath), get_asset));
  for (const WebAsset& asset : web_assets())
    routes.push_back(page_route("/" + std::string(asset.name), get_asset));
  return routes;
}

bool is_page_request(const HttpRequest& request) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  return reads && request.header("accept").value_or("").find("text/html") != std::string_view::npos;
}

HttpResponse page_not_found(const Call& call) { return page(render_not_found(view_of(call)), 404); }

}  // namespace nunmul
