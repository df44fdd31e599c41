// SPDX-License-Identifier: GPL-2.0-or-later
// Entries marked by a sequence of numbers. A number makes an entry only in a run of its style that counts
// up or down over the page; so "No.1" or "24 Hours" as titles and lists inside of descriptions fall out.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "import/page/list_candidates.h"
#include "import/page/list_item.h"
#include "import/words/characters.h"
#include "import/words/phrases.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

constexpr int kLargestGap = 3;  // numbers that may be missing in a run

struct Occurrence {
  std::size_t line = 0;
  RankMarker marker;
  int shape = 0;  // of its line: level, and whether text stands below
};

struct Run {
  std::vector<Occurrence> members;
  int direction = 0;  // +1 counts up, -1 down, 0 not known yet

  std::uint32_t last() const { return members.back().marker.number; }
};

// Whether the number continues the run: by one step, or over a gap.
bool continues(const Run& run, std::uint32_t number, int reach) {
  const int step = static_cast<int>(number) - static_cast<int>(run.last());
  if (step == 0 || std::abs(step) > reach) return false;
  return run.direction == 0 ? std::abs(step) == 1 || reach > 1 : (step > 0) == (run.direction > 0);
}

// Adds a number to the run whose lines look alike; a list inside of a description has
// nothing below its lines. Among equals the longer.
void add(std::vector<Run>& runs, const Occurrence& occurrence) {
  for (const int reach : {1, kLargestGap}) {
    Run* best = nullptr;
    std::size_t best_value = 0;
    for (Run& run : runs) {
      if ((reach > 1 && run.members.size() < 2) || !continues(run, occurrence.marker.number, reach)) continue;
      const std::size_t value =
          run.members.size() + (run.members.back().shape == occurrence.shape ? 1000 : 0);
      if (value >= best_value) best = &run, best_value = value;
    }
    if (best == nullptr) continue;
    best->direction = occurrence.marker.number > best->last() ? 1 : -1;
    best->members.push_back(occurrence);
    return;
  }
  runs.push_back({{occurrence}, 0});
}

// Takes the reading of a number that goes on where a run stopped; else the shortest.
void add_likeliest(std::vector<Run>& runs, std::size_t line, const std::vector<RankMarker>& markers,
                   int shape) {
  if (markers.empty()) return;
  for (const RankMarker& marker : markers) {
    const bool fits = std::any_of(runs.begin(), runs.end(),
                                  [&](const Run& run) { return continues(run, marker.number, 1); });
    if (fits) return add(runs, {line, marker, shape});
  }
  add(runs, {line, markers.back(), shape});
}

bool can_carry_marker(const PageOutline& page, std::size_t i) {
  const Line& line = page.lines[i];
  if (line.kind == LineKind::Blank || page.repeated[i] || page.echo[i] || page.between[i] ||
      page.contents[i] || i == page.title)
    return false;
  return true;
}

std::vector<Run> find_runs(const PageOutline& page) {
  std::map<MarkerStyle, std::vector<Run>> by_style;
  std::vector<Run> trailing;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (!can_carry_marker(page, i)) continue;
    const Line& line = page.lines[i];
    const int shape = line.level * 2 + (page.has_body(i) ? 1 : 0);
    if (line.marker && !(line.marker->style == MarkerStyle::Bare && line.kind == LineKind::Text)) {
      add(by_style[line.marker->style], {i, *line.marker, shape});
    } else if (line.kind == LineKind::Short) {
      add_likeliest(trailing, i, find_trailing_markers(page.words, line.text), shape);
    }
  }
  std::vector<Run> runs;
  for (auto& [style, found] : by_style) runs.insert(runs.end(), found.begin(), found.end());
  runs.insert(runs.end(), trailing.begin(), trailing.end());
  return runs;
}

std::u32string heading_text(const Line& line, const RankMarker& marker) {
  std::u32string_view text = line.text;
  return trimmed(marker.begin == 0 ? text.substr(std::min(marker.end, text.size()))
                                   : text.substr(0, marker.begin));
}

bool asks_questions(const PageOutline& page, const Run& run) {
  std::size_t questions = 0;
  for (const Occurrence& member : run.members) {
    questions +=
        is_question(page.words, to_utf8(fold_line(heading_text(page.lines[member.line], member.marker)))) ? 1
                                                                                                          : 0;
  }
  return questions * 5 >= run.members.size() * 3;
}

double weight_of(const PageOutline& page, const Run& run) {
  if (run.members.size() < (run.members[0].marker.style == MarkerStyle::Bare ? 3u : 2u) ||
      asks_questions(page, run))
    return 0;
  double sum = 0;
  for (const Occurrence& member : run.members) {
    const Line& line = page.lines[member.line];
    const bool plain_sentence =
        line.kind == LineKind::Text && !page.has_body(member.line) && columns(line.text) > 160;
    sum += plain_sentence ? 0.3 : page.has_body(member.line) ? 2 : 0.8;
  }
  return sum;
}

