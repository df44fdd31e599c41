// SPDX-License-Identifier: GPL-2.0-or-later
// Folding: the one form in which writings that mean the same are compared. NFKC_Casefold (width, case,
// composed Hangul and kana), and besides:
//   - marks of Latin and Greek letters go (shōjo → shojo); those of kana never do (が stays が);
//   - letters that Unicode does not take apart are spelled out (ø → o, ł → l, æ → ae);
//   - lone jamo are U+3131… (ㅎ), in whatever block they came, and never join to a syllable by themselves;
//   - what is typed for an apostrophe (’ ‘ ʼ ´ ` ′ …) is ', a zero width space is a space.
// Every folded character remembers the bytes that it came from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

struct FoldedChar {
  char32_t code = 0;
  std::uint32_t begin = 0;  // bytes [begin, end) of the text before folding: whole characters; several
  std::uint32_t end = 0;    // folded ones share them where one became many (㍿) or many became one
};

// Appends the folded characters of text[from, to) to `out`; their offsets count from text[0]. Linear in
// the length, whatever the text. `from` and `to` must lie between characters.
void fold_into(std::vector<FoldedChar>& out, std::string_view text, std::size_t from, std::size_t to);

// The folded text alone.
std::string fold(std::string_view text);
std::u32string fold_utf32(std::string_view text);

}  // namespace nunmul
