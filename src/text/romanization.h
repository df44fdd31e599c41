// SPDX-License-Identifier: GPL-2.0-or-later
// How people write Korean names in Latin letters: by the official romanisation, by older ones and by habit
// (Lee, Park, Jung, Yoon). The fine keys (phonetic.h) make of all of them one; this tells them apart again,
// to find which of two names that sound alike was meant.
#pragma once

#include <string_view>

namespace nunmul {

// The letters that differ between what was typed and the nearest usual spelling of a name of syllables;
// spellings that are less usual cost tenths. The first syllable may be a family name.
float romanization_distance(std::string_view letters, std::u32string_view syllables);

}  // namespace nunmul
