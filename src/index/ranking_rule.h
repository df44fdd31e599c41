// SPDX-License-Identifier: GPL-2.0-or-later
// One of the rules by which a search orders what it found, as `rankingRules` list them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nunmul {

struct RankingRule {
  // Attribute stands for AttributeRank and WordPosition together; Sort is where the request's sort stands;
  // Custom orders by an attribute of the documents.
  enum class Kind { Words, Typo, Proximity, AttributeRank, Sort, WordPosition, Exactness, Attribute, Custom };
  Kind kind = Kind::Words;
  std::string attribute{};  // of a custom rule
  bool ascending = true;    //

  // Whether it compares values of documents, instead of how they match.
  bool orders_by_values() const { return kind == Kind::Sort || kind == Kind::Custom; }
};

// "typo" or "year:desc"; nothing for a text of another form.
std::optional<RankingRule> find_ranking_rule(std::string_view text);
std::string to_string(const RankingRule& rule);

// The API's name of a built-in rule.
std::string_view name_of(RankingRule::Kind kind);

}  // namespace nunmul
