// SPDX-License-Identifier: GPL-2.0-or-later
// List articles to entries, in two steps: each page is read by itself, then all pages of a run are
// resolved together, since an artist that one page makes certain splits a heading on another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "import/entry.h"
#include "import/overrides.h"
#include "import/read/raw_line.h"
#include "import/title/known_artists.h"
#include "import/words/word_lists.h"

namespace nunmul {

struct ArticleItem {
  std::u32string raw_heading;  // as it stands in the article
  std::u32string heading;      // without marker, badges and year
  std::u32string artist;       // from a line of its own
  std::string kind;
  bool kind_unsaid = false;  // on a page of films and dramas, where nothing says which of them it is
  std::string section;
  std::uint32_t line = 0;
  std::optional<std::uint32_t> rank;
  std::optional<std::uint32_t> year;
  std::vector<std::u32string> captions;
  std::vector<std::u32string> paragraphs;
};

struct PassedOver {
  std::uint32_t line = 0;
  std::string heading;
};

struct Article {
  std::string source;
  bool soundtracks = false;  // brackets behind artists name the work that a song is from
  std::vector<ArticleItem> items;
  std::vector<PassedOver> passed_over;  // headings that look like the items' and yet are none
};

// What is open about a heading.
enum class Doubt { Split, Kind, SplitAndKind };

// A heading whose split or kind an editor should settle.
struct DoubtfulSplit {
  std::string file;
  std::uint32_t line = 0;
  std::string heading;
  std::string title;   // as the entry has them now
  std::string artist;  //
  std::string kind;    //
  std::string other;   // the next best, "title / artist"; or ""
  Doubt doubt = Doubt::Split;
};

Article read_article(const WordLists& words, const std::vector<RawLine>& lines, const std::string& source);

// Entries in the order of the articles, without ids. `known` takes on the artists of certain splits.
std::vector<Entry> resolve_articles(const WordLists& words, const std::vector<Article>& articles,
                                    KnownArtists& known, const Overrides& overrides,
                                    std::vector<DoubtfulSplit>& doubtful);

}  // namespace nunmul
