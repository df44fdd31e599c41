// SPDX-License-Identifier: GPL-2.0-or-later
// Hiragana with a particle typed behind it: こんびにを also stands for こんびに. No dictionary tells where a
// word that it does not know ends, so both are looked for.
#pragma once

#include <vector>

#include "search/plan/number_forms.h"
#include "search/plan/query_text.h"
#include "text/analyzer.h"

namespace nunmul {

// Units in hiragana that follow each other without a space, as the words that they are without the particle
// at their end. At least two kana stay.
std::vector<OtherWriting> without_kana_particles(const std::vector<QueryUnit>& units,
                                                 const Analyzer& analyzer);

}  // namespace nunmul
