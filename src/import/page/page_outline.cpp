// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/page/page_outline.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "import/page/asides.h"
#include "import/title/heading.h"
#include "import/words/characters.h"
#include "import/words/phrases.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

constexpr std::size_t kRepeatReach = 4;      // content lines between a heading and its repetition
constexpr std::size_t kPlacesOfHeading = 3;  // lines: in contents, above its text, perhaps in an index
constexpr std::size_t kTitleReach = 12;      // content lines in which the page's title stands

struct KeyHash {
  std::size_t operator()(const std::u32string& key) const { return std::hash<std::u32string>()(key); }
};

// The key of a heading without its number and its year or other brackets, so that a table of contents
// meets its entries.
std::u32string bare_key(const Line& line) {
  std::u32string_view text = line.text;
  if (line.kind == LineKind::Menu) text.remove_prefix(1);
  if (line.marker) text = std::u32string_view(line.text).substr(std::min(line.marker->end, line.text.size()));
  const std::u32string before_bracket = compact(text.substr(0, text.find_first_of(U"(（")));
  return before_bracket.size() >= 2 ? before_bracket : compact(text);
}

bool may_be_heading(const Line& line) {
  return line.kind == LineKind::Short || (line.level > 0 && line.kind != LineKind::Blank) ||
         (line.marker && line.kind != LineKind::Blank && columns(line.text) <= 120);
}

bool repeats(const Line& heading, const Line& line) {
  return line.key == heading.key || (heading.marker && line.key == bare_key(heading));
}

void mark_repeats(PageOutline& page) {
  const auto& lines = page.lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (page.repeated[i] || !may_be_heading(lines[i]) || lines[i].key.size() < 2) continue;
    std::size_t seen = 0;
    for (std::size_t j = i + 1; j < lines.size() && seen <= kRepeatReach; ++j) {
      if (lines[j].kind == LineKind::Blank) continue;
      if (repeats(lines[i], lines[j])) {
        page.repeated[j] = true;
        for (std::size_t k = i + 1; k < j; ++k) page.between[k] = lines[k].kind != LineKind::Blank;
        break;
      }
      if (lines[i].marker && lines[j].key.starts_with(lines[i].key)) page.echo[j] = true;
      if (lines[j].kind == LineKind::Text || lines[j].marker) break;
      ++seen;
    }
  }
}

// Short lines that come at least twice at a distance, most with the same words: labels, advertisements.
// In a table of contents each line comes twice, too; those are found first.
void mark_recurring(PageOutline& page) {
  std::unordered_map<std::u32string, std::vector<std::size_t>, KeyHash> places;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    if (line.kind == LineKind::Blank || line.kind == LineKind::Text || line.fact || page.repeated[i] ||
        page.contents[i] || line.key.empty())
      continue;
    if (line.marker && line.marker->end >= line.text.size()) continue;
    places[line.key].push_back(i);
  }
  for (const auto& [key, at] : places) {
    if (at.size() < 3) continue;
    for (const std::size_t i : at) page.recurring[i] = true;
  }
}

// A writer's name below an entry's text and above the next heading, which names two by a quoted title.
bool is_signature(const PageOutline& page, std::size_t line, std::size_t before) {
  constexpr std::size_t kWordsOfWriter = 4;
  const auto& lines = page.lines;
  if (lines[line].kind != LineKind::Short || lines[line].level > 0 || lines[line].marker ||
      lines[line].fact || count_words(lines[line].text) > kWordsOfWriter ||
      find_quoted_title(lines[line].text))
    return false;
  if (before == lines.size() || lines[before].kind != LineKind::Text) return false;
  const std::size_t next = page.next_content(line);
  const auto quoted = next < lines.size() ? find_quoted_title(lines[next].text) : std::nullopt;
  return quoted && !(quoted->before.empty() && quoted->after.empty());
}

// Few people write most of a page, so that their names come again.
void mark_signatures(PageOutline& page) {
  std::unordered_map<std::u32string, std::size_t, KeyHash> signed_by;
  std::size_t count = 0;
  std::size_t before = page.lines.size();
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (page.lines[i].kind == LineKind::Blank) continue;
    if (is_signature(page, i, before)) ++signed_by[page.lines[i].key], ++count;
    before = i;
  }
  if (count < 3 || signed_by.size() * 3 > count * 2) return;
  for (std::size_t i = 0; i < page.lines.size(); ++i)
    if (page.lines[i].kind == LineKind::Short && signed_by.contains(page.lines[i].key))
      page.recurring[i] = true;
}

