// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/list_structure.h"

#include <algorithm>

#include "import/characters.h"
#include "import/list_candidates.h"
#include "import/page_outline.h"
#include "import/phrases.h"

namespace nunmul {
namespace {

// What each way of marking counts for: numbers and heading levels are put there on purpose, short lines
// may be anything.
constexpr double kNumberedWeight = 1.5;
constexpr double kLevelledWeight = 1.5;
constexpr double kBulletedWeight = 0.5;
constexpr double kItemWithBody = 2;
constexpr double kItemAlone = 0.6;

double score(const PageOutline& page, const std::vector<ListItem>& items, double weight) {
  double sum = 0;
  for (const ListItem& item : items) sum += page.has_body(item.heading) || item.text.size() > 60 ? kItemWithBody : kItemAlone;
  return sum * weight;
}

// After the last entry a short line that no other entry has heads something else.
std::size_t foreign_heading(const PageOutline& page, const ListItem& item, std::size_t end) {
  bool text_seen = false;
  for (std::size_t i = item.heading + 1; i < end; ++i) {
    const Line& line = page.lines[i];
    if (line.kind == LineKind::Text) text_seen = true;
    const bool heading = line.kind == LineKind::Short && !page.recurring[i] && !page.repeated[i] && !page.between[i];
    if (text_seen && heading && !is_fact_line(line.folded)) return i;
  }
  return end;
}

void cut_last_body(const PageOutline& page, std::vector<ListItem>& items) {
  std::size_t with_inner = 0;
  for (std::size_t i = 0; i + 1 < items.size(); ++i) {
    const std::size_t end = items[i].body_end;
    with_inner += foreign_heading(page, items[i], end) < end ? 1 : 0;
  }
  ListItem& last = items.back();
  last.body_end = std::min(last.body_end, page.end_of_list(last.heading + 1));
  if (with_inner * 3 <= items.size()) last.body_end = foreign_heading(page, last, last.body_end);
}

void set_bodies(const PageOutline& page, std::vector<ListItem>& items) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    ListItem& item = items[i];
    std::size_t end = i + 1 < items.size() ? items[i + 1].heading : page.lines.size();
    // A new section above the next entry ends this one.
    if (i + 1 < items.size() && items[i + 1].section != kNoLine && items[i + 1].section > item.heading) end = std::min(end, items[i + 1].section);
    item.body_begin = std::max(item.body_begin, item.heading + 1);
    item.body_end = end;
  }
  cut_last_body(page, items);
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
  if (page.title < page.lines.size()) list.title = page.title;
  if (!list.items.empty()) set_bodies(page, list.items);
  return list;
}

}  // namespace nunmul
