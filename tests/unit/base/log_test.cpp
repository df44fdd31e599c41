// SPDX-License-Identifier: GPL-2.0-or-later
// Log: what comes from outside is quoted into one line of bounded length.
#include "base/log.h"

#include <doctest/doctest.h>

#include <string>

#include "base/json.h"

TEST_SUITE_BEGIN("base/log");

namespace nunmul {
namespace {

TEST_CASE("a quoted text is one line") {
  CHECK(nunmul::quoted("") == "\"\"");
  CHECK(nunmul::quoted("two\nlines \"and\" \x1b[31m") == "\"two\\nlines \\\"and\\\" \\u001b[31m\"");
  CHECK(nunmul::quoted("눈물") == "\"눈물\"");
}

TEST_CASE("a long text is cut between two characters") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "물";
  CHECK(parse_json(nunmul::quoted(text)).get<std::string>() == text.substr(0, 198));
  CHECK(parse_json(nunmul::quoted(std::string(200, 'x'))) == std::string(200, 'x'));
  CHECK(parse_json(nunmul::quoted(std::string(201, 'x'))) == std::string(200, 'x'));
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
