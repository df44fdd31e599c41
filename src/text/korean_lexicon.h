// SPDX-License-Identifier: GPL-2.0-or-later
// The words of Korean by the word list of Debian's hunspell-ko (ko.dic), where it is installed: nouns, and
// verbs and adjectives with the class by which they are inflected. The list alone is read, in some ten
// milliseconds and into a megabyte; forms are told by our own rules (korean_conjugation.h), since hunspell's
// would take a third of a second, 50 MB a thread and 10 µs a word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/korean_conjugation.h"
#include "text/syllable.h"

namespace nunmul {

// Safe to read from many threads.
class KoreanLexicon {
 public:
  KoreanLexicon() = default;  // without words
  // The bytes of ko.dic: a word a line, in conjoining jamo, behind a slash the number of its kind. What is
  // not understood is left out.
  explicit KoreanLexicon(std::string_view word_list);

  bool empty() const { return nouns_.empty(); }
  std::size_t entries() const { return nouns_.size() + other_words_.size() + verbs_.size(); }

  bool has_noun(std::u32string_view word) const;
  // Words that are not inflected, other than nouns: 자주, 세.
  bool has_other_word(std::u32string_view word) const;

  // The verbs and adjectives of which the word is a form, itself if it is one: 걸었다 is 걷다 and 걸다,
  // 먹었어 먹다. Each once; none for most words. Verbs made of a noun of two syllables and 하다 or 되다 are
  // left to HangulStemmer, and so are those that say next to nothing (이다, 있다).
  std::vector<std::string> verbs_of(std::u32string_view word) const;

  // With which syllables the forms of such a verb begin: 걷 and 걸 of 걷다.
  std::u32string first_syllables_of(std::string_view verb) const;

  // Where a noun ends that goes over the border between what is taken as a word's stem and its particle, in
  // syllables: 3 of 밤편|지, since 편지 is one; `stem` if there is none.
  std::size_t end_of_noun_over(std::u32string_view word, std::size_t stem) const;

 private:
  struct Stem {
    std::uint64_t hash = 0;
    std::uint32_t verb = 0;
    StemShape shape = StemShape::Plain;
    bool operator<(const Stem& other) const { return hash < other.hash; }
  };

  void add(const std::u32string& word, unsigned kind);
  void add_stems();
  bool is_joined(std::u32string_view before, std::u32string_view word) const;
  bool is_plain_form(const Stem& stem, std::u32string_view word) const;
  void find_verbs(std::u32string_view word, bool joined, std::vector<std::uint32_t>& found) const;

  std::vector<std::uint64_t> nouns_, other_words_;  // hashes, sorted
  std::vector<Stem> stems_;                         // sorted
  std::vector<bool> first_syllables_ = std::vector<bool>(kLastSyllable - kFirstSyllable + 1);  // of stems
  struct Verb {
    std::u32string word;
    KoreanVerbClass verb_class = KoreanVerbClass::Regular;
  };
  std::vector<Verb> verbs_;  // by word
};

}  // namespace nunmul
