// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/search_parameters.h"

#include <algorithm>
#include <charconv>

#include "text/locales.h"

namespace nunmul {
namespace {

using enum ErrorCode;
using Kind = FieldKind;

constexpr Field kSearchFields[] = {
    {"q", Kind::Text, InvalidSearchQ, "The query; empty finds every document."},
    {"offset", Kind::Count, InvalidSearchOffset,
     "Hits to leave out before the first one shown; 0 if absent."},
    {"limit", Kind::Count, InvalidSearchLimit, "Hits shown at most; 20 if absent."},
    {"page", Kind::Count, InvalidSearchPage, "The page shown, from 1; switches to counted pages."},
    {"hitsPerPage", Kind::Count, InvalidSearchHitsPerPage, "Hits on a page; switches to counted pages."},
    {"attributesToRetrieve", Kind::Texts, InvalidSearchAttributesToRetrieve,
     "Fields of a hit; all displayed ones if absent."},
    {"retrieveVectors", Kind::Flag, InvalidSearchRetrieveVectors, "Adds an empty `_vectors` to each hit."},
    {"attributesToCrop", Kind::Texts, InvalidSearchAttributesToCrop,
     "Fields cut to a window, as `name` or `name:words`."},
    {"cropLength", Kind::Count, InvalidSearchCropLength, "Words in a window; 10 if absent."},
    {"cropMarker", Kind::Text, InvalidSearchCropMarker, "Stands where text was cut; `…` if absent."},
    {"attributesToHighlight", Kind::Texts, InvalidSearchAttributesToHighlight,
     "Fields whose matches are marked in `_formatted`."},
    {"highlightPreTag", Kind::Text, InvalidSearchHighlightPreTag, "Before a match; `<em>` if absent."},
    {"highlightPostTag", Kind::Text, InvalidSearchHighlightPostTag, "After a match; `</em>` if absent."},
    {"showMatchesPosition", Kind::Flag, InvalidSearchShowMatchesPosition,
     "Adds the byte offsets of matches."},
    {"filter", Kind::Filter, InvalidSearchFilter, "An expression, or an array of them."},
    {"sort", Kind::Texts, InvalidSearchSort, "Orders such as `year:desc`."},
    {"distinct", Kind::Text, InvalidSearchDistinct,
     "Of the hits that share a value of this field only the best stays."},
    {"facets", Kind::Texts, InvalidSearchFacets, "Fields whose values are counted."},
    {"matchingStrategy", Kind::Text, InvalidSearchMatchingStrategy,
     "Which words have to match: `last`, `all` or `frequency`."},
    {"attributesToSearchOn", Kind::Texts, InvalidSearchAttributesToSearchOn,
     "The only searchable fields to look at."},
    {"rankingScoreThreshold", Kind::Number, InvalidSearchRankingScoreThreshold,
     "Drops hits that score less, 0 to 1."},
    {"locales", Kind::Texts, InvalidSearchLocales, "Languages of the query, such as `ko` or `jpn`."},
    {"showRankingScore", Kind::Flag, InvalidSearchShowRankingScore, "Adds `_rankingScore` to each hit."},
    {"showRankingScoreDetails", Kind::Flag, InvalidSearchShowRankingScoreDetails,
     "Adds `_rankingScoreDetails` to each hit."},
    {"nunmulScore", Kind::Flag, BadRequest, "Adds `_nunmulScore` to each hit: what its score is made of."},
    {"showPerformanceDetails", Kind::Flag, InvalidSearchShowPerformanceDetails,
     "Adds the time of each step."},
    {"hybrid", Kind::Any, InvalidSearchHybridQuery, "Not offered: null or absent."},
    {"vector", Kind::Any, InvalidSearchVector, "Not offered: null or absent."},
    {"media", Kind::Any, InvalidSearchMedia, "Not offered: null or absent."},
    {"personalize", Kind::Any, BadRequest, "Not offered: null or absent."},
};

constexpr Field kIndexOfShortSearch{"index", Kind::Text, InvalidIndexUid,
                                    "The index to search; `entries` if absent."};
constexpr Field kIndexOfQuery{"indexUid", Kind::Text, InvalidIndexUid, "The index to search.",
                              MissingIndexUid};
constexpr Field kFederationOptions{"federationOptions", Kind::Object, InvalidMultiSearchFederationOptions,
                                   "Weight and position of the query in a federated search."};

constexpr Field kFacetFields[] = {
    {"facetName", Kind::Text, InvalidFacetSearchFacetName, "The field whose values are searched.",
     MissingFacetSearchFacetName},
    {"facetQuery", Kind::Text, InvalidFacetSearchQuery,
     "What the values are searched for; all fit if absent."},
    {"exhaustiveFacetCount", Kind::Flag, InvalidFacetSearchExhaustiveFacetCount, "Counts are always exact."},
};

// The parameters of a search that change which documents a facet search counts.
constexpr std::string_view kAmong[] = {"q",
                                       "filter",
                                       "matchingStrategy",
                                       "attributesToSearchOn",
                                       "locales",
                                       "rankingScoreThreshold",
                                       "hybrid",
                                       "vector",
                                       "media"};

std::vector<Field> joined(std::vector<Field> fields, std::span<const Field> more) {
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

std::vector<Field> make_facet_search_fields() {
  std::vector<Field> fields = joined({}, kFacetFields);
  for (Field field : kSearchFields) {
    if (std::find(std::begin(kAmong), std::end(kAmong), field.name) == std::end(kAmong)) {
      field.kind = Kind::Any;
      field.doc = "Accepted and ignored.";
    }
    fields.push_back(field);
  }
  return fields;
}

void refuse_what_is_not_offered(const Fields& fields) {
  if (const Json* hybrid = fields.find("hybrid")) {
    if (!hybrid->is_object())
      reject_type(InvalidSearchHybridQuery, fields.place("hybrid"), "an object", *hybrid);
    reject_value(InvalidSearchEmbedder, fields.place("hybrid").field("embedder"),
                 "this server has no embedders.");
  }
  const Json* vector = fields.find("vector");
  if (vector && !vector->is_array() && !vector->is_string())
    reject_type(InvalidSearchVector, fields.place("vector"), "an array", *vector);
  const Json* media = fields.find("media");
  if (media && !media->is_object() && !media->is_string())
    reject_type(InvalidSearchMedia, fields.place("media"), "an object", *media);
  if (vector || media)
    throw Error(MissingSearchHybrid, std::string("Invalid request: missing `hybrid` parameter when `") +
                                         (vector ? "vector" : "media") + "` is present.");
  const Json* personalize = fields.find("personalize");
  if (personalize && *personalize != false && *personalize != "false")
    throw Error(FeatureNotEnabled, "`personalize` is not offered by this server.");
}

// "title:5" names a length of its own; a name may hold colons, and then the last part is no number.
CropAttribute read_crop_attribute(const std::string& text, std::uint32_t default_length) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return {text, default_length};
  std::uint32_t length = 0;
  const char* begin = text.data() + colon + 1;
  const char* end = text.data() + text.size();
  const auto [stop, problem] = std::from_chars(begin, end, length);
  if (begin == end || problem != std::errc{} || stop != end) length = default_length;
  return {text.substr(0, colon), length};
}

MatchingStrategy read_strategy(const Fields& fields, const std::string& name) {
  if (const auto strategy = find_matching_strategy(name)) return *strategy;
  const Place place = fields.place("matchingStrategy");
  throw Error(InvalidSearchMatchingStrategy,
              "Unknown value `" + name + "`" +
                  (place.in_query() ? " for" + place.phrase().substr(3) : place.phrase()) +
                  ": expected one of `last`, `all`, `frequency`");
}

double read_threshold(const Fields& fields, double value) {
  if (value >= 0 && value <= 1) return value;
  reject_value(InvalidSearchRankingScoreThreshold, fields.place("rankingScoreThreshold"),
               "the value of `rankingScoreThreshold` is invalid, expected a float between `0.0` and `1.0`.");
}

std::vector<std::string> read_locales(const Fields& fields, std::vector<std::string> locales) {
  for (std::size_t i = 0; i < locales.size(); ++i) {
    if (find_locale(locales[i])) continue;
    const Place place = fields.place("locales");
    reject_value(InvalidSearchLocales, place.in_query() ? place : place.item(i),
                 "unknown locale `" + locales[i] +
                     "`, expected an ISO 639-1 or ISO 639-3 code such as `ko`, `jpn` or `en`.");
  }
  return locales;
}

std::optional<std::vector<std::string>> read_search_on(const Fields& fields) {
  auto names = fields.texts("attributesToSearchOn");
  if (names && std::find(names->begin(), names->end(), "*") != names->end()) return std::nullopt;
  return names;
}

// Which documents match, and their scores.
void read_matching(const Fields& fields, SearchRequest& request) {
  request.q = fields.text("q").value_or("");
  if (const Json* filter = fields.find("filter")) request.filter = *filter;
  if (const auto name = fields.text("matchingStrategy"))
    request.matching_strategy = read_strategy(fields, *name);
  request.attributes_to_search_on = read_search_on(fields);
  if (const auto value = fields.number("rankingScoreThreshold"))
    request.ranking_score_threshold = read_threshold(fields, *value);
  request.locales = read_locales(fields, fields.texts("locales").value_or(std::vector<std::string>{}));
}

// Which of them are shown, and in which order.
void read_window(const Fields& fields, SearchRequest& request) {
  request.offset = fields.count("offset").value_or(request.offset);
  request.limit = fields.count("limit").value_or(request.limit);
  request.page = fields.count("page");
  request.hits_per_page = fields.count("hitsPerPage");
  request.sort = fields.texts("sort").value_or(std::vector<std::string>{});
  request.distinct = fields.text("distinct");
  request.facets = fields.texts("facets");
}

// The fields that decide how a hit looks.
void read_dress(const Fields& fields, SearchRequest& request) {
  request.attributes_to_retrieve = fields.texts("attributesToRetrieve");
  request.attributes_to_highlight =
      fields.texts("attributesToHighlight").value_or(std::vector<std::string>{});
  const std::uint32_t crop_length = fields.count("cropLength").value_or(10);
  for (const std::string& text : fields.texts("attributesToCrop").value_or(std::vector<std::string>{}))
    request.attributes_to_crop.push_back(read_crop_attribute(text, crop_length));
  request.crop_marker = fields.text("cropMarker").value_or(request.crop_marker);
  request.highlight_pre_tag = fields.text("highlightPreTag").value_or(request.highlight_pre_tag);
  request.highlight_post_tag = fields.text("highlightPostTag").value_or(request.highlight_post_tag);
  request.show_matches_position = fields.flag("showMatchesPosition");
  request.show_ranking_score = fields.flag("showRankingScore");
  request.show_ranking_score_details = fields.flag("showRankingScoreDetails");
  request.explain = fields.flag("nunmulScore");
  request.show_performance_details = fields.flag("showPerformanceDetails");
  request.retrieve_vectors = fields.flag("retrieveVectors");
}

}  // namespace

std::span<const Field> search_fields() { return kSearchFields; }

std::span<const Field> short_search_fields() {
  static const std::vector<Field> fields = joined({kIndexOfShortSearch}, kSearchFields);
  return fields;
}

std::span<const Field> multi_search_query_fields() {
  static const std::vector<Field> fields = joined({kIndexOfQuery, kFederationOptions}, kSearchFields);
  return fields;
}

std::span<const Field> facet_search_fields() {
  static const std::vector<Field> fields = make_facet_search_fields();
  return fields;
}

SearchRequest read_search_request(const Fields& fields) {
  refuse_what_is_not_offered(fields);
  SearchRequest request;
  read_matching(fields, request);
  read_window(fields, request);
  read_dress(fields, request);
  return request;
}

FacetSearchRequest read_facet_search_request(const Fields& fields) {
  refuse_what_is_not_offered(fields);
  FacetSearchRequest request;
  request.facet_name = fields.text("facetName").value_or("");
  request.facet_query = fields.text("facetQuery");
  read_matching(fields, request.among);
  return request;
}

}  // namespace nunmul
