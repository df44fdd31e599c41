// SPDX-License-Identifier: GPL-2.0-or-later
// A heading freed of what is neither title nor artist: badges ("NEW!", 新着), years, emphasis, ornaments.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "import/words/word_lists.h"

namespace nunmul {

// Without "NEW!", 新着 and the like at either end, and without ornaments.
std::u32string without_badges(const WordLists& words, std::u32string_view text);

struct Heading {
  std::u32string text;
  std::optional<std::uint32_t> year;  // "(2019)", "（2019年）", ", 2019"
  std::u32string rest;                // a sentence on the same line, after the heading proper
};

// A year outside of brackets ("Title – 2013") is taken only from headings of works: songs are called so.
enum class LooseYear { Take, Leave };
// What a name before the year in the brackets of a work is: "(Yojiro Takita, 2008)", "(Ojik Geudaeman,
// 2011)".
enum class BesideYear { Director, OtherTitle };
Heading clean_heading(const WordLists& words, std::u32string_view line, LooseYear loose_year,
                      BesideYear beside_year = BesideYear::Director);

// A title in quotes of any kind, outside of brackets, and what stands before and after it.
struct QuotedTitle {
  std::u32string title;
  std::u32string before;
  std::u32string after;
};
std::optional<QuotedTitle> find_quoted_title(std::u32string_view heading);

// The title of a film or drama: without quotes, kind words ("영화", "映画") and remarks.
struct WorkTitle {
  std::u32string title;
  std::u32string remark;  // what the heading says besides ("The farewell scene in")
};
WorkTitle read_work_title(const WordLists& words, std::u32string_view heading);

// The text with quotes removed when they enclose all of it.
std::u32string unquoted(std::u32string_view text);

// Whether the heading says by itself where its title ends.
bool can_be_split(std::u32string_view text);
// Whether a heading names a work of some year: "Departures (2008)".
bool ends_in_year(std::u32string_view text);

}  // namespace nunmul
