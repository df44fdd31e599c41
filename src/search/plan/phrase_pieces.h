// SPDX-License-Identifier: GPL-2.0-or-later
// The pieces by which a phrase is compared: Han characters and kana in a row are one piece, since where words
// end in them depends on what stands around; and a text that was copied may be cut inside a word or number.
#pragma once

#include <string>
#include <vector>

#include "search/plan/word_pattern.h"
#include "text/token.h"

namespace nunmul {

struct PhrasePiece {
  Token token;
  std::vector<std::string> runs;  // of Han characters and kana: what stands without a mark or space between
  WordPattern::Borders borders = WordPattern::Borders::Both;
};

std::vector<PhrasePiece> phrase_pieces(const std::vector<Token>& tokens);

}  // namespace nunmul
