// SPDX-License-Identifier: GPL-2.0-or-later
// A plan's words in any text, for highlights and crops.
#pragma once

#include <vector>

#include "search/plan/query_plan.h"
#include "search/present/token_matcher.h"

namespace nunmul {

class PlanMatcher : public TokenMatcher {
 public:
  // Both outlive it. `stops` are marked, and are no words of the query.
  PlanMatcher(const std::vector<Alternative>& alternatives, const std::vector<Alternative>& stops)
      : alternatives_(alternatives), stops_(stops) {}

  std::vector<TokenMatch> find(std::string_view text, const std::vector<Token>& tokens) const override;

 private:
  void find_at(std::uint32_t t, std::string_view text, const std::vector<Token>& tokens,
               const Alternative& alternative, std::vector<TokenMatch>& found) const;

  const std::vector<Alternative>& alternatives_;
  const std::vector<Alternative>& stops_;
};

}  // namespace nunmul
