// SPDX-License-Identifier: GPL-2.0-or-later
// A body is read by its table: every value is of its kind, nothing unknown is in it, nothing needed is
// missing, and the message names the place and the value.
#include "http/json_reader.h"

#include <doctest/doctest.h>

#include "http/field.h"

using namespace nunmul;

TEST_SUITE_BEGIN("http/json_reader");

namespace {

constexpr Field kTable[] = {
    {"uid", FieldKind::Text, ErrorCode::InvalidIndexUid, "", ErrorCode::MissingIndexUid},
    {"limit", FieldKind::Count, ErrorCode::InvalidSearchLimit, ""},
    {"score", FieldKind::Number, ErrorCode::InvalidSearchRankingScoreThreshold, ""},
    {"exact", FieldKind::Flag, ErrorCode::InvalidSearchShowRankingScore, ""},
    {"names", FieldKind::Texts, ErrorCode::InvalidSearchFacets, ""},
    {"ids", FieldKind::Ids, ErrorCode::InvalidDocumentIds, ""},
    {"filter", FieldKind::Filter, ErrorCode::InvalidSearchFilter, ""},
    {"until", FieldKind::Text, ErrorCode::InvalidApiKeyExpiresAt, "", std::nullopt, Null::Value},
    {"born", FieldKind::Immutable, ErrorCode::ImmutableIndexCreatedAt, ""},
};

struct Refused {
  ErrorCode code = ErrorCode::InvalidInput;
  std::string message;
};

Refused refused(const char* body, const Place& place = Place::body()) {
  try {
    read_object(parse_json(body), kTable, place);
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  return {};
}

}  // namespace

TEST_CASE("values of the right kind are taken") {
  const Fields fields = read_object(
      parse_json(R"({"uid":"a","limit":5,"score":0.5,"exact":true,"names":["x","y"],"ids":[1,"2"],)"
                 R"("filter":["a = 1"]})"),
      kTable);
  CHECK(fields.text("uid") == "a");
  CHECK(fields.count("limit") == 5u);
  CHECK(fields.number("score") == 0.5);
  CHECK(fields.flag("exact"));
  CHECK(*fields.texts("names") == std::vector<std::string>{"x", "y"});
  CHECK(fields.find("filter")->is_array());
}

TEST_CASE("what is wrong is refused with its code, its place and its value") {
  struct Row {
    const char* body;
    ErrorCode code;
    const char* message;
  };
  const Row rows[] = {
      {R"([])", ErrorCode::BadRequest, "Invalid value type: expected an object, but found an array: `[]`"},
      {R"({})", ErrorCode::MissingIndexUid, "Missing field `uid`"},
      {R"({"uid":null})", ErrorCode::MissingIndexUid, "Missing field `uid`"},
      {R"({"uid":3})", ErrorCode::InvalidIndexUid,
       "Invalid value type at `.uid`: expected a string, but found a positive integer: `3`"},
      {R"({"uid":"a","limit":"x"})", ErrorCode::InvalidSearchLimit,
       "Invalid value type at `.limit`: expected a positive integer, but found a string: `\"x\"`"},
      {R"({"uid":"a","limit":-1})", ErrorCode::InvalidSearchLimit,
       "Invalid value type at `.limit`: expected a positive integer, but found a negative integer: `-1`"},
      {R"({"uid":"a","limit":1.5})", ErrorCode::InvalidSearchLimit,
       "Invalid value type at `.limit`: expected a positive integer, but found a number: `1.5`"},
      {R"({"uid":"a","exact":"yes"})", ErrorCode::InvalidSearchShowRankingScore,
       "Invalid value type at `.exact`: expected a boolean, but found a string: `\"yes\"`"},
      {R"({"uid":"a","names":"x"})", ErrorCode::InvalidSearchFacets,
       "Invalid value type at `.names`: expected an array, but found a string: `\"x\"`"},
      {R"({"uid":"a","names":["x",1]})", ErrorCode::InvalidSearchFacets,
       "Invalid value type at `.names[1]`: expected a string, but found a positive integer: `1`"},
      {R"({"uid":"a","ids":[1.5]})", ErrorCode::InvalidDocumentIds,
       "Invalid value type at `.ids[0]`: expected a string or an integer, but found a number: `1.5`"},
      {R"({"uid":"a","filter":7})", ErrorCode::InvalidSearchFilter,
       "Invalid value type at `.filter`: expected a string or an array, but found a positive integer: `7`"},
      {R"({"uid":"a","born":"x"})", ErrorCode::ImmutableIndexCreatedAt,
       "Immutable field `born`: expected one of `uid`, `limit`, `score`, `exact`, `names`, `ids`, `filter`, "
       "`until`"},
      {R"({"uid":"a","nope":1})", ErrorCode::BadRequest,
       "Unknown field `nope`: expected one of `uid`, `limit`, `score`, `exact`, `names`, `ids`, `filter`, "
       "`until`"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    const Refused got = refused(row.body);
    CHECK(got.code == row.code);
    CHECK(got.message == row.message);
  }
}

TEST_CASE("inside a larger body the path leads from its root") {
  const Place place = Place::body().field("queries").item(1);
  CHECK(refused(R"({"uid":"a","limit":"x"})", place)
            .message.starts_with("Invalid value type at `.queries[1].limit`"));
  CHECK(refused(R"({})", place).message == "Missing field `uid` inside `.queries[1]`");
  CHECK(refused(R"({"nope":1})", place).message.starts_with("Unknown field `nope` inside `.queries[1]`"));
}

TEST_CASE("null counts as absent, and can be told from it") {
  const Fields fields = read_object(parse_json(R"({"uid":"a","limit":null,"until":null})"), kTable);
  CHECK(fields.count("limit") == std::nullopt);
  CHECK(fields.text("until") == std::nullopt);
  CHECK(fields.given("until"));
  CHECK_FALSE(fields.given("names"));
}

TEST_CASE("counts beyond what is counted here are cut, not wrapped") {
  const Fields fields = read_object(parse_json(R"({"uid":"a","limit":18446744073709551615})"), kTable);
  CHECK(fields.count("limit") == 4294967295u);
}

TEST_CASE("a long value is cut in the message, on a character border") {
  const std::string body = "{\"uid\":[\"" + std::string(199, 'a') + "눈물\"]}";
  CHECK(refused(body.c_str()).message.size() < 300);
  CHECK(refused(body.c_str()).message.find("\xEF\xBF\xBD") == std::string::npos);
}
