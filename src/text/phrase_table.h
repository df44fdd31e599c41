// SPDX-License-Identifier: GPL-2.0-or-later
// Which known names or themes stand in a text. Phrases are compared letter by letter over the borders of
// words, so 소녀 시대 is 소녀시대 and a phrase inside a run of Han characters is found without cutting it
// right. Where a phrase may begin and end depends on the script:
//   Latin    with a word
//   Hangul   begins with a word, ends with it or with its stem (소녀시대의); a stem of a verb ends anywhere
//   Han      anywhere, except that one Han character is no part of several (恋 is not in 恋人), katakana
//            not of a longer stretch of them, and short hiragana keeps to the words that ICU finds
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/token.h"

namespace nunmul {

// What a phrase stands for, as its owner numbers it.
struct PhraseEntry {
  std::uint32_t owner = 0;
  bool ambiguous = false;  // it often means something else
  bool beginning = false;  // a stem: the Hangul word may go on in any way
  bool operator==(const PhraseEntry&) const = default;
};

struct PhraseMatch {
  std::size_t first = 0;  // tokens [first, first + count)
  std::size_t count = 0;
  std::size_t letters = 0;  // of the phrase
  PhraseEntry entry;
};

class PhraseTable {
 public:
  enum class LatinForm { Word, Stem };
  // Whether Latin words are compared as they are (names) or by their stems (themes).
  explicit PhraseTable(LatinForm latin_form = LatinForm::Word) : latin_form_(latin_form) {}

  // The letters of a phrase, as its tokens have them.
  std::u32string letters_of(std::span<const Token> phrase) const;

  void add(std::u32string_view letters, PhraseEntry entry);

  // The longest phrases of the text from left to right, not overlapping; where one phrase has several
  // entries there is a match for each.
  std::vector<PhraseMatch> find(std::span<const Token> tokens) const;

  std::size_t size() const { return size_; }

 private:
  struct Edge {
    std::uint64_t key = 0;  // node and letter, 0 if free
    std::uint32_t node = 0;
  };
  struct Node {
    std::uint32_t first_entry = 0;  // 1 + its place in entries_, 0 if no phrase ends here
  };
  struct Entry {
    PhraseEntry entry;
    std::uint32_t next = 0;  // as first_entry
  };
  class Finder;

  std::uint32_t child(std::uint32_t node, char32_t letter) const;
  std::uint32_t child_or_new(std::uint32_t node, char32_t letter);
  void grow();

  LatinForm latin_form_;
  std::vector<Edge> edges_ = std::vector<Edge>(64);  // an open hash table, its size a power of two
  std::size_t edge_count_ = 0;
  std::vector<Node> nodes_{Node{}};
  std::vector<Entry> entries_;
  std::size_t size_ = 0;
};

}  // namespace nunmul
