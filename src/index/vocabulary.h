// SPDX-License-Identifier: GPL-2.0-or-later
// The words of a segment: sorted, memory-mapped, looked up exactly, by prefix, and with typos. Words of
// Hangul are found by the keys of a Korean keyboard, so that half-typed syllables are prefixes and a
// syllable counts as its letters. Beside them the spellings of names, with the documents that have them.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/binary_file.h"
#include "index/fuzzy_walk.h"
#include "index/letter_set.h"
#include "index/string_filter.h"
#include "index/terms.h"
#include "text/token.h"

namespace nunmul {

using WordId = std::uint32_t;

struct VocabularyWord {
  std::string_view word;
  std::string_view stem;
  std::string keys;  // of a word of Hangul: the keys that type it; else ""
  Script script = Script::Latin;
  std::uint32_t documents = 0;  // that hold it; 0 for stems that no document has as a word
};

// A document that has a spelling of a name, and in how many name fields: 1 to 3, more count as 3.
class SpellingPosting {
 public:
  SpellingPosting() = default;
  SpellingPosting(std::uint32_t document, std::uint32_t count)
      : bits_(document << 2 | (count < 3 ? count : 3)) {}
  std::uint32_t document() const { return bits_ >> 2; }
  std::uint32_t count() const { return bits_ & 3; }

 private:
  std::uint32_t bits_ = 0;
};

// The spellings of one family (kSpellingFamilies), sorted by their bytes.
struct NameSpellings {
  std::vector<std::string_view> values;
  std::vector<std::uint32_t> ends;        // of each value's postings
  std::vector<SpellingPosting> postings;  // one value's behind the other's, by document
};

// A word, or the spelling of a whole name, by the hash of a skeleton of its consonants (text/loan_words.h).
struct SoundEntry {
  std::uint32_t hash = 0;
  std::uint32_t number = 0;
};

struct FuzzyWord {
  WordId word = 0;
  std::uint32_t typos = 0;
  bool prefix = false;  // the word goes on behind what matched
};

class Vocabulary {
 public:
  Vocabulary() = default;
  explicit Vocabulary(const std::filesystem::path& path);

  // Words must be sorted by their bytes and each stem be among them; spellings stand in the order of
  // kSpellingFamilies.
  static void write(const std::filesystem::path& path, const std::vector<VocabularyWord>& words,
                    const std::array<NameSpellings, kSpellingFamilies.size()>& spellings);

  std::uint32_t size() const { return static_cast<std::uint32_t>(documents_.size()); }
  std::string_view word(WordId id) const { return text(word_offsets_, word_text_, id); }
  std::string_view stem(WordId id) const { return word(stems_[id]); }
  WordId stem_id(WordId id) const { return stems_[id]; }
  Script script(WordId id) const { return static_cast<Script>(scripts_[id]); }
  LetterSet letters(WordId id) const { return letters_[id]; }
  std::uint32_t documents(WordId id) const { return documents_[id]; }

  std::optional<WordId> find(std::string_view word) const;

  // The ids of all words that begin with these bytes: [first, last).
  std::pair<WordId, WordId> prefix_range(std::string_view prefix) const;

  // The words of Hangul whose keys begin with these keys; ids in `key order`, a list of its own.
  std::span<const WordId> hangul_with_keys(std::string_view keys) const;

  // Words within `max_typos` of the folded word (insertions, deletions, substitutions, swaps of
  // neighbours; one in the first letter counts two). With `as_prefix`, words that begin with something
  // that near. `keys` says that `word` is a key sequence and words of Hangul are wanted. The search
  // stops after `budget` steps, far above what a common vocabulary needs.
  std::vector<FuzzyWord> fuzzy(std::string_view word, bool keys, std::uint32_t max_typos, bool as_prefix,
                               std::uint32_t budget = 2'000'000) const;

  // Words of English letters, and KeySequence spellings of whole names in such letters, that may have the
  // skeleton; a few have it not.
  std::span<const SoundEntry> words_with_skeleton(std::string_view skeleton) const;
  std::span<const SoundEntry> names_with_skeleton(std::string_view skeleton) const;

  // Spellings of names in a family that begin with the prefix, as indexes for spelling().
  std::pair<std::uint32_t, std::uint32_t> spelling_range(Family family, std::string_view prefix) const;
  // FineKey spellings one letter away from a value of four letters or more, the first letter being right.
  std::vector<std::string_view> near_sounds(std::string_view value) const;
  std::string_view spelling(Family family, std::uint32_t number) const;
  std::optional<std::uint32_t> find_spelling(Family family, std::string_view value) const;
  std::span<const SpellingPosting> spelling_postings(Family family, std::uint32_t number) const;

 private:
  struct Spellings {
    std::span<const std::uint32_t> offsets;
    std::string_view text;
    StringFilter filter;
    std::span<const std::uint32_t> ends;
    std::span<const SpellingPosting> postings;
  };
  static std::string_view text(std::span<const std::uint32_t> offsets, std::string_view all,
                               std::uint32_t number) {
    return all.substr(offsets[number], offsets[number + 1] - offsets[number]);
  }
  const Spellings& spellings(Family family) const { return spellings_[spelling_number(family)]; }

  BinaryFile file_;
  std::span<const std::uint32_t> word_offsets_;
  std::string_view word_text_;
  SharedBytes word_shared_;
  StringFilter word_filter_;
  std::span<const std::uint32_t> stems_;
  std::span<const std::uint32_t> documents_;
  std::span<const std::uint8_t> scripts_;
  std::span<const LetterSet> letters_;
  std::span<const std::uint32_t> key_offsets_;  // of words of Hangul in the order of their keys
  std::string_view key_text_;
  SharedBytes key_shared_;
  std::span<const WordId> key_words_;
  std::array<Spellings, kSpellingFamilies.size()> spellings_;
  SharedBytes near_shared_;                     // of the spellings that near_sounds looks through
  std::span<const SoundEntry> sounding_words_;  // by hash
  std::span<const SoundEntry> sounding_names_;  //
};

}  // namespace nunmul
