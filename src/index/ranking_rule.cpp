// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/ranking_rule.h"

#include <algorithm>
#include <array>

namespace nunmul {
namespace {

// In the order of RankingRule::Kind.
constexpr std::array<std::string_view, 8> kNames{"words", "typo",         "proximity", "attributeRank",
                                                 "sort",  "wordPosition", "exactness", "attribute"};

}  // namespace

std::optional<RankingRule> find_ranking_rule(std::string_view text) {
  const auto known = std::find(kNames.begin(), kNames.end(), text);
  if (known != kNames.end()) return RankingRule{static_cast<RankingRule::Kind>(known - kNames.begin())};
  const auto colon = text.rfind(':');
  if (colon == text.npos || colon == 0) return std::nullopt;
  const std::string_view order = text.substr(colon + 1);
  if (order != "asc" && order != "desc") return std::nullopt;
  return RankingRule{RankingRule::Kind::Custom, std::string(text.substr(0, colon)), order == "asc"};
}

std::string to_string(const RankingRule& rule) {
  if (rule.kind != RankingRule::Kind::Custom) return std::string(name_of(rule.kind));
  return rule.attribute + (rule.ascending ? ":asc" : ":desc");
}

std::string_view name_of(RankingRule::Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

}  // namespace nunmul
