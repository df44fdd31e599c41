// SPDX-License-Identifier: GPL-2.0-or-later
// How many of the documents found have each value of an attribute, and the span of its numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/request_budget.h"
#include "index/bitmap.h"
#include "index/settings.h"
#include "search/columns/segment_columns.h"

namespace nunmul {

struct FacetHit {
  std::string value;
  std::uint64_t count = 0;
};

enum class FacetOrder { Alpha, Count };

struct FacetOptions {
  std::size_t max_values = 100;
  FacetOrder order = FacetOrder::Alpha;
};

// By sortFacetValuesBy and maxValuesPerFacet of the settings.
FacetOptions facet_options(const Settings& settings, std::string_view attribute);

// The attributes that names, patterns and `*` ask for, sorted: columns that fit and are filterable, and
// filterable names that no document has. Throws Error(code) for a name that fits no filterable one.
std::vector<std::string> facet_attributes(const std::vector<std::string>& asked,
                                          const SegmentColumns& segments, const Settings& settings,
                                          ErrorCode code = ErrorCode::InvalidSearchFacets);

struct Facet {
  std::vector<FacetHit> values;  // in the facet's order, at most max_values
  std::optional<double> min;     // of the numbers, all of them
  std::optional<double> max;
};

// Among `matches`, a set a segment (erased documents left out by the caller).
Facet count_facet(std::string_view attribute, const SegmentColumns& segments,
                  const std::vector<Bitmap>& matches, const FacetOptions& options);

// The values for which fits(value) holds, asked in the facet's order until there are enough.
std::vector<FacetHit> find_facet_values(std::string_view attribute, const SegmentColumns& segments,
                                        const std::vector<Bitmap>& matches, const FacetOptions& options,
                                        const std::function<bool(std::string_view)>& fits);

// facetDistribution and facetStats of a search.
struct FacetAnswer {
  Json distribution = Json::object();  // {"genre":{"rock":2}}
  Json stats = Json::object();         // {"year":{"min":1999,"max":2018}}
};
FacetAnswer count_facets(const std::vector<std::string>& asked, const SegmentColumns& segments,
                         const std::vector<Bitmap>& matches, const Settings& settings, RequestBudget& budget);

}  // namespace nunmul
