// SPDX-License-Identifier: GPL-2.0-or-later
// Which known names or themes stand in a text. Phrases are compared letter by letter over the borders of
// words, so 소녀 시대 is 소녀시대 and a phrase inside a run of Han characters is found without cutting it
// right. Where a phrase may begin and end depends on the script:
//   Latin    with a word
//   Hangul   begins with a word, ends with it or with its stem (소녀시대의); after a stem of a verb what may
//            be an ending goes on
//   Han      anywhere, except that one Han character is no part of several (恋 is not in 恋人), katakana
//            not of a longer stretch of them, and hiragana keeps to the words that ICU finds, or if short
//            to the whole run, since particles and endings look like it
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/token.h"

namespace nunmul {

// The meaning of a phrase, as its owner numbers it.
struct PhraseEntry {
  std::uint32_t owner = 0;
  bool ambiguous = false;  // it often means something else
  bool beginning = false;  // a stem: the Hangul word may go on with an ending
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
  // Whether Latin words are compared as they are (names; also written as one word or as several, 첫 사랑
  // and Black Pink) or may be inflected (themes; word by word).
  explicit PhraseTable(LatinForm latin_form = LatinForm::Word) : latin_form_(latin_form) {}

  void add(std::span<const Token> phrase, PhraseEntry entry);

  // Letters that stand for a phrase without being its words: a stem.
  void add_stem(std::u32string_view letters, PhraseEntry entry);

  // The letters of a phrase, as its tokens have them.
  std::u32string letters_of(std::span<const Token> phrase) const;

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
    std::uint32_t next = 0;   // as first_entry
    std::uint32_t words = 0;  // 1 + the place of its words in latin_words_, 0 if it is not all Latin
  };
  class Finder;

  std::uint32_t child(std::uint32_t node, char32_t letter) const;
  std::uint32_t child_or_new(std::uint32_t node, char32_t letter);
  void grow();
  void add_entry(std::u32string_view letters, Entry added);

  LatinForm latin_form_;
  std::vector<Edge> edges_ = std::vector<Edge>(64);  // an open hash table, its size a power of two
  std::size_t edge_count_ = 0;
  std::vector<Node> nodes_{Node{}};
  std::vector<Entry> entries_;
  std::vector<std::vector<std::string>> latin_words_;
  std::vector<bool> first_letters_ = std::vector<bool>(0x10000);  // of phrases; most letters begin none
  std::size_t size_ = 0;
};

}  // namespace nunmul
