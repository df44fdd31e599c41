// SPDX-License-Identifier: GPL-2.0-or-later
// A term as a query asks for it: what it weighs beside the others.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "index/terms.h"
#include "text/token.h"

namespace nunmul {

struct PlannedTerm {
  Family family = Family::LatinStem;
  std::string term;
  double weight = 1;
  // For many terms asked for as one (gathered): those, and `term` only names them.
  std::shared_ptr<const std::vector<PlannedTerm>> together = nullptr;
  // Of a name's spelling: a word's term; documents that have it are left out.
  std::string unless{};
};

constexpr double kPrefixWeight = 0.6;  // of what only begins like the typed word, against the word itself
constexpr double kAmbiguous = 0.33;    // of a theme or name that also means something else

// With the weight of its family, as measured on judged queries (index/terms.h), times `factor`.
PlannedTerm planned(Family family, std::string_view value, double factor = 1);

// Each term once, with the highest of its weights, in the order of their first places.
std::vector<PlannedTerm> strongest_of_each(std::vector<PlannedTerm> terms);

// Takes out what `than` has with at least the same weight.
void drop_weaker(std::vector<PlannedTerm>& terms, const std::vector<PlannedTerm>& than);

// All of the terms as one, a document weighing what those that it has weigh together. They are all of
// spellings of names, or all of others.
PlannedTerm merged(std::vector<PlannedTerm> terms);

// The family in which a word is found by its stem.
Family word_family(Script script);

}  // namespace nunmul
