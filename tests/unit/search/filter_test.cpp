// SPDX-License-Identifier: GPL-2.0-or-later
// Filters: the grammar with its limits, messages with their place, what the settings allow, and what each
// operator keeps; random filters keep the documents that a plain reading of the rules keeps.
#include "search/columns/filter.h"

#include <doctest/doctest.h>

#include <functional>
#include <random>

#include "base/json.h"
#include "search/columns/filter_parser.h"
#include "support/documents_in_columns.h"
#include "text/compare_form.h"

TEST_SUITE_BEGIN("search/filter");

using namespace nunmul;

namespace {

Settings settings_with(const char* filterable) {
  Settings settings;
  apply_setting(settings, "filterableAttributes", parse_json(filterable));
  return settings;
}

// The message of a refused filter, or "".
std::string message_of(const Json& filter, const char* filterable = R"(["*"])") {
  try {
    parse_filter(filter, settings_with(filterable), ErrorCode::InvalidSearchFilter);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::InvalidSearchFilter);
    return error.what();
  }
  return "";
}

const Json& songs() {
  static const Json documents = parse_json(R"([
    {"id":1,"kind":"song","year":2017,"genre":["Rock","K-Pop"],"title":"눈물",
     "artist":{"name":"IU","born":1993},"live":true},
    {"id":2,"kind":"Song ","year":2018,"genre":[],"title":"","artist":{"name":"윤하"},"live":false},
    {"id":3,"kind":"film","year":"2017","genre":null,"title":"café","aired":"2024-06-01"},
    {"id":4,"kind":"drama","year":9.5,"genre":"rock","title":"앙",
     "cast":[{"name":"a"},{"name":"b"}],"aired":"2023-01-01"},
    {"id":5,"year":true,"title":"100%","artist":{}},
    {"id":9007199254740993,"year":null}
  ])");
  return documents;
}

// The numbers of the songs that fit.
std::string fitting(const Json& filter) {
  const Settings settings = settings_with(R"(["*"])");
  static const DocumentsInColumns columns(songs(), settings);
  const Bitmap found = evaluate(parse_filter(filter, settings, ErrorCode::InvalidSearchFilter), columns);
  std::string numbers;
  for (std::size_t i = found.next(0); i < found.size(); i = found.next(i + 1))
    numbers += std::to_string(i + 1);
  return numbers;
}

}  // namespace

TEST_CASE("each operator keeps what the contract says") {
  const struct {
    const char* filter;
    const char* kept;
  } rows[] = {
      {"kind = song", "12"},
      {"kind = ' SONG'", "12"},
      {"kind != song", "3456"},
      {"NOT kind = song", "3456"},
      {"year = 2017", "13"},
      {"year = 2017.0", "1"},
      {"year = true", "5"},
      {"year = false", ""},
      {"live = false", "2"},
      {"genre = rock", "14"},
      {"genre = k-pop", "1"},
      {"genre != rock", "2356"},
      {"year > 2016", "123"},
      {"year >= 2018", "2"},
      {"year < 2017", "4"},
      {"year <= 2017", "134"},
      {"year 2017 TO 2018", "123"},
      {"\"year\" 5.99 TO 100", "4"},
      {"aired >= \"2024-06-01\"", "3"},
      {"aired < \"2024\"", "4"},
      {"aired 2023-01-01 TO 2023-12-31", "4"},
      {"kind IN [film, drama]", "34"},
      {"kind IN [film, drama,]", "34"},
      {"kind IN []", ""},
      {"kind NOT IN []", "123456"},
      {"kind NOT IN [song]", "3456"},
      {"NOT kind IN [song]", "3456"},
      {"genre EXISTS", "1234"},
      {"genre NOT EXISTS", "56"},
      {"genre IS NULL", "3"},
      {"genre IS NOT NULL", "12456"},
      {"genre IS EMPTY", "2"},
      {"title IS EMPTY", "2"},
      {"artist IS EMPTY", "5"},
      {"artist EXISTS", "125"},
      {"artist.name = iu", "1"},
      {"artist.born > 1990", "1"},
      {"cast.name = b", "4"},
      {"title CONTAINS 물", "1"},
      {"title CONTAINS 아", ""},
      {"title CONTAINS 'caf'", "3"},
      {"title CONTAINS 'cafe'", ""},
      {"title STARTS WITH 'CAF'", "3"},
      {"title STARTS WITH 'af'", ""},
      {"title NOT CONTAINS 물", "23456"},
      {"title NOT STARTS WITH 눈", "23456"},
      {"id = 9007199254740993", "6"},
      {"id = 9007199254740992", ""},
      {"id = 9007199254740993.0", "6"},
      {"nothing = 1", ""},
      {"nothing != 1", "123456"},
      {"kind = song AND year = 2018 OR kind = film", "23"},
      {"kind = song AND (year = 2018 OR kind = film)", "2"},
      {"(kind=song)AND(year=2018)", "2"},
      {"NOT NOT kind=song", "12"},
      {"NOT (kind = song OR kind = film)", "456"},
      {"\"kind\"=\"song\"", "12"},
      {"'title' = \"100%\"", "5"},
      {"  ", "123456"},
      {"", "123456"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.filter);
    CHECK(fitting(row.filter) == row.kept);
  }
}

