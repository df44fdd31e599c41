// SPDX-License-Identifier: GPL-2.0-or-later
// The results of analyzing a text: tokens, the words in their order, and terms, the strings that an
// index holds for them. A term belongs to a family; families keep scripts and ways of writing apart.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nunmul {

enum class Script : std::uint8_t {
  Latin,   // and every other alphabet, and digits
  Hangul,  // syllables and lone jamo
  Han,     // Han characters and kana, in one run
};

struct Token {
  std::string word;  // folded: NFKC, no case, no Latin marks
  std::string stem;  // what inflected forms share: Snowball stem, Korean word without particle or
                     // ending; the word itself for Han and kana
  Script script = Script::Latin;
  std::uint32_t begin = 0;     // the bytes [begin, end) of the analyzed text, as it was
  std::uint32_t end = 0;       //
  std::uint32_t position = 0;  // in words, from 0
  bool separated = true;  // false if the token before ends where this one begins (BTS|는, 東京|タワー)
};

// Families of retrieval terms, one analysis for documents and queries alike.
//   family        example of        value   made from
enum class Family : std::uint8_t {
  LatinStem,     // "raining"        rain    a Latin word
  HangulStem,    // "비가"           비      a Korean word without its particle
  HangulBigram,  // "발라드를"       발라    two syllables of the stem (a one-syllable stem is its own)
  HangulVerb,  // "걸었다"         걷다    the verb or adjective of which it is a form, by the dictionary
  HanWord,     // "涙の歌"         涙      a word that ICU finds; kana of one or two letters left out
  HanBigram,   // "涙の歌"         涙の    two neighbours, unless both are hiragana
  Kanji,       // "涙の歌"         涙      one Han character
  KanaPair,    // "レモンを"       れも    two neighbouring kana, spelled in hiragana
  // On name fields only:
  FineKey,      // "YOUNHA"         onha    how it sounds, vowels in four classes
  Skeleton,     // "Jang Jae-in"    jnkjn   its consonants, three or more
  KeySequence,  // "윤하"           dbsgk   the keys of a Korean keyboard, from a word's start to the field's
                // end
  Initials,   // "윤하"           ㅇㅎ    initial consonants, likewise
  Reading,    // "涙"             なみ    two neighbours of the kana reading
  HanjaStem,  // "少女時代"       소녀시대  the Korean reading of Han characters
  // By tables of the site owner, on any field:
  Concept,  // "헤어지던 날"    breakup  a mood or theme (concepts.json)
  Name,     // "SNSD"           girls-generation  a name under any of its spellings (names.json)
};
constexpr int kFamilyCount = 16;

struct Term {
  Family family = Family::LatinStem;
  std::string value;
  std::uint32_t position = 0;  // of the token where it begins
  bool operator==(const Term&) const = default;
};

struct AnalyzedText {
  std::vector<Token> tokens;  // in the order of the text, not overlapping
  std::vector<Term> terms;    // in the order of positions; a term repeats as often as it occurs
};

}  // namespace nunmul
