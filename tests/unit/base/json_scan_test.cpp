// SPDX-License-Identifier: GPL-2.0-or-later
// Walking JSON text: fields and items come with their very text; odd text is never read past its end.
#include "base/json_scan.h"

#include <doctest/doctest.h>

#include <random>

#include "base/json.h"

TEST_SUITE_BEGIN("base/json_scan");

using namespace nunmul;

namespace {

std::string fields_of(std::string_view text) {
  JsonWalker walker(text);
  std::string fields;
  while (const auto field = walker.next_field())
    fields += field->name + "=" + std::string(field->value) + "|";
  return fields;
}

std::string items_of(std::string_view text) {
  JsonWalker walker(text);
  std::string items;
  while (const auto item = walker.next_item()) items += std::string(*item) + "|";
  return items;
}

}  // namespace

TEST_CASE("fields keep their order and their very text") {
  CHECK(fields_of(R"({"a":1.0,"b":"x,\"}","c":[1,{"d":"]"}],"e":{"f":{}} , "g" : null})") ==
        R"(a=1.0|b="x,\"}"|c=[1,{"d":"]"}]|e={"f":{}}|g=null|)");
  CHECK(fields_of(" {\n \"a\\u0062\" : 12345678901234567890 \n}\n") == "ab=12345678901234567890|");
  CHECK(fields_of("{}") == "");
  CHECK(fields_of("[1]") == "");
}

TEST_CASE("items of arrays too") {
  CHECK(items_of(R"([1, "a,b" ,[2,3],{"x":[4]},[],null])") == R"(1|"a,b"|[2,3]|{"x":[4]}|[]|null|)");
  CHECK(items_of("[]") == "");
  CHECK(items_of("{}") == "");
}

TEST_CASE("text that is no JSON ends the walk") {
  std::mt19937 random(5);
  const std::string signs = "{}[],:\"\\ a1";
  for (int i = 0; i < 5000; ++i) {
    std::string text = random() % 2 ? "{" : "[";
    for (unsigned n = random() % 30; n > 0; --n) text += signs[random() % signs.size()];
    CHECK(fields_of(text).size() <= 40 * text.size());
    CHECK(items_of(text).size() <= 40 * text.size());
  }
}
