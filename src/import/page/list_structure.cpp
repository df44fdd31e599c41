// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/page/list_structure.h"

#include <algorithm>

#include "import/page/asides.h"
#include "import/page/list_candidates.h"
#include "import/page/page_outline.h"
#include "import/title/heading.h"
#include "import/words/characters.h"
#include "import/words/glue.h"
#include "import/words/phrases.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

// The weight of each way of marking: numbers and heading levels are put there on purpose, short lines
// may be anything.
constexpr double kNumberedWeight = 1.5;
constexpr double kLevelledWeight = 1.5;
constexpr double kBulletedWeight = 0.5;
constexpr double kItemWithBody = 2;
constexpr double kItemAlone = 0.6;
constexpr std::size_t kMinTextless = 3;  // entries without text, so that the last has none either

double score(const PageOutline& page, const std::vector<ListItem>& items, double weight) {
  double sum = 0;
  for (const ListItem& item : items)
    sum += page.has_body(item.heading) || item.text.size() > 60 ? kItemWithBody : kItemAlone;
  return sum * weight;
}

// After the last entry a short line that no other entry has heads something else.
std::size_t foreign_heading(const PageOutline& page, const ListItem& item, std::size_t end) {
  bool text_seen = false;
  for (std::size_t i = item.heading + 1; i < end; ++i) {
    const Line& line = page.lines[i];
    if (line.kind == LineKind::Text) text_seen = true;
    const bool heading =
        line.kind == LineKind::Short && !page.recurring[i] && !page.repeated[i] && !page.between[i];
    if (text_seen && heading && !line.fact) return i;
  }
  return end;
}

bool has_text(const PageOutline& page, const ListItem& item) {
  for (std::size_t i = item.body_begin; i < item.body_end; ++i)
    if (page.lines[i].kind == LineKind::Text) return true;
  return false;
}

// But for the last, behind which the page goes on.
bool none_has_text(const PageOutline& page, const std::vector<ListItem>& items) {
  return std::none_of(items.begin(), items.end() - 1,
                      [&](const ListItem& item) { return has_text(page, item); });
}

void cut_last_body(const PageOutline& page, std::vector<ListItem>& items) {
  std::size_t with_inner = 0;
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    const std::size_t end = items[i].body_end;
    with_inner += foreign_heading(page, items[i], end) < end ? 1 : 0;
  }
  ListItem& last = items.back();
  last.body_end = std::min(last.body_end, page.end_of_list(last.heading + 1));
  if (items.size() >= kMinTextless && none_has_text(page, items)) last.body_end = last.body_begin;
  if (with_inner * 3 <= items.size()) last.body_end = foreign_heading(page, last, last.body_end);
}

// Behind the entry's text, a line that speaks to the reader ends it.
std::size_t end_before_aside(const PageOutline& page, std::size_t begin, std::size_t end) {
  bool text_seen = false;
  for (std::size_t i = begin; i < end; ++i) {
    if (page.asides[i] && text_seen) return i;
    text_seen = text_seen || page.lines[i].kind == LineKind::Text;
  }
  return end;
}

void set_bodies(const PageOutline& page, std::vector<ListItem>& items,
                const std::vector<std::size_t>& strangers) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    ListItem& item = items[i];
    std::size_t end = i + 1 < items.size() ? items[i + 1].heading : page.lines.size();
    // A new section above the next entry ends this one.
    if (i + 1 < items.size() && items[i + 1].section != kNoLine && items[i + 1].section > item.heading)
      end = std::min(end, items[i + 1].section);
    for (const std::size_t line : strangers)
      if (line > item.heading) end = std::min(end, line);
    item.body_begin = std::max(item.body_begin, item.heading + 1);
    item.body_end = end_before_aside(page, item.body_begin, end);
  }
  cut_last_body(page, items);
}

// For a page with one entry: the one heading that cannot be anything else, since it has a number, says where
// title and artist part, or gives a year.
std::vector<ListItem> single_item(const PageOutline& page) {
  std::vector<ListItem> items;
  const std::size_t end = page.end_of_list(0);
  for (std::size_t i = 0; i < end; ++i) {
    const Line& line = page.lines[i];
    if (i == page.title || line.kind != LineKind::Short || line.fact ||
        is_question(page.words, line.folded) || !page.has_body(i))
      continue;
    const bool numbered = line.marker && line.marker->style != MarkerStyle::Bare;
    const std::u32string text(
        trimmed(numbered ? std::u32string_view(line.text).substr(std::min(line.marker->end, line.text.size()))
                         : line.text));
    if (text.empty() || !(numbered || can_be_split(text) || ends_in_year(text))) continue;
    ListItem item;
    item.heading = i;
    item.text = text;
    if (numbered) item.rank = line.marker->number;
    item.body_begin = i + 1;
    items.push_back(std::move(item));
  }
  if (items.size() != 1) items.clear();
  return items;
}

