// SPDX-License-Identifier: GPL-2.0-or-later
// Sorting: expressions and what the settings allow; numbers before strings before nothing, either way;
// arrays by their least or greatest item; the same order within a segment and over several.
#include "search/columns/sort.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "support/documents_in_columns.h"

TEST_SUITE_BEGIN("search/sort");

using namespace nunmul;

namespace {

Settings sortable(const char* attributes) {
  Settings settings;
  apply_setting(settings, "sortableAttributes", parse_json(attributes));
  return settings;
}

std::string message_of(const std::vector<std::string>& sort, const Settings& settings) {
  try {
    parse_sort(sort, settings, ErrorCode::InvalidSearchSort, SortRule::Required);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidSearchSort);
    return error.what();
  }
  return "";
}

struct Documents {
  std::vector<std::unique_ptr<DocumentsInColumns>> segments;
  SegmentColumns columns;
  std::vector<Bitmap> all;

  void add(const Json& documents) {
    segments.push_back(std::make_unique<DocumentsInColumns>(documents, sortable(R"(["*"])")));
    columns.push_back(segments.back().get());
    all.emplace_back(documents.size(), true);
  }
  DocumentOrder order(const std::vector<std::string>& sort) const {
    return DocumentOrder(
        columns, parse_sort(sort, sortable(R"(["*"])"), ErrorCode::InvalidSearchSort, SortRule::Required));
  }
};

// The values of `v` in their order.
std::string sorted(const char* segments, const std::string& sort) {
  Documents documents;
  const Json list = parse_json(segments);
  for (const Json& segment : list) documents.add(segment);
  std::string text;
  for (const DocumentRef document : first_sorted(documents.order({sort}), documents.all, 100)) {
    const Json& sent = list[document.segment][document.document];
    text += (sent.contains("v") ? dump_json(sent["v"]) : "-") + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("an expression is a name and a direction") {
  CHECK(find_sort_expression("a.b:asc") == SortExpression{"a.b", true});
  CHECK(find_sort_expression("a:b:desc") == SortExpression{"a:b", false});
  for (const char* text : {"", "a", ":asc", "a:up", "a:", "a:ASC"}) CHECK_FALSE(find_sort_expression(text));
  CHECK(to_string(*find_sort_expression("a:desc")) == "a:desc");
}

TEST_CASE("what may not be sorted is named") {
  CHECK(message_of({"year:desc", "x:asc"}, sortable(R"(["year","age"])")) ==
        "Attribute `x` is not sortable. Available sortable attributes are: `age`, `year`.");
  CHECK(message_of({"x:asc"}, Settings{}).starts_with("Attribute `x` is not sortable"));
  CHECK(message_of({"year"}, sortable(R"(["year"])")).starts_with("Invalid syntax for the sort parameter"));
  CHECK(message_of({"_geoPoint(1,2):asc"}, sortable(R"(["year"])"))
            .starts_with("Attribute `_geo` is not sortable"));
  CHECK(message_of({"o.x:asc"}, sortable(R"(["o"])")) == "");
  Settings no_rule = sortable(R"(["year"])");
  apply_setting(no_rule, "rankingRules", parse_json(R"(["words"])"));
  CHECK(message_of({"year:asc"}, no_rule).find("`sort`") != std::string::npos);
  CHECK(message_of({}, no_rule) == "");
  CHECK_NOTHROW(parse_sort({"year:asc"}, no_rule, ErrorCode::InvalidDocumentSort, SortRule::NotNeeded));
}

TEST_CASE("numbers come before strings and documents without a value last, either way") {
  const char* kMixed = R"([[{"v":"b"},{"v":10},{},{"v":9.5},{"v":"A"},{"v":null},{"v":[]}]])";
  CHECK(sorted(kMixed, "v:asc") == R"(9.5 10 "A" "b" - null [] )");
  CHECK(sorted(kMixed, "v:desc") == R"(10 9.5 "b" "A" - null [] )");
  const char* kApart = R"([[{"v":"b"},{"v":10}],[{},{"v":9.5},{"v":"A"}],[{"v":null}]])";
  CHECK(sorted(kApart, "v:asc") == R"(9.5 10 "A" "b" - null )");
  CHECK(sorted(kApart, "v:desc") == R"(10 9.5 "b" "A" - null )");
}

TEST_CASE("arrays count by their least or their greatest item") {
  const char* kArrays = R"([[{"v":[5,1]},{"v":[3]},{"v":[2,"z"]},{"v":["y"]}]])";
  CHECK(sorted(kArrays, "v:asc") == R"([5,1] [2,"z"] [3] ["y"] )");
  CHECK(sorted(kArrays, "v:desc") == R"([5,1] [3] [2,"z"] ["y"] )");
}

TEST_CASE("later expressions break ties, and then the order of the documents") {
  Documents documents;
  documents.add(parse_json(R"([{"a":1,"b":2},{"a":1,"b":1},{"a":0,"b":9},{"a":1,"b":1}])"));
  std::string text;
  for (const DocumentRef document : first_sorted(documents.order({"a:desc", "b:asc"}), documents.all, 3))
    text += std::to_string(document.document);
  CHECK(text == "130");
  CHECK(first_sorted(documents.order({"a:asc"}), documents.all, 0).empty());
}

TEST_CASE("keys carry the values as they were sent, and compare like the documents") {
  Documents documents;
  documents.add(parse_json(R"([{"a":"Б"},{"a":7},{},{"a":"x"}])"));
  const DocumentOrder order = documents.order({"a:desc"});
  CHECK(dump_json(order.keys({0, 0})[0].value) == "\"Б\"");
  CHECK(dump_json(order.keys({0, 1})[0].value) == "7");
  CHECK(order.keys({0, 2})[0].value.is_null());
  for (std::uint32_t a = 0; a < 4; ++a) {
    for (std::uint32_t b = 0; b < 4; ++b) {
      const int keys = compare_sort_keys(order.keys({0, a}), order.keys({0, b})),
                refs = order.compare({0, a}, {0, b});
      CHECK((keys < 0) == (refs < 0));
      CHECK((keys > 0) == (refs > 0));
    }
  }
}

TEST_CASE("the first of random documents are those of a whole sort") {
  std::mt19937 random(11);
  const char* kValues[] = {"1", "2", "3", "\"a\"", "\"B\"", "true", "null", "[3,1]", "[\"c\",2]"};
  for (int round = 0; round < 30; ++round) {
    Documents documents;
    std::vector<DocumentRef> whole;
    for (std::uint32_t segment = 0; segment < 1 + random() % 3; ++segment) {
      Json list = Json::array();
      for (std::uint32_t i = 0; i < random() % 40; ++i) {
        list.push_back({{"a", parse_json(kValues[random() % std::size(kValues)])}, {"b", random() % 5}});
        whole.push_back({segment, i});
      }
      documents.add(list);
    }
    const DocumentOrder order = documents.order({round % 2 ? "a:asc" : "a:desc", "b:desc"});
    std::stable_sort(whole.begin(), whole.end(),
                     [&](DocumentRef a, DocumentRef b) { return order.compare(a, b) < 0; });
    const std::size_t count = random() % 30;
    if (whole.size() > count) whole.resize(count);
    CHECK(first_sorted(order, documents.all, count) == whole);
  }
}
