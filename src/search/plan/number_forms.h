// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers and dates of a query as a text may write them otherwise: 三人 and 3人, 二〇二四年 and 2024年,
// 2024年 and 2024년, 20240501 and 2024.05.01.
#pragma once

#include <cstdint>
#include <vector>

#include "search/plan/query_text.h"
#include "text/analyzer.h"

namespace nunmul {

struct OtherWriting {
  std::uint32_t first_unit = 0;
  std::uint32_t units = 1;
  std::vector<Token> tokens;  // that say the same
};

std::vector<OtherWriting> numbers_otherwise(const std::vector<QueryUnit>& units, const Analyzer& analyzer);

}  // namespace nunmul
