// SPDX-License-Identifier: GPL-2.0-or-later
// Entries marked by headings: of one level where the source marks levels, else short lines with text
// below them, or bullets with nothing below.
#include <algorithm>
#include <array>

#include "import/page/asides.h"
#include "import/page/list_candidates.h"
#include "import/page/list_item.h"
#include "import/title/heading.h"
#include "import/words/article_kind.h"
#include "import/words/characters.h"
#include "import/words/glue.h"
#include "import/words/phrases.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

constexpr std::size_t kWordsOfName = 6;  // CJK characters count as half words

bool is_plain(const PageOutline& page, std::size_t i) {
  return !page.repeated[i] && !page.between[i] && !page.contents[i] && !page.recurring[i] && !page.asides[i];
}

ListItem item_at(const PageOutline& page, std::size_t line, std::size_t section) {
  ListItem item;
  item.heading = line;
  item.text = page.lines[line].text;
  item.section = section;
  item.body_begin = line + 1;
  return item;
}

// The closing or tail heading after which at most half as many candidates remain as stood before it:
// a block of related links in the middle of a list does not end it, nor does it where those behind it name
// two things each, as those before it do.
std::size_t list_end(const PageOutline& page, const std::vector<std::size_t>& candidates) {
  std::vector<std::size_t> bodies;
  for (const std::size_t candidate : candidates) {
    if (page.has_body(candidate)) bodies.push_back(candidate);
  }
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const LineKind kind = page.lines[i].kind;
    if (kind != LineKind::Closing && kind != LineKind::Tail) continue;
    const auto before =
        static_cast<std::size_t>(std::lower_bound(bodies.begin(), bodies.end(), i) - bodies.begin());
    if (before == 0 || (bodies.size() - before) * 2 > before) continue;
    const auto parted = [&](std::size_t line) { return can_be_split(page.lines[line].text); };
    const bool goes_on =
        before < bodies.size() && kind == LineKind::Tail && std::all_of(bodies.begin(), bodies.end(), parted);
    if (!goes_on) return i;
  }
  return page.lines.size();
}

std::vector<std::size_t> short_lines(const PageOutline& page) {
  std::vector<std::size_t> lines;
  for (std::size_t i = page.title < page.lines.size() ? page.title + 1 : 0; i < page.lines.size(); ++i) {
    if (page.lines[i].kind == LineKind::Short && is_plain(page, i) && !page.lines[i].fact) lines.push_back(i);
  }
  const std::size_t end = list_end(page, lines);
  lines.erase(std::remove_if(lines.begin(), lines.end(), [end](std::size_t i) { return i > end; }),
              lines.end());
  return lines;
}

// Short lines that follow one another without text between them.
std::vector<std::vector<std::size_t>> group(const PageOutline& page, const std::vector<std::size_t>& lines) {
  std::vector<std::vector<std::size_t>> groups;
  bool text_between = true;
  std::size_t at = 0;
  for (const std::size_t line : lines) {
    for (; at < line; ++at) text_between = text_between || page.lines[at].kind == LineKind::Text;
    if (text_between) groups.emplace_back();
    groups.back().push_back(line);
    text_between = false;
  }
  return groups;
}

// Without lines that repeat much of the line before: captions.
void drop_captions(const PageOutline& page, std::vector<std::size_t>& lines) {
  std::vector<std::size_t> kept;
  for (const std::size_t line : lines) {
    const Line& here = page.lines[line];
    if (!kept.empty() && page.title != kept.back() &&
        !looks_like_section(page.words, page.lines[kept.back()]) &&
        overlaps(page.lines[kept.back()].key, here.key))
      continue;
    kept.push_back(line);
  }
  lines = std::move(kept);
}

// Title and artist, unless the second line names an entry by itself: then the first heads a section.
bool page_has_pairs(const PageOutline& page, const std::vector<std::vector<std::size_t>>& groups) {
  const auto pairs =
      static_cast<std::size_t>(std::count_if(groups.begin(), groups.end(), [&](const auto& lines) {
        return lines.size() >= 2 && !names_entry(page.lines[lines.back()]);
      }));
  return pairs >= 3 && pairs * 10 >= groups.size() * 7;
}

