// SPDX-License-Identifier: GPL-2.0-or-later
// The settings whose values have a form of their own: from JSON, checked, and back.
#pragma once

#include <string>
#include <vector>

#include "base/placed_json.h"
#include "index/settings.h"

namespace nunmul {

std::vector<FilterableRule> read_filterable_rules(const PlacedJson& place);
Json filterable_rules_json(const std::vector<FilterableRule>& rules);

std::vector<RankingRule> read_ranking_rules(const PlacedJson& place);
Json ranking_rules_json(const std::vector<RankingRule>& rules);

// Merged into what is there, field by field; null resets a field.
void read_typo_tolerance(TypoTolerance& tolerance, const PlacedJson& place);
Json typo_tolerance_json(const TypoTolerance& tolerance);

// Both fields of `faceting`, merged likewise; sortFacetValuesBy is replaced as a whole.
void read_faceting(Settings& settings, const PlacedJson& place);
Json faceting_json(const Settings& settings);

// Sorted by key, the values as given.
Json read_synonyms(const PlacedJson& place);

std::vector<LocalizedRule> read_localized_rules(const PlacedJson& place);
Json localized_rules_json(const std::vector<LocalizedRule>& rules);

}  // namespace nunmul
