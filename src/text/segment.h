// SPDX-License-Identifier: GPL-2.0-or-later
// Runs: the longest stretches of one kind of script in folded text, with nothing but word characters in
// them. Three kinds suffice, since each has rules of its own for words:
//   Latin    every alphabet, and digits; ' before the end of a    YOUNHA, 2019, don't, it's
//            contraction only, else it parts words                l|arc, rock|n|roll
//   Hangul   syllables and lone jamo                              윤하, ㅋㅋ
//   Han      Han characters, kana, ー and 々                      涙の歌
// So YOUNHA(윤하), BTS는 and 2019년 part by themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "text/fold.h"
#include "text/token.h"

namespace nunmul {

// A symbol parts words like a separator, and can itself be looked for (♥, ★).
enum class CharKind : std::uint8_t {
  Separator,
  Symbol,
  Apostrophe,
  Letter,
  Hangul,
  Kanji,
  Hiragana,
  Katakana
};

CharKind char_kind(char32_t code);

// Whether a token is made of no word characters: so are those of texts that have no others ("???").
bool is_symbols(std::string_view word);

constexpr bool is_word_char(CharKind kind) { return kind > CharKind::Apostrophe; }
constexpr Script script_of(CharKind kind) {
  if (kind == CharKind::Hangul) return Script::Hangul;
  return kind >= CharKind::Kanji ? Script::Han : Script::Latin;
}

struct Run {
  Script script = Script::Latin;
  std::size_t begin = 0;  // folded characters [begin, end)
  std::size_t end = 0;
  bool whole = false;  // a word of the dictionary of settings, not to be cut or stemmed
};

// The changes that settings make to the borders of words. Without settings it costs nothing.
class WordRules {
 public:
  WordRules() = default;
  // The strings as the settings have them; empty ones are passed over.
  WordRules(const std::vector<std::string>& separators, const std::vector<std::string>& non_separators,
            const std::vector<std::string>& dictionary);

  // Changes the kinds of characters that belong to a separator or a non-separator. A non-separator
  // takes the kind of the word character beside it.
  void apply(std::span<const FoldedChar> chars, std::span<CharKind> kinds) const;

  // The length of the longest dictionary word at `at` that ends where a word may end, or 0.
  std::size_t dictionary_word_at(std::span<const FoldedChar> chars, std::span<const CharKind> kinds,
                                 std::size_t at) const;

  bool has_dictionary() const { return !dictionary_.empty(); }
  bool empty() const { return separators_.empty() && non_separators_.empty() && dictionary_.empty(); }

 private:
  using Strings = std::vector<std::u32string>;  // longest first
  static Strings read(const std::vector<std::string>& strings);
  static std::size_t longest_at(const Strings& strings, std::span<const FoldedChar> chars, std::size_t at);

  Strings separators_;
  Strings non_separators_;
  Strings dictionary_;
};

// The runs of the text in their order. `kinds` is room for the work, kept by the caller.
void find_runs(std::vector<Run>& out, std::span<const FoldedChar> chars, const WordRules& rules,
               std::vector<CharKind>& kinds);

}  // namespace nunmul
