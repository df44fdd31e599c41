// SPDX-License-Identifier: GPL-2.0-or-later
// The gaps of the table of themes for an index: frequent words that belong to no theme, so that the
// table can grow with the site.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "index/generation.h"
#include "text/analyzer.h"

namespace nunmul {

struct UncoveredWord {
  std::string word;  // the commonest of the forms that share a stem
  std::uint64_t documents = 0;
};

// The commonest first. Left out are names and stop words that the tables know, numbers, words of one letter,
// and what fewer than two documents have.
std::vector<UncoveredWord> uncovered_words(const Generation& generation, std::size_t most);

// The themes that a text names, in its order.
std::vector<std::string> themes_of(const Analyzer& analyzer, const std::string& text);

}  // namespace nunmul
