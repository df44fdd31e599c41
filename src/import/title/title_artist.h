// SPDX-License-Identifier: GPL-2.0-or-later
// Splits the heading of a song into title and artist. Every place where the two could part is a candidate;
// each is scored by all there is to know (separators, glue, captions, the description, known artists, what
// the page does elsewhere), and the best wins. A small lead is a doubtful split.
#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "import/title/evidence.h"
#include "import/title/known_artists.h"

namespace nunmul {

enum class Parting { None, Glue, Quote, Dash, TightDash, Slash, By, Colon, Bar, Line, Bracket };
constexpr std::size_t kPartingCount = 11;

struct Split {
  std::u32string title;
  std::u32string artist;  // empty where the heading names none
  Parting parting = Parting::None;
  bool artist_first = false;
  double score = 0;
  double lead = 0;      // over the best split with another artist
  double evidence = 0;  // the part of the score that separators and habits did not give
};

// The habits that the headings of one page have in common.
struct PageHabits {
  std::array<double, kPartingCount> share{};  // of the page's headings that can be parted so
  std::array<double, kPartingCount>
      title_first{};                       // evidence for "title – artist", negative for the other order
  std::set<std::u32string> glued_artists;  // compact: several headings end in them
};

struct HeadingContext {
  const WordLists& words;
  const Evidence& evidence;
  const KnownArtists& known;
  const PageHabits& habits;
};

// Best first; never empty: the whole heading as a title is a candidate, too.
std::vector<Split> split_heading(std::u32string_view heading, const HeadingContext& context);

// Habits of a page from the candidates of its headings, made without habits.
PageHabits find_habits(const WordLists& words, const std::vector<std::vector<Split>>& candidates);

bool is_doubtful(const Split& split);
bool is_certain(const Split& split);  // enough to learn its artist from

}  // namespace nunmul
