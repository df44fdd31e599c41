// SPDX-License-Identifier: GPL-2.0-or-later
// A query is read by the same tables as a body; its texts become the values that a body would hold.
#include "http/query_reader.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("http/query_reader");

namespace {

constexpr Field kTable[] = {
    {"limit", FieldKind::Count, ErrorCode::InvalidIndexLimit, ""},
    {"score", FieldKind::Number, ErrorCode::InvalidSearchRankingScoreThreshold, ""},
    {"reverse", FieldKind::Flag, ErrorCode::InvalidTaskReverse, ""},
    {"fields", FieldKind::Texts, ErrorCode::InvalidDocumentFields, ""},
    {"filter", FieldKind::Filter, ErrorCode::InvalidSearchFilter, ""},
};

std::pair<ErrorCode, std::string> refused(std::string_view query) {
  try {
    read_parameters(parse_query(query), kTable);
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  return {ErrorCode::InvalidInput, ""};
}

}  // namespace

TEST_CASE("texts become values of the parameter's kind") {
  const Fields fields =
      read_parameters(parse_query("limit=5&score=0.25&reverse=true&fields=id,%20info.place"), kTable);
  CHECK(fields.count("limit") == 5u);
  CHECK(fields.number("score") == 0.25);
  CHECK(fields.flag("reverse"));
  CHECK(*fields.texts("fields") == std::vector<std::string>{"id", "info.place"});
}

TEST_CASE("an empty list is a list without items") {
  CHECK(read_parameters(parse_query("fields="), kTable).texts("fields")->empty());
}

TEST_CASE("commas inside brackets do not split") {
  CHECK(query_items("_geoPoint(1.5,2.5):asc,year:desc") ==
        std::vector<std::string>{"_geoPoint(1.5,2.5):asc", "year:desc"});
}

TEST_CASE("a filter is an expression or a JSON array as text") {
  CHECK(*read_parameters(parse_query("filter=a%20%3D%201"), kTable).find("filter") == "a = 1");
  CHECK(*read_parameters(parse_query("filter=%5B%22a%20%3D%201%22%5D"), kTable).find("filter") ==
        Json::array({"a = 1"}));
  CHECK(refused("filter=%5B%22a").first == ErrorCode::InvalidSearchFilter);
}

TEST_CASE("what is wrong is refused with its code and names the parameter") {
  struct Row {
    std::string_view query;
    ErrorCode code;
    std::string_view message;
  };
  const Row rows[] = {
      {"limit=x", ErrorCode::InvalidIndexLimit,
       "Invalid value in parameter `limit`: could not parse `x` as a positive integer"},
      {"limit=-1", ErrorCode::InvalidIndexLimit,
       "Invalid value in parameter `limit`: could not parse `-1` as a positive integer"},
      {"limit=", ErrorCode::InvalidIndexLimit,
       "Invalid value in parameter `limit`: could not parse `` as a positive integer"},
      {"limit=1.5", ErrorCode::InvalidIndexLimit,
       "Invalid value in parameter `limit`: could not parse `1.5` as a positive integer"},
      {"score=nan", ErrorCode::InvalidSearchRankingScoreThreshold,
       "Invalid value in parameter `score`: could not parse `nan` as a number"},
      {"reverse=yes", ErrorCode::InvalidTaskReverse,
       "Invalid value in parameter `reverse`: could not parse `yes` as a boolean, expected either `true` or "
       "`false`"},
      {"nope=1", ErrorCode::BadRequest,
       "Unknown parameter `nope`: expected one of `limit`, `score`, `reverse`, `fields`, `filter`"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const auto [code, message] = refused(row.query);
    CHECK(code == row.code);
    CHECK(message == row.message);
  }
}

TEST_CASE("a route without parameters takes none") {
  CHECK_THROWS_WITH(read_parameters(parse_query("x=1"), {}), "Unknown parameter `x`: expected none");
}
