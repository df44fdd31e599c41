// SPDX-License-Identifier: GPL-2.0-or-later
// The words of an index that a typed word may stand for, over all segments of a generation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/generation.h"
#include "index/settings.h"
#include "text/token.h"

namespace nunmul {

struct ExpandedWord {
  std::string word;
  std::string stem;
  Script script = Script::Latin;
  std::uint8_t typos = 0;
  bool prefix = false;  // the word goes on behind what was typed
  std::uint64_t documents = 0;
};

// How many words a prefix or a misspelling may stand for, and how many postings they may have
// together: what keeps a keystroke cheap. The commonest words come first.
struct ExpansionLimits {
  std::size_t words = 30;
  std::uint64_t postings = 15'000;
};

// Documents that have exactly this word.
std::uint64_t documents_of_word(const Generation& generation, std::string_view word);
// Documents that have a word of that stem and script, counted by word.
std::uint64_t documents_of_stem(const Generation& generation, std::string_view stem);
// The same for words of alphabets in a language, in whichever field they stand: the vocabulary keeps one
// stem for a word, so here they are stemmed anew.
std::uint64_t documents_of_stem(const Generation& generation, std::string_view stem, StemLanguage language);

// Words that begin with the token, itself left out; of Hangul by the keys of a keyboard. The commonest
// of them for short prefixes; kept with the generation.
std::vector<ExpandedWord> words_with_prefix(const Generation& generation, const Token& token);

// How much was typed of a word: keys of Hangul, letters of others.
std::size_t typed_length(const Token& token);
// Two syllables are six keys at most, and most pairs of such words are one key apart.
bool is_short_hangul(const Token& token);

// Typos that a word of this length may have under the settings; 0 for words that may have none.
std::uint32_t allowed_typos(const TypoTolerance& tolerance, const Token& token);

// Words up to `max_typos` away, or that begin with something so near; the nearest and commonest first. Kept
// with the generation.
std::vector<ExpandedWord> words_with_typos(const Generation& generation, const Token& token,
                                           std::uint32_t max_typos, bool as_prefix,
                                           const ExpansionLimits& limits = {});

// The words that a word may be written as, two of them, or three of an alphabet's if documents have the word
// itself nowhere; the likeliest first, by how many documents have the rarest part. `known` words have no part
// of one letter. Han characters are not cut, nor words of more than thirty letters.
std::vector<std::vector<std::string>> splits_of(const Generation& generation, const Token& token, bool known);

// Whether some name has exactly that spelling.
bool has_spelling(const Generation& generation, Family family, std::string_view value);

// Spellings of names that begin with the prefix, in one of the families that Vocabulary keeps:
// shortest first.
std::vector<std::string> spellings_with_prefix(const Generation& generation, Family family,
                                               std::string_view prefix, std::size_t limit = 100);

}  // namespace nunmul
