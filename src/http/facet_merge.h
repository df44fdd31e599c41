// SPDX-License-Identifier: GPL-2.0-or-later
// Merges the facet counts of several searches.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/json.h"
#include "index/settings.h"

namespace nunmul {

// How the values of a facet are ordered in an index: "alpha" or "count".
std::string facet_value_order(const Settings& settings, const std::string& facet);

// The values of one facet, {"sci fi":1,…}, ordered and cut to `most`.
Json ordered_facet_values(const Json& values, const std::string& order, std::size_t most);

// Adds counts to counts, and widens minimum and maximum.
void add_facet_distribution(Json& total, const Json& distribution);
void add_facet_stats(Json& total, const Json& stats);

// Counts the values of a facet in one document (JSON text), each once: numbers, strings and booleans,
// in arrays and in objects inside arrays as well.
void count_facet_values(Json& values, Json& stats, const Json& document, const std::string& facet);

}  // namespace nunmul
