// SPDX-License-Identifier: GPL-2.0-or-later
// A plan's words in any text, for highlights and crops.
#pragma once

#include <vector>

#include "search/query_plan.h"
#include "search/token_matcher.h"

namespace nunmul {

class PlanMatcher : public TokenMatcher {
 public:
  // The alternatives outlive it.
  explicit PlanMatcher(const std::vector<Alternative>& alternatives) : alternatives_(alternatives) {}

  std::vector<TokenMatch> find(std::string_view text, const std::vector<Token>& tokens) const override;

 private:
  const std::vector<Alternative>& alternatives_;
};

}  // namespace nunmul
