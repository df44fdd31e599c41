// SPDX-License-Identifier: GPL-2.0-or-later
// Documents are merged and identified without touching the text of their values.
#include "engine/document_fields.h"

#include <doctest/doctest.h>

#include <functional>
#include <vector>

#include "base/error.h"

TEST_SUITE_BEGIN("engine/document_fields");

namespace nunmul {
namespace {

std::string code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return std::string(error_row(error.code()).name);
  }
  return "";
}

TEST_CASE("a document falls into its fields") {
  const auto fields =
      split_document(R"({"id":1,"a":{"b":["}",{"c":"]"}]},"s\"x":"q,\"}","e":[],"o":{},"n":null})");
  REQUIRE(fields.size() == 6);
  CHECK(fields[0].value == "1");
  CHECK(fields[1].value == R"({"b":["}",{"c":"]"}]})");
  CHECK(fields[2].name == "s\"x");
  CHECK(fields[2].value == R"("q,\"}")");
  CHECK(fields[3].value == "[]");
  CHECK(fields[4].value == "{}");
  CHECK(fields[5].value == "null");
  CHECK(split_document("{}").empty());
}

TEST_CASE("blanks between tokens are no part of names and values, and no text is read beyond its end") {
  const auto fields = split_document(" { \"id\" : 1 , \"a\" : [ 1, {\"b\" : \"}\"} ] } ");
  REQUIRE(fields.size() == 2);
  CHECK(fields[0].value == "1");
  CHECK(fields[1].key == "\"a\"");
  CHECK(fields[1].value == "[ 1, {\"b\" : \"}\"} ]");
  CHECK(read_document_id("{\"a\": {\"b\" : \"x\"}}", "a.b") == "x");
  const std::string_view text = R"({"a":{"b":["}",1]},"c":"\"","d":{}})";
  for (std::size_t size = 0; size < text.size(); ++size)
    split_document(std::string(text.substr(0, size)));  // of exactly that memory
}

TEST_CASE("a document that grows beyond its limit by merging is named") {
  const std::string big = R"({"id":"big","t":")" + std::string(5'000'000, 'x') + "\"}";
  CHECK_THROWS_WITH_AS(read_document(big, "id"),
                       doctest::Contains("The document with the id `big` has more than 5,000,000 bytes"),
                       Error);
}

TEST_CASE("merging replaces values in place, appends new fields and keeps every digit") {
  CHECK(merge_documents(R"({"id":1,"n":12345678901234567890123,"t":"a"})",
                        R"({"t":{"x":1.50},"id":1,"new":[1]})") ==
        R"({"id":1,"n":12345678901234567890123,"t":{"x":1.50},"new":[1]})");
  CHECK(merge_documents(R"({"id":1,"\u0061":1})", R"({"a":2})") == R"({"id":1,"\u0061":2})");
}

TEST_CASE("of a repeated name the last value stays") {
  CHECK_FALSE(without_repeated_fields(R"({"a":1,"b":2})"));
  CHECK(without_repeated_fields(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
}

TEST_CASE("the primary key is inferred from the one name that ends with id") {
  CHECK(infer_primary_key(R"({"title":"x","songID":1})") == "songID");
  CHECK(infer_primary_key(R"({"Id":1})") == "Id");
  CHECK(code_of([] { infer_primary_key(R"({"title":"x"})"); }) == "index_primary_key_no_candidate_found");
  CHECK(code_of([] { infer_primary_key(R"({"id":1,"kid":2})"); }) ==
        "index_primary_key_multiple_candidates_found");
}

TEST_CASE("identifiers are integers or short words") {
  struct Case {
    std::string_view json;
    std::string_view id;
    std::string_view code;
  };
  const std::string long_id(512, 'a');
  const std::string too_long = "{\"id\":\"" + long_id + "\"}";
  const std::vector<Case> cases{
      {R"({"id":8})", "8", ""},
      {R"({"id":"8"})", "8", ""},
      {R"({"id":-3})", "-3", ""},
      {R"({"id":"a_B-9"})", "a_B-9", ""},
      {R"({"id":18446744073709551615})", "18446744073709551615", ""},
      {R"({"id":1.0})", "", "invalid_document_id"},
      {R"({"id":184467440737095516150})", "", "invalid_document_id"},
      {R"({"id":"a b"})", "", "invalid_document_id"},
      {R"({"id":"아이유"})", "", "invalid_document_id"},
      {R"({"id":""})", "", "invalid_document_id"},
      {R"({"id":null})", "", "invalid_document_id"},
      {R"({"id":[1]})", "", "invalid_document_id"},
      {R"({"key":1})", "", "missing_document_id"},
      {too_long, "", "invalid_document_id"},
  };
  for (const Case& each : cases) {
    CAPTURE(each.json);
    std::string id;
    CHECK(code_of([&] { id = read_document_id(each.json, "id"); }) == each.code);
    CHECK(id == each.id);
  }
  CHECK(read_document_id(R"({"a":{"b":5}})", "a.b") == "5");
  CHECK(read_document_id(R"({"a.b":6,"a":{"b":5}})", "a.b") == "6");
}

TEST_CASE("places need two coordinates") {
  check_document(R"({"id":1,"_geo":{"lat":1,"lng":"2.5"}})", "1");
  check_document(R"({"id":1,"_geo":null})", "1");
  for (const char* bad : {R"({"_geo":1})", R"({"_geo":{"lat":1}})", R"({"_geo":{"lat":"x","lng":1}})"}) {
    CAPTURE(bad);
    CHECK(code_of([&] { check_document(bad, "1"); }) == "invalid_document_geo_field");
  }
}

TEST_CASE("a document with too many fields is refused") {
  std::string json = "{";
  for (int i = 0; i < 65'536; ++i) json += (i > 0 ? ",\"f" : "\"f") + std::to_string(i) + "\":1";
  json += "}";
  CHECK(code_of([&] { check_document(json, "1"); }) == "max_fields_limit_exceeded");
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
