// SPDX-License-Identifier: GPL-2.0-or-later
// Han characters and kana of a query looked for as letters: a text's words are cut otherwise than a query's
// (君の名は inside a sentence), so they may begin and end anywhere in its words and go on over several.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// How far a pattern has got when a word of a text ends.
struct HanPlace {
  std::uint8_t spelling = 0;      // which of the pattern's
  std::uint16_t left = 0;         // bytes of it that are still to come
  std::uint16_t begin_chars = 0;  // letters of the first word before it
  std::uint16_t end_chars = 0;    // letters of the last word up to its end, where it is whole
  bool ends_word = true;          // it ends where the last word does, where it is whole

  bool is_whole() const { return left == 0; }
  bool begins_word() const { return begin_chars == 0; }
};

// A word of Han characters and kana of a text, which many patterns are looked for in.
class HanText {
 public:
  explicit HanText(std::string_view word);

  std::string_view word() const { return word_; }
  const std::string& spelled() const;            // spelled_in_hiragana
  const std::string& without_okurigana() const;  //
  std::uint64_t letters() const { return letters_; }

  // A bit for a letter, the same for all kana that may be spelled like it.
  static std::uint64_t bit_of(char32_t letter);

 private:
  std::string_view word_;
  std::uint64_t letters_ = 0;  // bit_of each of them
  mutable std::optional<std::string> spelled_;
  mutable std::optional<std::string> han_;
};

class HanPattern {
 public:
  enum class Spelling : std::uint8_t {
    Written,    // the very letters
    Kana,       // in any kana (kana_spelling.h)
    Inflected,  // the beginning of another form of the word
    Okurigana,  // the Han characters of a word that writes some of its kana or none (申し込み, 申込)
  };

  explicit HanPattern(std::string_view written) { add(Spelling::Written, std::string(written)); }
  // Written comes first; others are tried in the order in which they were added.
  void add(Spelling kind, std::string letters);

  Spelling kind_of(const HanPlace& place) const { return spellings_[place.spelling].kind; }
  const std::string& letters_of(const HanPlace& place) const { return spellings_[place.spelling].letters; }

  // The ways in which it begins in a word, those that are whole in it first.
  void begin(const HanText& text, std::vector<HanPlace>& places) const;
  // How it goes on in the next word; nothing if it does not.
  std::optional<HanPlace> go_on(const HanPlace& place, std::string_view next_word) const;

 private:
  struct Letters {
    Spelling kind;
    std::string letters;
  };

  static std::string_view as(const HanText& text, Spelling kind);
  void begin_okurigana(const HanText& text, std::uint8_t spelling, std::vector<HanPlace>& places) const;
  std::optional<HanPlace> go_on_okurigana(const HanPlace& place, const HanText& text) const;

  std::vector<Letters> spellings_;
  std::uint64_t first_letters_ = 0;  // of all spellings: a word without one of them has no beginning of it
};

}  // namespace nunmul
