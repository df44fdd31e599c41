// SPDX-License-Identifier: GPL-2.0-or-later
// The same song in several articles is one entry: all its sources listed, the longest description kept.
#pragma once

#include <vector>

#include "import/entry.h"

namespace nunmul {

// In the order of first mention. Entries are the same when kind, title and artist agree in any of the
// scripts given for them, and no two years contradict; those with an id of their own, when it is equal.
std::vector<Entry> merge_entries(std::vector<Entry> entries);

}  // namespace nunmul