// Where some of the entries have no number, those of the others are still no part of their titles.
void take_numbers(const PageOutline& page, std::vector<ListItem>& items) {
  const auto numbered = [&](const ListItem& item) {
    const auto& marker = page.lines[item.heading].marker;
    return marker && marker->style != MarkerStyle::Bare && marker->begin == 0 &&
           marker->end < item.text.size();
  };
  if (std::count_if(items.begin(), items.end(), numbered) < 2) return;
  for (ListItem& item : items) {
    if (!numbered(item)) continue;
    const RankMarker& marker = *page.lines[item.heading].marker;
    item.rank = marker.number;
    item.text = trimmed(std::u32string_view(item.text).substr(marker.end));
  }
}

bool is_parted(const Line& line) {
  return line.folded.find(" / ") != std::string::npos || line.folded.find(" - ") != std::string::npos;
}

bool may_be_artist(const PageOutline& page, std::size_t i) {
  const Line& line = page.lines[i];
  return line.kind == LineKind::Short && !line.marker && !is_parted(line) && page.has_body(i);
}

std::vector<std::size_t> headings_below_title(const PageOutline& page) {
  std::vector<std::size_t> headings;
  for (std::size_t i = 0; i < page.end_of_list(0); ++i)
    if (i != page.title && page.lines[i].level > 1 && !page.repeated[i] && !page.between[i] &&
        !page.contents[i])
      headings.push_back(i);
  return headings;
}

// <h2>Title</h2><h3>Artist</h3>, each with text below the second: where all headings but the page's own come
// in such pairs. An artist may recur; what is the same below every title may be a label as well.
std::vector<ListItem> paired_headings(const PageOutline& page) {
  std::string_view page_title;
  if (page.title < page.lines.size()) page_title = page.lines[page.title].folded;
  const auto kind = kind_of_heading(page.words, page_title);
  if (kind == "film" || kind == "drama") return {};  // a work below its part of the page
  const std::vector<std::size_t> headings = headings_below_title(page);
  std::vector<ListItem> items;
  const bool all_recur = std::none_of(headings.begin(), headings.end(), [&](std::size_t i) {
    return page.lines[i].level > page.lines[headings[0]].level && !page.recurring[i];
  });
  if (headings.size() < 4 || headings.size() % 2 != 0 || all_recur) return items;
  const Line& first = page.lines[headings[0]];
  const Line& second = page.lines[headings[1]];
  if (first.level >= second.level) return items;
  for (std::size_t i = 0; i < headings.size(); i += 2) {
    const std::size_t title = headings[i];
    const std::size_t artist = headings[i + 1];
    const bool levels = page.lines[title].level == first.level && page.lines[artist].level == second.level;
    if (!levels || page.next_content(title) != artist || !may_be_artist(page, artist)) return {};
    const bool by_artist = contains_phrase(page_title, page.words["artist heading anywhere"]);
    items.push_back(by_artist ? item_at(page, artist, title) : item_at(page, title, kNoLine));
    items.back().artist_line = by_artist ? title : artist;
    items.back().body_begin = artist + 1;
  }
  take_numbers(page, items);
  return items;
}

// "Artist 'Title'": a quote that ends the line, with a name before it rather than a sentence.
bool names_artist_and_quote(std::u32string_view text) {
  const auto quoted = find_quoted_title(text);
  return quoted && quoted->after.empty() && !quoted->before.empty() &&
         count_words(quoted->before) <= kWordsOfName;
}

}  // namespace

bool looks_like_section(const WordLists& words, const Line& line) {
  if (has_range(line.folded)) return true;
  if (line.text.empty() || closing_quote(line.text.front()) != 0) return false;
  if (is_parted(line) || columns(line.text) < 8) return false;
  if (ends_in_year(line.text)) return false;  // "Hospital Playlist (2020)"
  return has_list_ending(words, line.folded) ||
         (has_list_word(words, line.folded) && columns(line.text) >= 12 && !has_strong_glue(line.text));
}

