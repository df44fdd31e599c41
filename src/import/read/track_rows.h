// SPDX-License-Identifier: GPL-2.0-or-later
// Playlists and charts copied from a player: title and artist in columns or on lines of their own, and the
// player's controls between them ("▶ Play", 3:41, 담기). They become a list of bullets or numbers.
#pragma once

#include <vector>

#include "import/read/raw_line.h"
#include "import/words/word_lists.h"

namespace nunmul {

// The lines with each track on one line and without controls; as they were where they hold no such rows. A
// tab, and three spaces, are kJoint.
std::vector<RawLine> with_track_rows(const WordLists& words, const std::vector<RawLine>& lines);

}  // namespace nunmul
