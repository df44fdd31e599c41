// SPDX-License-Identifier: GPL-2.0-or-later
// The measures of a document that ranking looks at, made from its matches: those of the API's ranking
// rules, and those of our own order.
#pragma once

#include <cstdint>
#include <vector>

#include "search/match/document_matcher.h"

namespace nunmul {

// Which units of a query a document answers by a term for the whole document (a name under another
// spelling), beside the words that stand in it.
using UnitSet = std::uint64_t;
inline UnitSet unit_bits(std::uint32_t first, std::uint32_t units) {
  return first >= 64 ? 0 : ((units >= 64 ? ~0ULL : (1ULL << units) - 1) << first);
}

inline bool has_unit(UnitSet units, std::uint32_t unit) { return unit < 64 && (units >> unit & 1) != 0; }

enum class Exactness : std::uint8_t { Neither = 1, Begins = 2, Whole = 3 };

struct Features {
  std::uint32_t units = 0;  // of the query
  UnitSet matched = 0;      // which are answered
  std::uint32_t words = 0;  // how many
  std::uint32_t typos = 0;
  std::uint32_t proximity_cost =
      0;  // over neighbouring units: words between, at most 3 each; backwards one more
  std::uint32_t attribute_cost = 0;  // sum of the best attribute's place
  std::uint32_t position_cost = 0;   // sum of steps of how far a word stands from its place in the query
  Exactness exactness = Exactness::Neither;
  std::uint32_t exact_words = 0;  // the very words, without typo, prefix or synonym
  std::uint32_t relatives =
      0;  // words that stand there in another form only, though documents have them as typed
  std::uint32_t unplaced = 0;  // units answered though no word of the document stands for them (a sound, a
                               // theme): they rank as if they stood in the last place
  // Our own:
  bool sure = false;         // every unit is answered by its very word, one on the way, a theme or a name
  bool named = false;        // some units are all of a name field, or a name by how it is spelt or sounds
  UnitSet themes = 0;        // units answered by a theme or a name that the tables know
  bool of_kind = false;      // an entry of a kind that is asked for
  bool other_kind = false;   // an entry of another
  double completion = 0;     // how much was typed of a name that begins with all of it
  double spelling_gap = 0;   // 0 to 1: how far the spelling of a name is from what was typed, where only its
                             // sound answers a unit
  bool wild = false;         // nothing answers the query but such a name, and that is spelt quite otherwise
  double field_cover = 0;    // share of the units inside name fields of which every word is asked for
  bool exact_cover = false;  // likewise all of the units, as typed or as the words of an alternative
  double closeness = 0;      // 0 to 1: how near neighbouring units stand to each other in the text
  double found = 0;          // 0 to 1: how much of the query is answered, each unit by its rarity
  double name_asked = 0;     // likewise how much of it stands in name fields
  double name_cover = 0;     // the same, each unit times the share of its name field that is asked for
};

// Units answered by terms of the whole document, in name fields.
struct TermAnswers {
  UnitSet units = 0;
  UnitSet named = 0;      // by how a name is spelt or sounds
  UnitSet known = 0;      // by a theme or a name, of which the tables know that it is meant
  UnitSet sounding = 0;   // by the sound of a name
  UnitSet otherwise = 0;  // by anything but a sound
  UnitSet as_typed = 0;   // those of them for which the very letters stand in the document (Letters::AsTyped)
};

Features features_of(const DocumentMatches& matches, const QueryShape& shape, const TermAnswers& by_terms);

}  // namespace nunmul