struct Places {
  std::size_t last = 0;   // line
  std::size_t count = 0;  // of lines
};

// The lines that each key stands on.
std::unordered_map<std::u32string, Places, KeyHash> places_of_keys(const PageOutline& page) {
  std::unordered_map<std::u32string, Places, KeyHash> places;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (page.lines[i].kind == LineKind::Blank || page.repeated[i]) continue;
    Places& of_key = places[bare_key(page.lines[i])];
    of_key.last = i;
    ++of_key.count;
  }
  return places;
}

// A block of short lines, most of which come back later as headings, though no heading announces it.
void mark_silent_contents(PageOutline& page) {
  const auto& lines = page.lines;
  auto all_places = places_of_keys(page);
  std::vector<std::size_t> block;
  std::unordered_set<std::size_t> awaited;  // the lines on which those of the block come last
  std::size_t hits = 0;
  const auto close = [&] {
    if (hits >= 3 && hits * 3 >= block.size() * 2) {
      for (const std::size_t i : block) page.contents[i] = true;
    }
    block.clear();
    awaited.clear();
    hits = 0;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == LineKind::Blank || page.contents[i]) continue;
    const std::u32string key = bare_key(lines[i]);
    const Places& places = all_places[key];
    const std::size_t place = places.last;
    // What each entry has ("16 episodes") comes more often.
    const bool later = !key.empty() && place > i + 1 && places.count <= kPlacesOfHeading && !lines[i].fact;
    // The entry itself ends the block: what came before repeats, this one does not come again.
    const bool entry = !later && awaited.contains(i);
    if (entry || (lines[i].kind == LineKind::Text && !later)) {
      close();
      continue;
    }
    block.push_back(i);
    awaited.insert(place);
    hits += later ? 1 : 0;
  }
  close();
}

// Headings by their keys, to find those that begin with one.
class HeadingIndex {
 public:
  explicit HeadingIndex(const PageOutline& page) : page_(page) {
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      const LineKind kind = page.lines[i].kind;
      const bool heading = kind != LineKind::Blank && (kind != LineKind::Text || page.lines[i].marker) &&
                           !page.repeated[i] && !page.between[i];
      if (heading) places_.emplace_back(bare_key(page.lines[i]), i);
    }
    std::sort(places_.begin(), places_.end());
  }

  // Whether a later line begins with this one. What stands right below and says the same is its caption.
  bool comes_again(std::size_t line) const {
    constexpr std::size_t kLooked = 32;  // of the lines with that beginning
    const std::u32string key = bare_key(page_.lines[line]);
    if (key.size() < 2) return false;
    const std::size_t below = page_.next_content(line);
    const auto exact_end =
        std::upper_bound(places_.begin(), places_.end(), std::pair(key, page_.lines.size()));
    if (exact_end != places_.begin() && std::prev(exact_end)->first == key &&
        std::prev(exact_end)->second > below)
      return true;
    std::size_t looked = 0;
    for (auto at = exact_end; at != places_.end() && at->first.starts_with(key) && looked < kLooked;
         ++at, ++looked) {
      if (at->second > below) return true;
    }
    return false;
  }

 private:
  const PageOutline& page_;
  std::vector<std::pair<std::u32string, std::size_t>> places_;
};

// Below a heading like "Contents": lines that come again, and lines that stand close to the heading.
void mark_headed_contents(PageOutline& page) {
  const auto& lines = page.lines;
  const bool any = std::any_of(lines.begin(), lines.end(),
                               [](const Line& line) { return line.kind == LineKind::Contents; });
  if (!any) return;
  const HeadingIndex headings(page);
  for (std::size_t head = 0; head < lines.size(); ++head) {
    if (lines[head].kind != LineKind::Contents) continue;
    page.contents[head] = true;
    std::size_t end = head + 1;
    for (; end < lines.size() && lines[end].kind != LineKind::Contents; ++end) {
      if (lines[end].kind == LineKind::Blank) continue;
      const bool again = headings.comes_again(end);
      const bool close = lines[end - 1].kind != LineKind::Blank && end + 1 < lines.size() &&
                         lines[end].kind != LineKind::Text &&
                         (lines[end + 1].kind != LineKind::Text || page.contents[end - 1]);
      const bool above_text = end + 1 < lines.size() && lines[end + 1].kind == LineKind::Text;
      if (!again && (!close || above_text)) break;
      page.contents[end] = true;
    }
  }
}

void mark_contents(PageOutline& page) {
  mark_headed_contents(page);
  mark_silent_contents(page);
}

