// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/terms.h"

#include <cmath>

namespace nunmul {
namespace {
constexpr float kStepsPerDoubling = 8.0F / 3.0F;
}

std::uint32_t length_step(std::uint32_t length) {
  if (length <= 1) return 0;
  const auto step =
      static_cast<std::uint32_t>(std::lround(std::log2(static_cast<float>(length)) * kStepsPerDoubling));
  return std::min(step, kLengthSteps - 1);
}

float length_of_step(std::uint32_t step) { return std::exp2(static_cast<float>(step) / kStepsPerDoubling); }

}  // namespace nunmul
