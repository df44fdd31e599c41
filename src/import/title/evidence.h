// SPDX-License-Identifier: GPL-2.0-or-later
// Evidence in an entry's captions and description that a text is its title or its artist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "import/words/word_lists.h"

namespace nunmul {

class Evidence {
 public:
  // The words must outlive it.
  Evidence(const WordLists& words, const std::vector<std::u32string>& captions,
           const std::vector<std::u32string>& paragraphs);

  // 0 where the text is not met; more where it is met as an artist ("BoA's lyrics", 윤하가, 秦基博さん). What
  // the name writes with a capital and the text without is a word, not a name: "in the rain" names no Rain.
  double as_artist(std::u32string_view name) const;
  // Whether the name is met, and always right behind this text: then it is a part of a name.
  bool only_after(std::u32string_view name, std::u32string_view before) const;
  // 0 where it is not met; more where it is met in quotes.
  double as_title(std::u32string_view title) const;
  // How well a caption is explained by the two together.
  double in_caption(std::u32string_view title, std::u32string_view artist) const;
  double in_caption(std::u32string_view part) const;

 private:
  // Letters and digits of a text, folded, with their places in it.
  struct Folded {
    std::u32string text;
    std::u32string letters;
    std::vector<std::size_t> places;
    std::vector<bool> lower;  // of each letter, before it was folded
  };
  struct Caption {
    Folded folded;
    std::vector<std::u32string> parts;   // between separators and brackets, compact
    std::vector<std::u32string> quoted;  //
  };

  static Folded folded(std::u32string_view text);
  static bool stands_alone(const Folded& text, std::size_t at, std::size_t size);
  double artist_context(const Folded& text, std::size_t at, std::size_t size) const;

  const WordLists& words_;
  std::vector<Folded> paragraphs_;
  std::vector<std::u32string> quoted_;  // compact
  std::vector<Caption> captions_;
};

}  // namespace nunmul