TEST_CASE("an array means all of its items, an inner one any of them") {
  CHECK(fitting(parse_json(R"(["kind = song", ["year = 2017", "year = 2018"]])")) == "12");
  CHECK(fitting(parse_json(R"([["kind = film", "kind = drama"]])")) == "34");
  CHECK(fitting(parse_json(R"(["kind = song OR kind = film", "year = 2017"])")) == "13");
  CHECK(fitting(parse_json("[]")) == "123456");
  CHECK(fitting(parse_json(R"([[], "", ["", "kind = film"]])")) == "3");
  CHECK(fitting(nullptr) == "123456");
}

TEST_CASE("escapes and quotes stand for themselves where nothing else is meant") {
  const auto value = [](const char* filter) {
    return parse_filter_expression(filter, ErrorCode::InvalidSearchFilter).test.values.at(0).folded;
  };
  CHECK(value(R"(a = "x\"y")") == "x\"y");
  CHECK(value(R"(a = 'x\'y')") == "x'y");
  CHECK(value(R"(a = 'x\\')") == "x\\");
  CHECK(value(R"(a = 'x\y')") == "x\\y");
  CHECK(value(R"(a = "it's")") == "it's");
  CHECK(value("a=-5") == "-5");
  CHECK(value("a = 눈물_1") == compare_form("눈물_1"));
}

TEST_CASE("an attribute that is not filterable is named with its place") {
  CHECK(message_of("id = 1", "[]") ==
        "Attribute `id` is not filterable. This index does not have configured filterable attributes.\n1:3 "
        "id = 1");
  CHECK(message_of("genre = x AND id = 1", R"(["kind","genre"])") ==
        "Attribute `id` is not filterable. Available filterable attribute patterns are: `genre`, "
        "`kind`.\n15:17 genre = x AND id = 1");
  CHECK(message_of("눈물 = 1 OR \"x y\" = 2", R"(["눈물"])").ends_with("\n11:16 눈물 = 1 OR \"x y\" = 2"));
}

TEST_CASE("an operator that the rule does not enable is refused") {
  const char* rule =
      R"([{"attributePatterns":["year"],"features":{"filter":{"equality":false,"comparison":true}}},"*"])";
  for (const char* filter :
       {"year = 1", "year IN [1]", "year EXISTS", "year IS NULL", "year IS EMPTY", "year != 1"}) {
    CAPTURE(filter);
    CHECK(message_of(filter, rule).starts_with("Filter operator `"));
  }
  CHECK(message_of("year > 1 AND year 1 TO 2 AND kind = 1", rule) == "");
  CHECK(message_of("tag > 1", R"([{"attributePatterns":["tag"]}])")
            .starts_with("Filter operator `>` is not allowed for the attribute `tag`"));
}

TEST_CASE("bad syntax says where") {
  const struct {
    const char* filter;
    const char* place;
  } rows[] = {
      {"kind", "\n5:5 kind"},
      {"kind = ", "\n8:8 kind = "},
      {"kind = song film", "\n13:17 kind = song film"},
      {"kind = AND", "\n8:11 kind = AND"},
      {"AND = 1", "\n1:4 AND = 1"},
      {"kind == song", "\n7:8 kind == song"},
      {"(kind = song", "\n13:13 (kind = song"},
      {"kind = song)", "\n12:13 kind = song)"},
      {"kind = 'song", "\n8:13 kind = 'song"},
      {"눈물 = 100%", "\n9:10 눈물 = 100%"},
      {"kind IN song", "\n9:13 kind IN song"},
      {"kind IN [a b]", "\n12:13 kind IN [a b]"},
      {"kind IN [,]", "\n10:11 kind IN [,]"},
      {"kind IN [a", "\n11:11 kind IN [a"},
      {"kind IS song", "\n9:13 kind IS song"},
      {"kind NOT = song", "\n10:11 kind NOT = song"},
      {"kind STARTS song", "\n13:17 kind STARTS song"},
      {"kind 1 2", "\n6:7 kind 1 2"},
      {"a = 1 AND", "\n10:10 a = 1 AND"},
      {"OR a = 1", "\n1:3 OR a = 1"},
      {"_geoRadius(1, 2 3)", "\n17:18 _geoRadius(1, 2 3)"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.filter);
    const std::string message = message_of(row.filter);
    CAPTURE(message);
    CHECK(message.ends_with(row.place));
  }
}

TEST_CASE("a filter that is no string or array of strings is refused") {
  for (const char* filter :
       {"1", "true", "{}", R"([1])", R"([[1]])", R"([["a = 1",["b = 1"]]])", R"([null])"}) {
    CAPTURE(filter);
    CHECK(message_of(parse_json(filter)).starts_with("Invalid syntax for the filter parameter: expected "));
  }
}

TEST_CASE("150 levels of nesting pass and one more does not") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "a = 1" +
           std::string(static_cast<std::size_t>(depth), ')');
  };
  CHECK(message_of(nested(150)) == "");
  CHECK(message_of(nested(151)).find("nested deeper than 150 levels") != std::string::npos);
  std::string nots;
  for (int i = 0; i < 200'000; ++i) nots += "NOT ";
  CHECK(message_of(nots + "a = 1").find("nested deeper") != std::string::npos);
  std::string flat = "a = 1";
  for (int i = 0; i < 20'000; ++i) flat += " OR a = 1";
  CHECK(message_of(flat) == "");
}

TEST_CASE("the canonical text tells filters apart and spellings not") {
  const auto canonical = [](const char* filter) {
    return parse_filter_expression(filter, ErrorCode::InvalidSearchFilter).canonical();
  };
  CHECK(canonical("a=1 AND b = 'X '") == canonical("\"a\" = \"1\" AND (b=x)"));
  CHECK(canonical("a = 1 AND b = 2") != canonical("a = 1 OR b = 2"));
  CHECK(canonical("a IN [x, y]") != canonical("a IN ['x y']"));
  CHECK(canonical("a = 'b} {'") != canonical("a = b"));
  CHECK(canonical("a != 1") == canonical("NOT a = 1"));
}

namespace {

// A plain reading of the rules, value by value.
void for_each_item(const Json& value, const std::function<void(const Json&)>& visit) {
  if (!value.is_array()) return visit(value);
  for (const Json& item : value) for_each_item(item, visit);
}

bool value_fits(const Json& value, const FilterTest& test) {
  const FilterValue& first = test.values.front();
  const FilterValue& last = test.values.back();
  if (value.is_number()) {
    const double number = value.get<double>();
    if (test.op == FilterOperator::In || test.op == FilterOperator::Equal) {
      for (const FilterValue& operand : test.values) {
        if (operand.number == number) return true;
      }
      return false;
    }
    if (!first.number || !last.number) return false;
    switch (test.op) {
      case FilterOperator::Less:
        return number < *first.number;
      case FilterOperator::LessOrEqual:
        return number <= *first.number;
      case FilterOperator::Greater:
        return number > *first.number;
      case FilterOperator::GreaterOrEqual:
        return number >= *first.number;
      case FilterOperator::Between:
        return number >= *first.number && number <= *last.number;
      default:
        return false;
    }
  }
  if (!value.is_string() && !value.is_boolean()) return false;
  const std::string text = value.is_string()   ? compare_form(value.get<std::string>())
                           : value.get<bool>() ? "true"
                                               : "false";
  if (test.op == FilterOperator::In || test.op == FilterOperator::Equal) {
    for (const FilterValue& operand : test.values) {
      if (operand.folded == text) return true;
    }
    return false;
  }
  if (value.is_boolean()) return false;
  switch (test.op) {
    case FilterOperator::Less:
      return text < first.folded;
    case FilterOperator::LessOrEqual:
      return text <= first.folded;
    case FilterOperator::Greater:
      return text > first.folded;
    case FilterOperator::GreaterOrEqual:
      return text >= first.folded;
    case FilterOperator::Between:
      return text >= first.folded && text <= last.folded;
    case FilterOperator::Contains:
      return text.find(first.folded) != text.npos;
    case FilterOperator::StartsWith:
      return text.starts_with(first.folded);
    default:
      return false;
  }
}

void gather(const Json& value, std::string_view path, std::vector<const Json*>& found) {
  if (value.is_array()) {
    for (const Json& item : value) gather(item, path, found);
    return;
  }
  if (!value.is_object()) return;
  const auto dot = path.find('.');
  const std::string_view first = path.substr(0, dot);
  for (const auto& [name, field] : value.items()) {
    if (name == path) {
      found.push_back(&field);
    } else if (dot != path.npos && name == first) {
      gather(field, path.substr(dot + 1), found);
    }
  }
}

// The values at a path: field b of object a for "a.b", or of each object of array a, or a field named so.
std::vector<const Json*> values_at(const Json& document, std::string_view path) {
  std::vector<const Json*> found;
  if (document.is_object()) gather(document, path, found);
  return found;
}

bool fits(const Json& document, const Filter& filter) {
  if (filter.kind == Filter::Kind::Not) return !fits(document, filter.parts[0]);
  if (filter.kind != Filter::Kind::Test) {
    const bool all = filter.kind == Filter::Kind::And;
    for (const Filter& part : filter.parts) {
      if (fits(document, part) != all) return !all;
    }
    return all;
  }
  const auto values = values_at(document, filter.test.attribute);
  bool found = false;
  for (const Json* value : values) {
    switch (filter.test.op) {
      case FilterOperator::Exists:
        return true;
      case FilterOperator::IsNull:
        found = found || value->is_null();
        break;
      case FilterOperator::IsEmpty:
        found = found || *value == Json("") || (value->is_structured() && value->empty());
        break;
      default:
        for_each_item(*value, [&](const Json& item) { found = found || value_fits(item, filter.test); });
    }
  }
  return found;
}

const char* kAttributes[] = {"a", "b", "o.x", "l.y", "none"};
const char* kOperands[] = {"1", "2", "10", "-1", "x", "xy", "'X '", "true", "false", "''", "z", "1.5"};
const char* kJsonValues[] = {"1",      "2",      "10",    "-1",        "1.5",        "\"x\"",
                             "\"XY\"", "\" x\"", "\"1\"", "true",      "false",      "null",
                             "[]",     "{}",     "\"\"",  "[1,\"x\"]", "[[2],\"z\"]"};

std::string random_test(std::mt19937& random) {
  const std::string attribute = kAttributes[random() % std::size(kAttributes)];
  const auto operand = [&] { return std::string(kOperands[random() % std::size(kOperands)]); };
  switch (random() % 14) {
    case 0:
      return attribute + " != " + operand();
    case 1:
      return attribute + " < " + operand();
    case 2:
      return attribute + " <= " + operand();
    case 3:
      return attribute + " > " + operand();
    case 4:
      return attribute + " >= " + operand();
    case 5:
      return attribute + " " + operand() + " TO " + operand();
    case 6:
      return attribute + " IN [" + operand() + "," + operand() + "," + operand() + "]";
    case 7:
      return attribute + " EXISTS";
    case 8:
      return attribute + " IS NOT NULL";
    case 9:
      return attribute + " IS EMPTY";
    case 10:
      return attribute + " CONTAINS " + operand();
    case 11:
      return attribute + " NOT STARTS WITH " + operand();
    default:
      return attribute + " = " + operand();
  }
}

std::string random_filter(std::mt19937& random, int depth) {
  switch (depth > 0 ? random() % 5 : 4) {
    case 0:
      return random_filter(random, depth - 1) + " AND " + random_filter(random, depth - 1);
    case 1:
      return random_filter(random, depth - 1) + " OR " + random_filter(random, depth - 1);
    case 2:
      return "(" + random_filter(random, depth - 1) + ")";
    case 3:
      return "NOT (" + random_filter(random, depth - 1) + ")";
    default:
      return random_test(random);
  }
}

Json random_document(std::mt19937& random) {
  const auto value = [&] { return parse_json(kJsonValues[random() % std::size(kJsonValues)]); };
  Json document = Json::object();
  if (random() % 4) document["a"] = value();
  if (random() % 2) document["b"] = value();
  if (random() % 2) document["o"]["x"] = value();
  if (random() % 3 == 0) document["l"] = Json::array({{{"y", value()}}, value(), {{"y", value()}}});
  return document;
}

}  // namespace

TEST_CASE("random filters keep what a plain reading of the rules keeps") {
  std::mt19937 random(7);
  const Settings settings = settings_with(R"(["*"])");
  for (int round = 0; round < 12; ++round) {
    Json documents = Json::array();
    const bool dense = round % 3 == 0;  // one value each for some columns
    for (int i = 0; i < 50 + round * 7; ++i) {
      documents.push_back(random_document(random));
      if (dense) documents.back()["a"] = parse_json(kJsonValues[random() % 11]);
    }
    const DocumentsInColumns columns(documents, settings);
    for (int i = 0; i < 150; ++i) {
      const std::string text = random_filter(random, 3);
      CAPTURE(text);
      const Filter filter = parse_filter(text, settings, ErrorCode::InvalidSearchFilter);
      const Bitmap found = evaluate(filter, columns);
      REQUIRE(found.size() == documents.size());
      for (std::size_t d = 0; d < documents.size(); ++d) {
        CAPTURE(dump_json(documents[d]));
        REQUIRE(found.test(d) == fits(documents[d], filter));
      }
    }
  }
}

TEST_CASE("documents with many values are found by any of them") {
  const Settings settings = settings_with(R"(["*"])");
  Json documents = Json::array();
  for (int i = 0; i < 130; ++i) {
    Json values = Json::array();
    for (int value = 0; value < i; ++value) values.push_back(1000 * i + value);
    documents.push_back({{"v", values}});
  }
  const DocumentsInColumns columns(documents, settings);
  for (int i = 1; i < 130; ++i) {
    for (const int value : {0, i / 2, i - 1}) {
      const Filter filter =
          parse_filter("v = " + std::to_string(1000 * i + value), settings, ErrorCode::InvalidSearchFilter);
      const Bitmap found = evaluate(filter, columns);
      CHECK(found.count() == 1);
      CHECK(found.test(static_cast<std::size_t>(i)));
    }
  }
}
