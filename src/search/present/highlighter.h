// SPDX-License-Identifier: GPL-2.0-or-later
// `_formatted` and `_matchesPosition` of a hit: its texts with the query's words marked, long ones cut to
// a window around them, and where the words stand.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/request_budget.h"
#include "index/settings.h"
#include "search/present/attributes.h"
#include "search/present/search_result.h"
#include "search/present/text_window.h"
#include "search/present/token_matcher.h"
#include "search/search_request.h"

namespace nunmul {

// For one search, one thread; everything passed outlives it.
class Highlighter {
 public:
  using Tokenize = std::function<std::vector<Token>(std::string_view)>;

  // `fields`: the top-level fields that the index's documents have; what is asked for none of them
  // gives no `_formatted`.
  Highlighter(const SearchRequest& request, const Settings& settings, const std::vector<std::string>& fields,
              const TokenMatcher& matcher, RequestBudget& budget, Tokenize tokenize);

  // Whether the request asks for anything of it.
  bool is_wanted() const { return wants_formatted_ || request_.show_matches_position; }

  // Fills in what the request asks for, and charges the budget with it. `document` is the whole document,
  // not only what is retrieved.
  void dress(Hit& hit, const Json& document);

 private:
  // A text or number of the document.
  struct Leaf {
    std::string number;  // its text if it is a number
    std::string_view text;
    std::vector<Token> tokens;
    std::vector<TokenMatch> matches;  // sorted, those that overlap joined
  };

  const Leaf& leaf(const Json& value);
  std::optional<std::uint32_t> crop_length(std::string_view path) const;
  bool asks_for(const std::vector<std::string>& fields) const;
  std::string marked(const Leaf& leaf, const TextWindow& window, bool highlight) const;

  std::optional<Json> format(const Json& value, const std::string& path, AttributeSet::Part part);
  std::optional<Json> format_object(const Json& value, const std::string& path);
  std::optional<Json> format_array(const Json& value, const std::string& path, AttributeSet::Part part);
  Json format_leaf(const Json& value, const std::string& path);
  Json plain_text(const Json& value);
  // The list of a path in `_matchesPosition`, made if it is not there.
  Json& positions_at(const std::string& path, Json& positions);
  void find_positions(const Json& value, const std::string& path, std::vector<std::uint32_t>& indices,
                      Json& positions);

  const SearchRequest& request_;
  const TokenMatcher& matcher_;
  RequestBudget& budget_;
  Tokenize tokenize_;
  AttributeSelection displayed_;
  AttributeSelection formatted_;  // what `_formatted` holds
  AttributeSet highlighted_{std::vector<std::string>{}};
  bool wants_formatted_ = false;
  std::unordered_map<const Json*, Leaf> leaves_;                  // of the present document
  std::unordered_map<std::string, std::size_t> position_places_;  // of paths in its `_matchesPosition`
};

}  // namespace nunmul
