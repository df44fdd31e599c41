// SPDX-License-Identifier: GPL-2.0-or-later
// How a strategy wants a query planned. Each strategy is a row of these (rank/strategy.cpp), chosen once;
// planning asks for the facts, never which strategy it is.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nunmul {

struct PlanStyle {
  // Which words a document may lack: none, the last ones, or the commonest.
  enum class Drops : std::uint8_t { None, Last, Commonest };

  std::size_t max_words = 10;    // of the query that count
  std::uint32_t max_joined = 3;  // neighbouring words that documents may have as one
  Drops drops = Drops::None;
  bool as_sentence = false;     // common words go, compounds come apart, and words mean themes
  bool by_weight = false;       // terms bring documents by what they weigh together, not word by word
  bool weighs_typos = false;    // what is misspelt weighs less, so it must be rare; else it ranks behind
  bool guesses_sounds = false;  // names that sound nearly so; not where words are promised
};

}  // namespace nunmul
