// SPDX-License-Identifier: GPL-2.0-or-later
// Text typed while the keyboard was set to the other layout: dbsgk for 윤하, ㅑㅕ for iu.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

struct OtherLayout {
  std::string text;       // "" if no character of the text is a key of the other layout
  bool complete = false;  // see below: how far the text may be trusted
};

// The text that Latin keys show on the Korean layout. Complete if that is whole syllables, which fewer than
// four of a hundred English words are.
OtherLayout as_if_hangul(std::string_view text);

// The text that Hangul keys show on the Latin layout, in small letters. Complete if the text has a lone jamo,
// which hardly any Korean word has and nearly every Latin one typed so (97 of a hundred names).
OtherLayout as_if_latin(std::string_view text);

}  // namespace nunmul
