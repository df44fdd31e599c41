// SPDX-License-Identifier: GPL-2.0-or-later
// Runs of Han characters and kana, Japanese and Chinese alike: words by ICU's dictionary, pairs of
// neighbours, and single Han characters. The words rank best, the pairs find names that no dictionary
// has, and the single characters let 涙 find 涙が.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// The borders of words inside runs of Han characters and kana: for each run the ends of its words, in
// characters from the run's beginning, the last being its length. Runs are taken together because
// asking ICU costs more than its work on one run. Safe to call from many threads: each has its own iterator.
class HanWordBreaker {
 public:
  // Makes room for the next text.
  void clear();
  void add_run(std::u32string_view run);
  // To be called once after the last run.
  void find_words();
  std::span<const std::uint32_t> words(std::size_t run) const;

 private:
  std::u16string text_;                     // the runs with a space after each
  std::vector<std::uint32_t> run_begins_;   // in text_
  std::vector<std::uint32_t> word_ends_;    // of all runs
  std::vector<std::uint32_t> first_words_;  // of each run, in word_ends_; one more at the end
};

// Whether a word of a run is searched as a word: pieces of one or two hiragana are mostly particles
// and endings, and cost more than they find.
bool is_han_word(std::u32string_view word, std::size_t run_length);

// Whether two neighbours are searched as a pair as they are written: not if both are hiragana, which are
// found by how they are spelled (kana_spelling.h).
bool is_han_pair(char32_t first, char32_t second);

bool is_kanji(char32_t code);

}  // namespace nunmul
