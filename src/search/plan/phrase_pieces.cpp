// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/phrase_pieces.h"

#include <algorithm>

#include "base/utf8.h"

namespace nunmul {
namespace {

// A copied text has this many letters; in a shorter one "1日" does not mean 21日.
constexpr std::size_t kMinCopiedLetters = 5;

}  // namespace

std::vector<PhrasePiece> phrase_pieces(const std::vector<Token>& tokens) {
  std::vector<PhrasePiece> pieces;
  std::size_t letters = 0;
  bool has_han = false;
  for (const Token& token : tokens) {
    letters += count_chars(token.word);
    has_han = has_han || token.script == Script::Han;
    if (token.script == Script::Han && !pieces.empty() && pieces.back().token.script == Script::Han) {
      Token& before = pieces.back().token;
      before.word += token.word;
      before.stem = before.word;
      before.end = token.end;
      if (token.separated) pieces.back().runs.emplace_back();
      pieces.back().runs.back() += token.word;
    } else {
      pieces.push_back({token, {token.word}});
    }
  }
  if (pieces.size() < 2 || !has_han || letters < kMinCopiedLetters) return pieces;
  const auto may_be_cut = [](const PhrasePiece& edge) { return edge.token.script == Script::Latin; };
  if (may_be_cut(pieces.front())) pieces.front().borders = WordPattern::Borders::FreeBegin;
  if (may_be_cut(pieces.back())) pieces.back().borders = WordPattern::Borders::FreeEnd;
  return pieces;
}

}  // namespace nunmul