// Whether the page's first heading is one of its entries: those after it look the same, and nothing in it
// speaks of a list.
bool begins_with_entry(const WordLists& words, const std::vector<Line>& lines, std::size_t first) {
  const Line& line = lines[first];
  if (has_list_word(words, line.folded)) return false;
  if (line.level == 0)
    return line.marker && line.marker->style != MarkerStyle::Bare && line.marker->number == 1 &&
           line.marker->begin == 0;
  std::size_t text = 0;
  for (std::size_t i = first + 1; i < lines.size(); ++i) {
    if (lines[i].level > 0) return lines[i].level == line.level && text > 0;
    text += lines[i].kind == LineKind::Text ? 1 : 0;
  }
  return text > 0 && line.level > 1;  // the only heading
}

bool may_be_title(const Line& line, bool first) {
  if (line.fact) return false;
  if (line.kind == LineKind::Short) return true;
  return first &&
         (line.kind == LineKind::Closing || (line.kind == LineKind::Text && columns(line.text) < 220));
}

std::size_t find_title(const PageOutline& page) {
  const auto& lines = page.lines;
  std::size_t seen = 0;
  std::size_t first = lines.size();
  bool text_seen = false;
  for (std::size_t i = 0; i < lines.size() && seen < kTitleReach; ++i) {
    if (lines[i].kind == LineKind::Blank) continue;
    ++seen;
    text_seen = text_seen || lines[i].kind == LineKind::Text;
    if (text_seen && ends_in_year(lines[i].text))
      continue;  // an entry that may be called "Hospital Playlist"
    if (lines[i].level > 0 && first == lines.size() && begins_with_entry(page.words, lines, i)) return first;
    if (lines[i].level == 1) return i;
    if (page.contents[i] || !may_be_title(lines[i], seen == 1)) continue;
    if (seen == 1 && lines[i].level == 0 && begins_with_entry(page.words, lines, i)) return lines.size();
    if (first == lines.size()) first = i;
    // Site names and navigation come before; the title is the first line that speaks of a list.
    if (has_list_word(page.words, lines[i].folded) && columns(lines[i].text) > 16) return i;
    if (lines[i].kind == LineKind::Text) break;
  }
  return first;
}

}  // namespace

bool overlaps(std::u32string_view heading, std::u32string_view other) {
  if (heading.size() < 2 || other.size() < 2) return false;
  const auto share = [](std::u32string_view part, std::u32string_view whole) {
    std::size_t hits = 0;
    for (std::size_t i = 0; i + 1 < part.size(); ++i)
      hits += whole.find(part.substr(i, 2)) != std::u32string_view::npos ? 1 : 0;
    return static_cast<double>(hits) / static_cast<double>(part.size() - 1);
  };
  return share(heading, other) >= 0.65 || (other.size() >= 4 && share(other, heading) >= 0.75);
}

PageOutline::PageOutline(const WordLists& its_words, const std::vector<Line>& all)
    : words(its_words),
      lines(all),
      repeated(all.size()),
      echo(all.size()),
      between(all.size()),
      contents(all.size()),
      asides(find_asides(its_words, all)),
      recurring(all.size()) {
  mark_repeats(*this);
  mark_contents(*this);
  mark_recurring(*this);
  mark_signatures(*this);
  title = find_title(*this);
  if (title < lines.size()) asides[title] = false;
}

std::size_t PageOutline::next_content(std::size_t line) const {
  do ++line;
  while (line < lines.size() && lines[line].kind == LineKind::Blank);
  return std::min(line, lines.size());
}

bool PageOutline::has_body(std::size_t line) const {
  for (std::size_t i = next_content(line); i < lines.size(); i = next_content(i)) {
    if (lines[i].kind == LineKind::Text) return true;
    const bool caption =
        lines[i].kind == LineKind::Short && !lines[i].marker && overlaps(bare_key(lines[line]), lines[i].key);
    const bool passed = caption || repeated[i] || between[i] || recurring[i] ||
                        lines[i].kind == LineKind::Caption || lines[i].kind == LineKind::Noise ||
                        lines[i].kind == LineKind::Label || lines[i].fact;
    if (!passed) return false;
  }
  return false;
}

std::size_t PageOutline::end_of_list(std::size_t from) const {
  for (std::size_t i = from; i < lines.size(); ++i) {
    if (lines[i].kind == LineKind::Closing || lines[i].kind == LineKind::Tail) return i;
  }
  return lines.size();
}

}  // namespace nunmul
