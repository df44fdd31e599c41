// SPDX-License-Identifier: GPL-2.0-or-later
// A line of how a document came to its score, for people to read.
#pragma once

#include <string_view>

namespace nunmul {

struct ScoreRow {
  std::string_view name;  // a literal
  double weight = 0;      // what all of it adds; 0 for a rule, which decides only where those before it tie
  double value = 0;
  double of = 1;  // the most that `value` may be, or its unit

  double points() const { return weight * value / of; }
};

}  // namespace nunmul