bool is_inside(const Run& inner, const Run& outer) {
  for (std::size_t i = 0; i + 1 < outer.members.size(); ++i) {
    if (inner.members.front().line > outer.members[i].line &&
        inner.members.back().line < outer.members[i + 1].line)
      return true;
  }
  return false;
}

// The run that is the list, and others of its style (parts that count from 1 again).
std::vector<Run> choose_runs(const PageOutline& page) {
  std::vector<Run> runs = find_runs(page);
  std::vector<Run> chosen;
  const Run* best = nullptr;
  double best_weight = 0;
  for (const Run& run : runs) {
    const double weight = weight_of(page, run);
    if (weight > best_weight) best = &run, best_weight = weight;
  }
  if (best == nullptr) return chosen;
  // Parts that count from 1 inside of a numbered list of parts weigh more together than the parts.
  std::size_t end = page.end_of_list(best->members.back().line + 1);
  for (const Run& run : runs) {
    if (&run == best) {
      chosen.push_back(run);
      continue;
    }
    const MarkerStyle style = run.members[0].marker.style;
    if (style != best->members[0].marker.style || run.members.size() < 2 ||
        weight_of(page, run) < run.members.size())
      continue;
    if (run.members.front().line > end || is_inside(run, *best)) continue;
    chosen.push_back(run);
  }
  return chosen;
}

// A number that one line between two of the run has in another style ("4 - Title" among "3 ▲1 Title").
void fill_gaps(const PageOutline& page, Run& run) {
  for (std::size_t i = 0; i + 1 < run.members.size(); ++i) {
    const std::uint32_t one = run.members[i].marker.number;
    const std::uint32_t two = run.members[i + 1].marker.number;
    if (std::max(one, two) - std::min(one, two) != 2) continue;
    for (std::size_t line = run.members[i].line + 1; line < run.members[i + 1].line; ++line) {
      const auto& marker = page.lines[line].marker;
      if (!marker || marker->number != (one + two) / 2 || !can_carry_marker(page, line)) continue;
      if (page.has_body(line) != page.has_body(run.members[i].line)) continue;
      run.members.insert(run.members.begin() + static_cast<std::ptrdiff_t>(i) + 1, {line, *marker, 0});
      break;
    }
  }
}

// A marker alone on its line belongs to the heading on the next.
ListItem item_of(const PageOutline& page, const Occurrence& member) {
  ListItem item;
  item.heading = member.line;
  item.rank = member.marker.number;
  item.text = heading_text(page.lines[member.line], member.marker);
  item.body_begin = member.line + 1;
  if (!item.text.empty()) return item;
  const std::size_t next = page.next_content(member.line);
  if (next < page.lines.size() && page.lines[next].kind != LineKind::Text) {
    item.text = page.lines[next].text;
    item.body_begin = next + 1;
  }
  return item;
}

bool all_lower_case(std::u32string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char32_t c) { return char_class(c) == CharClass::Upper || is_cjk(c); });
}

// By itself, whatever stands around it.
bool may_head_section(const PageOutline& page, std::size_t i) {
  const Line& line = page.lines[i];
  if (line.fact || line.kind == LineKind::Closing || line.kind == LineKind::Tail) return false;
  if (page.contents[i] || page.recurring[i] || page.repeated[i] || page.between[i]) return false;
  if (i == page.title || (page.title != page.lines.size() && i < page.title)) return false;
  if (line.level > 0) return true;
  return line.kind == LineKind::Short && !ends_politely(page.words, line.folded) &&
         !ends_like_sentence(line.text) && !all_lower_case(line.text);
}

// The last short line between two entries, when it stands where a section's heading would: after the
// text of the entry before, and right above the next or with words that head lists.
std::size_t section_between(const PageOutline& page, std::size_t begin, std::size_t end, bool first) {
  bool text_seen = first;
  std::size_t found = kNoLine;
  bool text_after = false;
  for (std::size_t i = begin; i < end; ++i) {
    if (page.lines[i].kind == LineKind::Text) {
      text_seen = true;
      text_after = true;
    }
    if (!text_seen || !may_head_section(page, i)) continue;
    found = i;
    text_after = false;
  }
  if (found == kNoLine) return kNoLine;
  const Line& line = page.lines[found];
  const bool strong = line.level > 0 || looks_like_section(page.words, line);
  if (text_after && !strong) return kNoLine;
  return found;
}

}  // namespace

std::vector<ListItem> numbered_items(const PageOutline& page) {
  std::vector<ListItem> items;
  for (Run& run : choose_runs(page)) {
    fill_gaps(page, run);
    for (const Occurrence& member : run.members) {
      ListItem item = item_of(page, member);
      if (!item.text.empty()) items.push_back(std::move(item));
    }
  }
  std::sort(items.begin(), items.end(),
            [](const ListItem& a, const ListItem& b) { return a.heading < b.heading; });
  std::size_t section = kNoLine;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::size_t found = section_between(page, begin, items[i].heading, i == 0);
    if (found != kNoLine) section = found;
    items[i].section = section;
    begin = items[i].body_begin;
  }
  return items;
}

}  // namespace nunmul
