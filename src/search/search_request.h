// SPDX-License-Identifier: GPL-2.0-or-later
// One search, as the API, the command line and eval ask it. Read from untrusted input elsewhere; here
// every value is of the right type, and names of attributes are as sent.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "index/settings.h"

namespace nunmul {

struct CropAttribute {
  std::string name;
  std::uint32_t length = 0;  // in words
};

struct SearchRequest {
  std::string q;
  std::uint32_t offset = 0;
  std::uint32_t limit = 20;
  std::optional<std::uint32_t> page;           // either one switches to counted pages
  std::optional<std::uint32_t> hits_per_page;  //
  std::optional<std::vector<std::string>> attributes_to_retrieve;
  std::vector<std::string> attributes_to_highlight;
  std::vector<CropAttribute> attributes_to_crop;
  std::string crop_marker = "…";
  std::string highlight_pre_tag = "<em>";
  std::string highlight_post_tag = "</em>";
  bool show_matches_position = false;
  Json filter;        // null, a string, or an array
  Json token_filter;  // of a tenant token, ANDed with `filter`; same forms
  std::vector<std::string> sort;
  std::optional<std::vector<std::string>> facets;
  std::optional<std::string> distinct;
  std::optional<MatchingStrategy> matching_strategy;  // the index's default if absent
  std::optional<std::vector<std::string>> attributes_to_search_on;
  std::optional<double> ranking_score_threshold;
  std::vector<std::string> locales;
  bool show_ranking_score = false;
  bool show_ranking_score_details = false;
  bool show_performance_details = false;
  bool retrieve_vectors = false;
  std::shared_ptr<const Curation> rules;  // to be tried in the place of the index's; null for those
  bool explain = false;                   // say how the answer came about, in words

  bool counted_pages() const { return page.has_value() || hits_per_page.has_value(); }
};

// A search for the values of a facet.
struct FacetSearchRequest {
  std::string facet_name;
  std::optional<std::string> facet_query;
  SearchRequest among;  // q, filter, matching strategy … of the documents that are counted
};

}  // namespace nunmul
