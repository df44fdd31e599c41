// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: names of the same thing are pairs, and a city that the English file leaves out has the name of
// its zone; a file that was cut gives what stands before the cut.
#include "text/cldr_names.h"

#include <doctest/doctest.h>

#include "support/sample_dictionaries.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/cldr_names");

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST_CASE("names of the same thing are pairs") {
  CHECK(paired_names(sample_names_ko(), sample_names_en()) == Pairs{{"독일어", "German"},
                                                                    {"독일", "Germany"},
                                                                    {"미국", "United States"},
                                                                    {"미국", "US"},
                                                                    {"먼나라", "A name of too many words"},
                                                                    {"뉴욕", "New York"}});
}

TEST_CASE("a cut file gives what stands before the cut") {
  const std::string& whole = sample_names_ko();
  for (std::size_t length = 0; length <= whole.size(); ++length)
    CHECK(paired_names(whole.substr(0, length), sample_names_en()).size() <= 6);
}
