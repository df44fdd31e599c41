// SPDX-License-Identifier: GPL-2.0-or-later
// The sounds by which a typed word or name finds names: spellings that the index has, in the families
// FineKey and Skeleton, with the weight of each (phonetic.h makes them of texts).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/generation.h"
#include "index/terms.h"
#include "text/token.h"

namespace nunmul {

struct SoundTerm {
  Family family = Family::FineKey;
  std::string value;
  double factor = 1;  // on the weight of its family
};

struct SoundOptions {
  bool known = false;        // documents have the word itself, so its sound says little
  bool whole_query = false;  // nothing else was typed
  bool guesses = false;      // PlanStyle::guesses_sounds
};

std::vector<SoundTerm> sounds_of_word(const Generation& generation, const Token& token,
                                      const SoundOptions& options);

// For several words, with a blank between each; `known` if documents have all of them.
std::vector<SoundTerm> sounds_of_name(const Generation& generation, std::string_view name,
                                      const SoundOptions& options);

// Full Korean names of which the word is the given name (chaewon: 김채원).
std::vector<SoundTerm> sounds_of_given_name(const Generation& generation, std::string_view word);

}  // namespace nunmul
