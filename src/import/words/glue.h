// SPDX-License-Identifier: GPL-2.0-or-later
// How likely it is, by the characters alone, that two texts were glued together at a place: "SunriseBoA",
// "BETTERkei", "love지코", "SOFA(소파)Crush".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace nunmul {

// One weight for each place before a character; 0 where nothing speaks for or against it, negative
// inside of words and brackets. The first is for the place before the first character.
std::vector<double> glue_weights(std::u32string_view text);

// The weight of a boundary that is hard to explain otherwise.
constexpr double kStrongGlue = 2.0;

// Dashes and waves that enclose a subtitle as brackets do ("接吻 -kiss-",
// "トッケビ～君がくれた愛しい日々～"), and what they enclose.
std::vector<bool> dash_brackets(std::u32string_view text);

bool has_strong_glue(std::u32string_view text);

}  // namespace nunmul
