// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: keywords are read by symbol; a keyword pairs with the one that shares most of its symbols,
// and not on the strength of a single one.
#include "text/cldr_annotations.h"

#include <doctest/doctest.h>

#include "support/sample_dictionaries.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/cldr_annotations");

TEST_CASE("the keywords of each symbol are read") {
  std::vector<std::string> read;
  read_annotations(sample_annotations_en(),
                   [&](std::string_view symbol, const std::vector<std::string>& keywords) {
                     std::string line(symbol);
                     for (const std::string& keyword : keywords) line.append("|").append(keyword);
                     read.push_back(line);
                   });
  CHECK(read == std::vector<std::string>{"a|anchor|ship|tool & gear", "b|ship|ferry", "c|lantern"});
}

TEST_CASE("keywords that share two symbols are a pair") {
  const auto pairs = paired_keywords(sample_annotations_ko(), sample_annotations_en());
  CHECK(pairs == std::vector<std::pair<std::string, std::string>>{{"선박", "ship"}});
}

TEST_CASE("a cut file gives what stands before the cut") {
  const std::string& whole = sample_annotations_en();
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    std::size_t symbols = 0;
    read_annotations(whole.substr(0, length), [&](std::string_view, const auto&) { ++symbols; });
    CHECK(symbols <= 3);
  }
}
