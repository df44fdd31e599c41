// SPDX-License-Identifier: GPL-2.0-or-later
// The words that show, in list articles of three languages, what a line is: captions, advertisements,
// closings, questions, bylines, names of kinds. Every text passed in is folded by fold_line.
#pragma once

#include <string_view>

#include "import/words/word_lists.h"

namespace nunmul {

// "[MV] …", "… | Netflix", "画像：…"
bool is_caption_phrase(const WordLists& words, std::string_view folded);
// Advertisements, sharing, "read also", page furniture; and the same as a whole sentence.
bool is_noise_phrase(const WordLists& words, std::string_view folded);
bool is_noise_sentence(const WordLists& words, std::string_view folded);
// "Read also", "이 기사와 함께 보면 좋은 기사"
bool announces_related(const WordLists& words, std::string_view folded);
// "by …", "글 …", "文：…", dates
bool is_byline_phrase(const WordLists& words, std::string_view folded);
// "table of contents", "目次", "목차"
bool is_contents_phrase(const WordLists& words, std::string_view folded);
// A heading that ends the list ("wrapping up", "まとめ"), or after which nothing belongs to it (FAQ, related
// posts).
bool is_closing_phrase(const WordLists& words, std::string_view folded);
bool is_tail_phrase(const WordLists& words, std::string_view folded);
// Says that the list is over, or invites comments; "is a writer based in …".
bool is_closing_sentence(const WordLists& words, std::string_view folded);
bool is_author_sentence(const WordLists& words, std::string_view folded);
// As an FAQ asks.
bool is_question(const WordLists& words, std::string_view folded);
// "plot", "あらすじ", "줄거리": a heading inside of an entry.
bool is_label(const WordLists& words, std::string_view folded);

// A line of the form "artist: X" in any of the languages; the value, or "".
std::string_view artist_label_value(const WordLists& words, std::string_view line);
// "director: X", "cast: …", "genre: …".
bool is_fact_line(const WordLists& words, std::string_view folded);

// Ends as Korean and Japanese sentences do, emoticons behind it set aside: "…드리겠습니다ㅠㅠ".
bool ends_politely(const WordLists& words, std::string_view folded);

// Counts of words that name a kind.
struct KindWords {
  int song = 0;
  int film = 0;
  int drama = 0;
};
KindWords count_kind_words(const WordLists& words, std::string_view folded);

// Words that head lists rather than entries: plurals and "10選", "모음", "range (71-80)".
bool has_list_word(const WordLists& words, std::string_view folded);
bool has_list_ending(const WordLists& words, std::string_view folded);
bool has_range(std::string_view folded);

// Latin phrases are whole words. The text is folded.
bool contains_phrase(std::string_view folded, const Forms& forms);
bool starts_with_phrase(std::string_view folded, const Forms& forms);
bool ends_with_phrase(std::string_view folded, const Forms& forms);

}  // namespace nunmul
