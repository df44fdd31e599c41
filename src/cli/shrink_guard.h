// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a run of `nunmul index` would remove so much that a failed export is more likely than intent.
#pragma once

#include <cstdint>
#include <string>

#include "cli/input_state.h"

namespace nunmul {

struct Shrinkage {
  std::uint64_t documents = 0;  // in the index before
  std::uint64_t removed = 0;
  std::uint64_t read = 0;  // entries of the files
  EntryCounts before, now;
};

// Why the run is to be refused, or "".
std::string shrink_refusal(const Shrinkage& shrinkage);

}  // namespace nunmul
