// SPDX-License-Identifier: GPL-2.0-or-later
// The words by which list articles of three languages betray what a line is: captions, advertisements,
// closings, questions, bylines, names of kinds. Tables only; every text passed in is folded by fold_line.
#pragma once

#include <string_view>

namespace nunmul {

bool is_caption_phrase(std::string_view folded);   // "[MV] …", "… | Netflix", "画像：…"
bool is_noise_phrase(std::string_view folded);     // advertisements, sharing, "read also", page furniture
bool announces_related(std::string_view folded);   // "Read also", "이 기사와 함께 보면 좋은 기사"
bool is_noise_sentence(std::string_view folded);   // the same as a whole sentence
bool is_byline_phrase(std::string_view folded);    // "by …", "글 …", "文：…", dates
bool is_contents_phrase(std::string_view folded);  // "table of contents", "目次", "목차"
bool is_closing_phrase(std::string_view folded);   // a heading that ends the list: "wrapping up", "まとめ"
bool is_tail_phrase(
    std::string_view folded);  // a heading after which nothing belongs to the list: FAQ, related posts
bool is_closing_sentence(
    std::string_view folded);  // a sentence that says the list is over, or invites comments
bool is_author_sentence(std::string_view folded);  // "is a writer based in …"
bool is_question(std::string_view folded);         // as an FAQ asks
bool is_label(std::string_view folded);  // "plot", "あらすじ", "줄거리": a heading inside of an entry

// A line of the form "artist: X" in any of the languages; the value, or "".
std::string_view artist_label_value(std::string_view line);
// "director: X", "cast: …", "genre: …".
bool is_fact_line(std::string_view folded);

// Ends as Korean and Japanese sentences do, emoticons behind it set aside: "…드리겠습니다ㅠㅠ".
bool ends_politely(std::string_view folded);

// Counts of words that name a kind.
struct KindWords {
  int song = 0;
  int film = 0;
  int drama = 0;
};
KindWords count_kind_words(std::string_view folded);

// Words that head lists rather than entries: plurals and "10選", "모음", "range (71-80)".
bool has_list_word(std::string_view folded);
bool has_list_ending(std::string_view folded);
bool has_range(std::string_view folded);

}  // namespace nunmul
