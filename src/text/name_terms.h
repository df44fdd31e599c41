// SPDX-License-Identifier: GPL-2.0-or-later
// The terms of a field that holds names or titles, beside those of body text: how they sound, how they
// are typed, how their characters are read (Family::FineKey to HanjaStem).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/language_resources.h"
#include "text/token.h"

namespace nunmul {

constexpr std::size_t kMaxNameBytes = 4096;  // of a field; what lies behind has no name terms
constexpr std::size_t kMaxTypedBytes = 60;   // of a KeySequence or Initials term
constexpr std::size_t kMaxJoinedWords = 8;   // longer titles sound as words, not as a whole

// `tokens` are those of `text`. Brackets, slashes and the like part names: YOUNHA(윤하) is two. Each term
// occurs once, with the position of the first token that gave it.
//   FineKey, Skeleton      of each word, of the whole name, and with its first word last or its last
//                          word first (Han Jieun, Jieun Han); each script is a name by itself
//   KeySequence, Initials  from each word's start to the end of the name
//   Reading                of kana, and of Han characters if MeCab is there; with and without long vowels:
//   each
//                          two kana, and the first one as reading_start() marks it
//   HanjaStem              of two to eight Han characters in a row, and of the words among them
std::vector<Term> name_terms(const LanguageResources& resources, std::string_view text,
                             const std::vector<Token>& tokens);

// The KeySequence term of fields whose words in a row are these letters: what all of a name is found by,
// however many others have its words.
std::string whole_name(std::string_view letters);
inline bool is_whole_name(std::string_view spelling) { return spelling.starts_with('^'); }

// The letters of the words in a row, without apostrophes, as the keys of a Korean keyboard.
std::string typed_letters(const std::vector<Token>& tokens);

// The Reading term of names whose reading begins with this kana: "^し".
inline std::string reading_start(std::string_view kana) { return "^" + std::string(kana); }
inline bool is_reading_start(std::string_view reading) { return reading.starts_with('^'); }

}  // namespace nunmul