// The short line right below a heading, when it could be the artist's.
std::size_t line_below(const PageOutline& page, const ListItem& item) {
  const std::size_t next = page.next_content(item.body_begin - 1);
  if (next >= item.body_end || page.lines[next].kind != LineKind::Short || page.between[next] ||
      page.repeated[next])
    return kNoLine;
  const Line& line = page.lines[next];
  if (!artist_label_value(page.words, to_utf8(line.text)).empty())
    return kNoLine;  // "Artist: X" is read with the body
  if (ends_in_full_stop(page.words, line.text)) return kNoLine;
  const bool beside = line.level > 0 && line.level <= page.lines[item.heading].level;
  if (columns(line.text) > 45 || line.fact || beside || overlaps(page.lines[item.heading].key, line.key))
    return kNoLine;
  return next;
}

// Pages that put the artist on a line of its own do so for nearly every entry.
void take_artist_lines(const PageOutline& page, std::vector<ListItem>& items) {
  std::size_t lines = 0;
  for (const ListItem& item : items)
    lines +=
        item.artist_line == kNoLine && !can_be_split(item.text) && line_below(page, item) != kNoLine ? 1 : 0;
  if (lines < 2 || lines * 10 < items.size() * 6) return;
  for (ListItem& item : items) {
    const std::size_t line = line_below(page, item);
    if (line == kNoLine || item.artist_line != kNoLine) continue;
    item.artist_line = line;
    item.body_begin = line + 1;
  }
}

bool is_furniture(LineKind kind) {
  return kind == LineKind::Contents || kind == LineKind::Closing || kind == LineKind::Tail ||
         kind == LineKind::Label;
}

// Parted as the headings of entries are, or with a year.
bool looks_like_entry(const Line& line) {
  const std::u32string folded = fold_line(line.text);
  return folded.find(U" - ") != std::u32string::npos || folded.find(U" / ") != std::u32string::npos ||
         ends_in_year(line.text);
}

// Headings of the level that all items have: those among them, or that name title and artist as they do.
std::vector<std::size_t> passed_over(const PageOutline& page, const std::vector<ListItem>& items) {
  std::vector<std::size_t> found;
  const auto level = page.lines[items.front().heading].level;
  const bool levelled = level > 0 && std::all_of(items.begin(), items.end(), [&](const ListItem& item) {
                          return page.lines[item.heading].level == level;
                        });
  if (!levelled) return found;
  std::vector<bool> headings(page.lines.size());
  std::vector<bool> sections(page.lines.size() + 1);  // one more for those without
  for (const ListItem& item : items) {
    std::fill(headings.begin() + item.heading, headings.begin() + item.body_begin, true);
    sections[std::min(item.section, page.lines.size())] = true;
  }
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    if (line.level != level || headings[i] || i == page.title) continue;
    if (page.repeated[i] || page.between[i] || page.contents[i]) continue;
    if (is_question(page.words, line.folded) || has_range(line.folded)) continue;
    const bool among = i > items.front().heading && i < items.back().heading;
    if (looks_like_entry(line) || (among && !is_furniture(line.kind) && !sections[i])) found.push_back(i);
  }
  return found;
}

// "Lady Gaga ‘Rain on Me’"
bool quotes_title(const std::u32string& heading) {
  const auto quoted = find_quoted_title(heading);
  return quoted && (!quoted->before.empty() || !quoted->after.empty());
}

// Where nearly all entries have two parts, a year or a quoted title: questions without any, and what stands
// before the first or behind the last of them.
std::vector<std::size_t> drop_strangers(const PageOutline& page, std::vector<ListItem>& items) {
  const auto named = [&](const ListItem& item) {
    return item.rank || item.artist_line != kNoLine || names_entry(page.lines[item.heading]) ||
           quotes_title(item.text);
  };
  const auto count = static_cast<std::size_t>(std::count_if(items.begin(), items.end(), named));
  std::vector<std::size_t> dropped;
  if (count < 3 || count * 3 < items.size() * 2) return dropped;
  const auto first = std::find_if(items.begin(), items.end(), named);
  const std::size_t begin = first->heading;
  const std::size_t end = std::find_if(items.rbegin(), items.rend(), named)->heading;
  std::erase_if(items, [&](const ListItem& item) {
    const std::size_t line = item.heading;
    const bool outside = line < begin || line > end;
    const bool stranger = !named(item) && !can_be_split(page.lines[line].text) &&
                          (outside || page.lines[line].folded.ends_with('?'));
    if (stranger) dropped.push_back(line);
    return stranger;
  });
  return dropped;
}

}  // namespace

ListStructure find_list(const PageOutline& page) {
  struct Way {
    std::vector<ListItem> items;
    double weight;
  };
  Way ways[] = {{numbered_items(page), kNumberedWeight},
                {levelled_items(page), kLevelledWeight},
                {unmarked_items(page), 1},
                {bulleted_items(page), kBulletedWeight}};
  ListStructure list;
  double best = 0;
  for (Way& way : ways) {
    const double value = score(page, way.items, way.weight);
    if (value <= best) continue;
    best = value;
    list.items = std::move(way.items);
  }
  const std::vector<std::size_t> strangers = drop_strangers(page, list.items);
  if (list.items.empty()) list.items = single_item(page);
  if (page.title < page.lines.size()) list.title = page.title;
  if (list.items.empty()) return list;
  set_bodies(page, list.items, strangers);
  take_artist_lines(page, list.items);
  list.passed_over = passed_over(page, list.items);
  return list;
}

}  // namespace nunmul
