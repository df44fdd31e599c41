// SPDX-License-Identifier: GPL-2.0-or-later
// Identifiers that the same entry gets at every import, wherever its file lies: made from kind, title and
// artist as they stay when spelled, spaced or quoted otherwise, with brackets in another script left out.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

// Readable where title and artist are Latin ("song-younha-on-a-rainy-day"), else with a hash for what is
// not ("song-roy-kim-5b1f0c9d27aa"). Only a-z, 0-9 and "-", at most 100 bytes.
std::string stable_id(std::string_view kind, std::string_view title, std::string_view artist);

// For documents without kind, title and artist: from their whole text.
std::string content_id(std::string_view text);

}  // namespace nunmul
