// SPDX-License-Identifier: GPL-2.0-or-later
// The owner's rules for certain searches, a setting of the index. A rule applies to a query, a filter or some
// days. It pins documents to places, hides some, boosts others, or redirects.
//   [{"name":"concert","when":{"query":{"contains":"콘서트"},"from":"2026-12-01","to":"2026-12-31"},
//     "then":{"pin":[{"id":"tour-2026","place":1}],"hide":["old-tour"],
//             "boost":[{"filter":"year = 2026","weight":1.5}],"redirect":"https://example.org/tour"}}]
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/placed_json.h"
#include "base/time.h"

namespace nunmul {

struct CurationRule {
  enum class Query { Any, Is, Contains, Theme };
  struct Pin {
    std::string id;
    std::uint32_t place = 1;  // of the hits, from 1
  };
  struct Boost {
    Json filter;
    double weight = 1;  // that scores are multiplied by
  };

  std::string name;
  Query by = Query::Any;
  std::string text;           // that the query is or contains, or a theme or one of its words
  Json filter;                // that the request has, alone or among others; null for any
  std::optional<Time> from;   // inclusive
  std::optional<Time> until;  // exclusive
  std::vector<Pin> pins;
  std::vector<std::string> hidden;  // ids
  std::vector<Boost> boosts;
  std::string redirect;  // an address, or ""
};

struct Curation {
  Json json;  // as given
  std::vector<CurationRule> rules;
};

// An array of at most 10,000 rules, each under a name of its own; null for an empty one. Throws what
// PlacedJson does. Filters are not checked here, since they depend on other settings: curation_warnings()
// checks them.
std::shared_ptr<const Curation> read_curation(const PlacedJson& place);

}  // namespace nunmul
