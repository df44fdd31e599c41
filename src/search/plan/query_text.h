// SPDX-License-Identifier: GPL-2.0-or-later
// The typed text, taken apart: words, "quoted phrases", and what stands behind a minus; quotes, minus and
// spaces as any keyboard has them (“ ” ＂ 「 」, － –, the ideographic space). Symbols (♥, ???) are words
// where nothing else was typed.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "search/plan/query_units.h"
#include "text/analyzer.h"

namespace nunmul {

struct QueryText {
  std::vector<QueryUnit> units;     // in the order of typing
  std::vector<QueryUnit> excluded;  // documents with one of these are left out
  std::vector<QueryUnit> stops;     // stop words of the settings that were left out
  std::uint32_t words_in_all = 0;   // of the units, and what was left out between them
  std::string words;                // the text outside of quotes and exclusions, as far as its words count
  std::string unfinished_kana;      // "k" of たいk: what an input method has not made kana of; no word

  // The units [first, first + second) that the tokens [first, first + count) of `words` became; none if all
  // of them were left out.
  std::pair<std::uint32_t, std::uint32_t> units_of(std::size_t first, std::size_t count) const;

  // Whether words that count are in no unit (stop words, の).
  bool left_words_out() const;
  // Whether the first or the last word is among them: a question begins or ends so, a row of keywords does
  // not (tears of a giraffe).
  bool left_ends_out() const;
};

// The first 4,096 bytes of a query, all that is read: nobody types more, and a word of a million letters
// would cost every other search seconds.
std::string_view read_part(std::string_view q);

constexpr std::size_t kMaxPhraseWords = 100;  // of a quoted phrase; the words behind do not count

// Reads a query; no text is an error. At most `max_words` words count, and all of a phrase that begins among
// them. Stop words among the unquoted words are left out if another word is left, but not out of
// `kept_phrases`; `stop_words` (folded) are those of the settings, besides the analyzer's own list when
// `drop_common` says so.
struct QueryTextOptions {
  std::size_t max_words = 10;
  bool prefix_search = true;
  bool drop_common = false;
  const std::vector<std::string>* stop_words = nullptr;
  const std::vector<std::vector<Token>>* kept_phrases = nullptr;
};
QueryText read_query(std::string_view q, const Analyzer& analyzer, const QueryTextOptions& options);

// How many units from `first` on say these words: word for word, or one written together what the other
// writes as two or three words; 0 if they say something else.
std::uint32_t units_saying(const std::vector<QueryUnit>& units, const std::vector<Token>& words,
                           std::size_t first);

}  // namespace nunmul