namespace {

using HeadingsByLevel = std::array<std::vector<std::size_t>, 7>;

// Up to where the list ends.
HeadingsByLevel headings_by_level(const PageOutline& page) {
  HeadingsByLevel by_level;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    const bool usable = line.level > 0 && line.kind == LineKind::Short && i != page.title &&
                        is_plain(page, i) && !is_question(page.words, line.folded) && !has_range(line.folded);
    if (usable) by_level[line.level].push_back(i);
  }
  for (auto& lines : by_level) {
    const std::size_t end = list_end(page, lines);
    std::erase_if(lines, [end](std::size_t i) { return i > end; });
  }
  return by_level;
}

// The level with the most headings above texts that can be a list, or 0.
std::size_t best_level_of(const PageOutline& page, const HeadingsByLevel& by_level) {
  std::size_t best_level = 0;
  std::size_t best_count = 0;
  for (std::size_t level = 1; level < by_level.size(); ++level) {
    const auto& lines = by_level[level];
    const auto bodies = static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(), [&](std::size_t i) { return page.has_body(i); }));
    const auto complete =
        static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), [&](std::size_t i) {
          return can_be_split(page.lines[i].text) || ends_in_year(page.lines[i].text);
        }));
    const bool list = bodies >= 2 || (bodies == 1 && lines.size() >= 2 && complete * 3 >= lines.size() * 2);
    if (list && bodies > best_count) best_level = level, best_count = bodies;
  }
  return best_level;
}

}  // namespace

std::vector<ListItem> levelled_items(const PageOutline& page) {
  if (auto pairs = paired_headings(page); !pairs.empty()) return pairs;
  const HeadingsByLevel by_level = headings_by_level(page);
  const std::size_t best_level = best_level_of(page, by_level);
  std::vector<ListItem> items;
  std::size_t section = kNoLine;
  std::size_t at = 0;
  for (const std::size_t line : by_level[best_level]) {
    for (; at < line; ++at) {
      if (page.lines[at].level > 0 && page.lines[at].level < best_level && at != page.title) section = at;
    }
    if (looks_like_section(page.words, page.lines[line]) && !page.has_body(line)) continue;
    items.push_back(item_at(page, line, section));
  }
  take_numbers(page, items);
  return items;
}

std::vector<ListItem> unmarked_items(const PageOutline& page) {
  if (!paired_headings(page).empty()) return {};  // the artists are marked as such
  auto groups = group(page, short_lines(page));
  for (auto& lines : groups) drop_captions(page, lines);
  const bool pairs = page_has_pairs(page, groups);
  std::vector<ListItem> items;
  std::size_t section = kNoLine;
  for (const auto& lines : groups) {
    const std::size_t last = lines.back();
    const bool has_pair = pairs && lines.size() >= 2;
    const std::size_t heading = has_pair ? lines[lines.size() - 2] : last;
    for (const std::size_t line : lines) {
      if (line < heading) section = line;
    }
    if (!page.has_body(last)) continue;
    if (looks_like_section(page.words, page.lines[heading])) {
      section = heading;
      continue;
    }
    items.push_back(item_at(page, heading, section));
    if (has_pair) items.back().artist_line = last;
    if (has_pair) items.back().body_begin = last + 1;
  }
  if (items.size() < 2) items.clear();
  return items;
}

std::vector<ListItem> bulleted_items(const PageOutline& page) {
  std::vector<ListItem> items;
  std::size_t others = 0;
  std::size_t section = kNoLine;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    if (line.kind == LineKind::Short && i != page.title) section = i;
    if (line.kind != LineKind::Menu || !is_plain(page, i)) continue;
    const std::u32string text = trimmed(std::u32string_view(line.text).substr(1));
    const std::u32string folded = fold_line(text);
    const bool split =
        folded.find(U" - ") != std::u32string::npos || folded.find(U" / ") != std::u32string::npos ||
        folded.find(U" by ") != std::u32string::npos || (!text.empty() && closing_quote(text.front()) != 0) ||
        names_artist_and_quote(text) || clean_heading(page.words, text, LooseYear::Leave).year.has_value();
    if (!split) {
      ++others;
      continue;
    }
    ListItem item = item_at(page, i, section);
    item.text = text;
    items.push_back(std::move(item));
  }
  if (items.size() < 3 || others > items.size()) items.clear();
  return items;
}

}  // namespace nunmul
