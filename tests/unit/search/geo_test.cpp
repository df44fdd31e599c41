// SPDX-License-Identifier: GPL-2.0-or-later
// Circles and boxes keep the documents that lie in them, also across 180 degrees; distances sort, and
// documents without a place come last either way; what is no place is refused with where it stands.
#include "search/columns/geo.h"

#include <doctest/doctest.h>

#include "search/columns/filter.h"
#include "search/columns/sort.h"
#include "support/documents_in_columns.h"

using namespace nunmul;

TEST_SUITE_BEGIN("search/geo");

namespace {

const Json& cities() {
  static const Json documents = parse_json(R"([
    {"name":"Lille","_geo":{"lat":50.6299,"lng":3.0571}},
    {"name":"Brussels","_geo":{"lat":"50.8466","lng":"4.3528"}},
    {"name":"Suva","_geo":{"lat":-18.1416,"lng":178.4419}},
    {"name":"Apia","_geo":{"lat":-13.8333,"lng":-171.7667}},
    {"name":"nowhere","_geo":null},
    {"name":"unknown"}
  ])");
  return documents;
}

Settings settings() {
  Settings settings;
  apply_setting(settings, "filterableAttributes", parse_json(R"(["_geo","name"])"));
  apply_setting(settings, "sortableAttributes", parse_json(R"(["_geo"])"));
  return settings;
}

std::string fitting(const char* filter) {
  const DocumentsInColumns columns(cities(), settings());
  const Bitmap found = evaluate(parse_filter(filter, settings(), ErrorCode::InvalidSearchFilter), columns);
  std::string numbers;
  for (std::size_t i = found.next(0); i < found.size(); i = found.next(i + 1)) numbers += std::to_string(i);
  return numbers;
}

std::string filter_problem(const char* filter, const Settings& allowed = settings()) {
  try {
    parse_filter(filter, allowed, ErrorCode::InvalidSearchFilter);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

std::string sorted(const char* expression) {
  const DocumentsInColumns columns(cities(), settings());
  const DocumentOrder order(
      {&columns}, parse_sort({expression}, settings(), ErrorCode::InvalidSearchSort, SortRule::Required));
  Bitmap all(columns.documents(), true);
  std::string numbers;
  for (const DocumentRef document : first_sorted(order, {all}, 10))
    numbers += std::to_string(document.document);
  return numbers;
}

std::string sort_problem(const char* expression, const Settings& allowed = settings()) {
  try {
    parse_sort({expression}, allowed, ErrorCode::InvalidSearchSort, SortRule::Required);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a distance is that of a great circle") {
  CHECK(distance({50, 4}, {50, 4}) == 0);
  // A quarter of the way round, and half of it.
  CHECK(distance({0, 0}, {0, 90}) == doctest::Approx(10'007'557));
  CHECK(distance({90, 0}, {-90, 123}) == doctest::Approx(20'015'114));
  CHECK(distance({0, 179}, {0, -179}) == doctest::Approx(222'390));
  CHECK(distance({50.6299, 3.0571}, {50.8466, 4.3528}) == doctest::Approx(94'300).epsilon(0.01));
}

TEST_CASE("filters keep what lies in a circle or a box") {
  CHECK(fitting("_geoRadius(50.6299, 3.0571, 1)") == "0");
  CHECK(fitting("_geoRadius(50.6299,3.0571,100000)") == "01");
  CHECK(fitting("NOT _geoRadius(50.6299,3.0571,100000)") == "2345");
  CHECK(fitting("_geoRadius(50,4,100000) AND name = lille") == "0");
  CHECK(fitting("_geoRadius(-16,-179,1500000)") == "23");
  CHECK(fitting("_geoBoundingBox([51, 5], [50, 3])") == "01");
  CHECK(fitting("_geoBoundingBox([51,4],[50,3])") == "0");
  CHECK(fitting("_geoBoundingBox([0,-170],[-20,178])") == "23");
  CHECK(fitting("_geoBoundingBox([90,180],[-90,-180])") == "0123");
  CHECK(fitting("_geo EXISTS") == "01234");
}

TEST_CASE("what is no area is refused with its place") {
  CHECK(filter_problem("_geoRadius(91, 0, 1)").find("`91,0` is no place") != std::string::npos);
  CHECK(filter_problem("_geoRadius(91, 0, 1)").ends_with("\n12:17 _geoRadius(91, 0, 1)"));
  CHECK(filter_problem("_geoRadius(0, 0, -1)").find("`-1` is no radius") != std::string::npos);
  CHECK(filter_problem("_geoRadius(0, 0)").find("Expected `,`") != std::string::npos);
  CHECK(filter_problem("_geoRadius").find("Expected `(`") != std::string::npos);
  CHECK(filter_problem("_geoBoundingBox([50,5],[51,3])").find("lies south") != std::string::npos);
  CHECK(filter_problem("_geoBoundingBox([50,nan],[51,3])").find("is no place") != std::string::npos);
  CHECK(filter_problem("_geoRadius(0,0,1)", Settings{}).starts_with("Attribute `_geo` is not filterable."));
}

TEST_CASE("different areas are different filters") {
  const auto canonical = [](const char* filter) {
    return parse_filter(filter, settings(), ErrorCode::InvalidSearchFilter).canonical();
  };
  CHECK(canonical("_geoRadius(1, 2, 3)") == canonical("_geoRadius(1.0,2.0,3)"));
  CHECK(canonical("_geoRadius(1,2,3)") != canonical("_geoRadius(1.0000000001,2,3)"));
  CHECK(canonical("_geoBoundingBox([2,2],[1,1])") != canonical("_geoBoundingBox([2,2],[1,0])"));
}

TEST_CASE("documents are sorted by distance, those without a place last") {
  CHECK(sorted("_geoPoint(50.85, 4.35):asc") == "103245");
  CHECK(sorted("_geoPoint(50.85,4.35):desc") == "230145");
  CHECK(sort_problem("_geoPoint(50.85):asc").find("_geoPoint(latitude, longitude)") != std::string::npos);
  CHECK(sort_problem("_geoPoint(500,1):asc") != "");
  CHECK(sort_problem("_geoPoint(5,1)").find(":asc") != std::string::npos);
  CHECK(sort_problem("_geoPoint(5,1):asc", Settings{}).starts_with("Attribute `_geo` is not sortable"));
}

TEST_SUITE_END();
