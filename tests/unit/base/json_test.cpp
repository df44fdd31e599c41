// SPDX-License-Identifier: GPL-2.0-or-later
// JSON: what comes in goes out as it was, whatever its numbers, keys and characters; what is not JSON
// is refused with its place; and no text costs more than its size.
#include "base/json.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"

TEST_SUITE_BEGIN("base/json");

namespace nunmul {
namespace {

std::string round_trip(std::string_view text) { return dump_json(parse_json(text)); }

std::string refusal(std::string_view text, const JsonLimits& limits = {}) {
  try {
    parse_json(text, limits);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::MalformedPayload);
    return error.what();
  }
  return "";
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string object_of(std::size_t fields) {
  std::string text = "{";
  for (std::size_t i = 0; i < fields; ++i)
    text += (i ? "," : "") + std::string("\"field") + std::to_string(i) + "\":" + std::to_string(i);
  return text + "}";
}

TEST_CASE("a text comes back as it was, without its spaces") {
  const std::vector<std::string> texts{
      "null",
      "true",
      "false",
      "0",
      "-1",
      "[]",
      "{}",
      "\"\"",
      R"({"b":1,"a":[{},[],null]})",
      R"(["눈물","涙","é","😭"])",
      R"("\"\\\b\f\n\r\t\u0000\u001f")",
      "\"/\x7f\"",
      nested(200),
      object_of(100),
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK(round_trip(text) == text);
  }
  CHECK(round_trip(" { \"a\" : [ 1 , 2 ] }\r\n") == R"({"a":[1,2]})");
  CHECK(round_trip(R"("\ub208\ubb3c \ud83d\ude2d \/")") == R"("눈물 😭 /")");
}

TEST_CASE("numbers keep their digits, in integers, in doubles or as text") {
  const std::vector<std::string> numbers{
      "0",
      "9007199254740993",
      "9223372036854775807",
      "-9223372036854775808",
      "18446744073709551615",
      "18446744073709551616",
      "-9223372036854775809",
      "123456789012345678901234567890",
      "0.1",
      "1.5",
      "-2.25",
      "3.14159265358979323846",
      "0.1000000000000000055511151231257827",
      "1e-400",
      "4.94065645841247e-324",
  };
  for (const std::string& number : numbers) {
    CAPTURE(number);
    CHECK(round_trip(number) == number);
  }
  CHECK(refusal("1e400") == "The JSON text is not valid: number out of range `1e400` at line 1 column 5.");
}

TEST_CASE("a number kept as text is no is_number, and still has a value") {
  const Json exact = parse_json("12345678901234567890123");
  CHECK_FALSE(exact.is_number());
  CHECK(exact_number_text(exact) == "12345678901234567890123");
  CHECK(number_value(exact) == doctest::Approx(1.2345678901234568e22));
  CHECK(number_value(parse_json("7")) == 7.0);
  CHECK(number_value(parse_json("-0.5")) == -0.5);
  CHECK_FALSE(number_value(parse_json("\"7\"")));
  CHECK_FALSE(exact_number_text(parse_json("7")));
  CHECK(dump_json(exact_number("1.10")) == "1.10");
}

TEST_CASE("of a repeated key the last value counts, at the place of the first") {
  CHECK(round_trip(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
  std::string many = object_of(100);
  many.insert(many.size() - 1, R"(,"field7":"new","field99":[1],"field100":null,"field100":1)");
  const Json object = parse_json(many);
  CHECK(object.size() == 101);
  CHECK(object["field7"] == "new");
  CHECK(object["field99"] == Json::array({1}));
  CHECK(object["field100"] == 1);
  CHECK(object.begin().key() == "field0");
  CHECK(std::prev(object.end()).key() == "field100");
}

TEST_CASE("an object inside a large object does not disturb it") {
  std::string text = object_of(50);
  text.insert(text.size() - 1, ",\"inner\":" + object_of(50) + ",\"field1\":true,\"last\":0");
  const Json object = parse_json(text);
  CHECK(object.size() == 52);
  CHECK(object["inner"].size() == 50);
  CHECK(object["inner"]["field1"] == 1);
  CHECK(object["field1"] == true);
}

// Looking for each field among those before it would take minutes, and a small body could stop a server.
TEST_CASE("half a million fields are read in one go") {
  const Json object = parse_json(object_of(500'000));
  CHECK(object.size() == 500'000);
  CHECK(std::prev(object.end()).value() == 499'999);
}

TEST_CASE("what is not JSON is refused with its place") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "it ends too early at line 1 column 1"},
      {"{\"a\":\n 1,", "it ends too early at line 2 column 4"},
      {"nul", "it ends too early at line 1 column 4"},
      {"[1,\n2,\n]", "unexpected `2,<U+000A>]` at line 3 column 1"},
      {"{\"a\":}", "unexpected `\"a\":}` at line 1 column 6"},
      {"{a:1}", "unexpected `{a` at line 1 column 2"},
      {"1 2", "unexpected `2` at line 1 column 3"},
      {"[01]", "unexpected `1` at line 1 column 3"},
      {"NaN", "unexpected `N` at line 1 column 1"},
      {"\"a\xFF\"", "unexpected `\"a\xFF` at line 1 column 3"},
      {"\"\xED\xA0\x80\"", "unexpected `\"\xED\xA0` at line 1 column 3"},
      {std::string("{}\n\0x", 5), "it holds a zero byte at line 2 column 1"},
      {"\"\x01\"", "unexpected `\"<U+0001>` at line 1 column 2"},
  };
  for (const auto& [text, problem] : cases) {
    CAPTURE(text);
    CHECK(refusal(text) == "The JSON text is not valid: " + problem + ".");
  }
}

TEST_CASE("a long token is cut between two characters") {
  std::string word;
  for (int i = 0; i < 40; ++i) word += "물";
  const std::string message = refusal("{\"a\":\"" + word + "\n\"}");
  CHECK(message.find("`\"물") != std::string::npos);
  CHECK(round_trip(dump_json(Json(message))) == dump_json(Json(message)));
  CHECK(dump_json(Json(message)).find("\xEF\xBF\xBD") == std::string::npos);
}

TEST_CASE("the limits hold exactly and name the place") {
  CHECK(refusal(nested(200)).empty());
  CHECK(refusal(nested(201)) ==
        "The JSON text is not valid: more than 200 nested levels at line 1 column 201.");
  CHECK(refusal("[\n[[1]]\n]", {.max_depth = 2}) ==
        "The JSON text is not valid: more than 2 nested levels at line 2 column 2.");
  CHECK(refusal("[1,2,3]", {.max_nodes = 4}).empty());
  CHECK(refusal("[1,\n2,[]]", {.max_nodes = 3}) ==
        "The JSON text is not valid: more than 3 values at line 2 column 3.");
  CHECK(refusal(std::string(200'000, '[')).find("nested levels at line 1 column 201") != std::string::npos);
}

TEST_CASE("a text whose values need too much memory is refused before it is used") {
  const auto code_of = [](const std::string& text, std::size_t max_bytes) {
    try {
      parse_json(text, {.max_bytes = max_bytes});
    } catch (const Error& error) {
      return std::string(error_row(error.code()).name);
    }
    return std::string();
  };
  for (const char* item : {"{}", "[]", "0", R"("")", R"({"a":{"a":0}})"}) {
    std::string text = "[" + std::string(item);
    for (int i = 0; i < 100'000; ++i) (text += ',') += item;
    text += ']';
    CAPTURE(item);
    CHECK(code_of(text, 2 * text.size()) == "payload_too_large");
    CHECK(code_of(text, 100 * text.size()).empty());
  }
  CHECK(code_of("[\"" + std::string(100'000, 'x') + "\"]", 110'000).empty());
}

TEST_CASE("invalid UTF-8 in a value goes out as U+FFFD") {
  CHECK(dump_json(Json("a\xFFz")) == "\"a\xEF\xBF\xBDz\"");
  CHECK(dump_json(Json("\xE2\x82")) == "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  CHECK(dump_json(Json{{"\xC0\x80", 1}}) == "{\"\xEF\xBF\xBD\xEF\xBF\xBD\":1}");
  CHECK(dump_json(Json("\xF4\x90\x80\x80")).find("\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE("any bytes as a string come out as valid JSON, and valid ones as they were") {
  std::mt19937 random(20240817);
  const std::vector<std::string> parts{"a", "\"", "\\", "\n",           std::string(1, '\0'),
                                       "é", "물", "😭",  "\xED\xA0\x80", "\xC3"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const bool valid = round % 2 == 0;
    for (std::size_t i = random() % 12; i > 0; --i) text += parts[random() % (valid ? 8 : parts.size())];
    const Json back = parse_json(dump_json(Json(text)));
    if (valid) CHECK(back == text);
    CHECK(dump_json(back) == back.dump());
  }
}

TEST_CASE("a field that is appended stands last and is found by its name") {
  Json object = parse_json(R"({"b":1})");
  append_field(object, "a", {{"x", 2}});
  CHECK(dump_json(object) == R"({"b":1,"a":{"x":2}})");
  CHECK(object.at("a").at("x") == 2);
}

TEST_CASE("types have the names that messages use") {
  CHECK(json_type_name(parse_json("null")) == "null");
  CHECK(json_type_name(parse_json("true")) == "a boolean");
  CHECK(json_type_name(parse_json("\"\"")) == "a string");
  CHECK(json_type_name(parse_json("[]")) == "an array");
  CHECK(json_type_name(parse_json("{}")) == "an object");
  CHECK(json_type_name(parse_json("1")) == "a positive integer");
  CHECK(json_type_name(parse_json("-1")) == "a negative integer");
  CHECK(json_type_name(parse_json("1.5")) == "a number");
  CHECK(json_type_name(parse_json("1e-400")) == "a number");
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
