// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/rank_marker.h"

#include <algorithm>
#include <array>
#include <string>

#include "import/words/characters.h"

namespace nunmul {
using namespace std::string_view_literals;

namespace {

// A reader over the folded line. Each `take` moves on only when it matches.
struct Cursor {
  std::u32string_view text;
  std::size_t at = 0;

  char32_t peek(std::size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : 0; }
  bool done() const { return at >= text.size(); }
  void skip_spaces() {
    while (is_space(peek())) ++at;
  }
  bool take(std::u32string_view word) {
    if (text.substr(at, word.size()) != word) return false;
    at += word.size();
    return true;
  }
  bool take_any(std::u32string_view set) {
    if (done() || set.find(peek()) == std::u32string_view::npos) return false;
    ++at;
    return true;
  }
  std::optional<std::uint32_t> take_number() {
    std::size_t digits = 0;
    std::uint32_t value = 0;
    while (digits < 5 && peek() >= U'0' && peek() <= U'9') {
      value = value * 10 + static_cast<std::uint32_t>(peek() - U'0');
      ++at;
      ++digits;
    }
    if (digits == 0 || digits > 4) return std::nullopt;
    return value;
  }
};

struct CircledRange {
  char32_t first;
  char32_t last;
  std::uint32_t number;  // of the first
};
constexpr CircledRange kCircled[] = {{U'①', U'⑳', 1}, {U'㉑', U'㉟', 21}, {U'㊱', U'㊿', 36},
                                     {U'❶', U'❿', 1}, {U'⓫', U'⓴', 11},   {U'⑴', U'⒇', 1},
                                     {U'⒈', U'⒛', 1}, {U'➀', U'➉', 1},    {U'➊', U'➓', 1}};

constexpr std::u32string_view kBullets =
    U"-*"
    U"•●■◆◇▶▷►★☆♪✔✓◎○・※❤♥👑🥇🥈🥉🏆🎬🎵🎶📺💔😢"
    U"😭";

void skip_ornaments(const WordLists& words, Cursor& cursor) {
  for (bool moved = true; moved;) {
    cursor.skip_spaces();
    moved = cursor.take_any(kBullets);
    for (const auto& badge : words["rank badge"].utf32) moved = moved || cursor.take(badge);
  }
}

// Units of one character, which stand behind numbers without a space.
bool is_place_unit(const WordLists& words, char32_t c) {
  const auto& units = words["place unit"].utf32;
  return std::find(units.begin(), units.end(), std::u32string(1, c)) != units.end();
}

// Separators that follow a marker whose unit already makes it one ("第3位：", "#3 - ").
void skip_separators(Cursor& cursor) {
  do cursor.skip_spaces();
  while (cursor.take_any(U":.-|】]>),、。・/~"));
}

std::optional<RankMarker> made(Cursor& cursor, MarkerStyle style, std::uint32_t number) {
  skip_separators(cursor);
  return RankMarker{style, number, 0, cursor.at};
}

std::optional<RankMarker> read_circled(Cursor cursor) {
  const char32_t c = cursor.peek();
  for (const CircledRange& range : kCircled) {
    if (c < range.first || c > range.last) continue;
    ++cursor.at;
    return made(cursor, MarkerStyle::Circled, range.number + static_cast<std::uint32_t>(c - range.first));
  }
  const bool keycap = c >= U'0' && c <= U'9' && (cursor.peek(1) == 0x20E3 || cursor.peek(2) == 0x20E3);
  if (!keycap) return std::nullopt;
  cursor.at += cursor.peek(1) == 0x20E3 ? 2 : 3;
  return made(cursor, MarkerStyle::Circled, static_cast<std::uint32_t>(c - U'0'));
}

std::optional<RankMarker> read_worded(const WordLists& words, Cursor cursor, WordList list,
                                      MarkerStyle style) {
  for (const auto& word : words[list].utf32) {
    Cursor inner = cursor;
    if (!inner.take(word)) continue;
    inner.take_any(U".");
    inner.skip_spaces();
    const auto number = inner.take_number();
    if (!number) continue;
    // "TOP 3 songs" and "ランキング10選" head a page; a marker stands before a separator, a unit or a new
    // word.
    for (const auto& unit : words["place unit"].utf32) inner.take(unit);
    const char32_t next = inner.peek();
    if (style == MarkerStyle::Place &&
        !(inner.done() || U".:-–—|】])"sv.find(next) != std::u32string_view::npos))
      continue;
    return made(inner, style, *number);
  }
  return std::nullopt;
}

std::optional<RankMarker> read_unit(const Forms& units, Cursor cursor, std::uint32_t number,
                                    MarkerStyle style) {
  cursor.skip_spaces();
  for (const auto& unit : units.utf32) {
    Cursor inner = cursor;
    if (!inner.take(unit)) continue;
    const char32_t last = unit.back();
    if (last < 0x80 && is_word(inner.peek())) continue;  // "1stプラス"
    if (style == MarkerStyle::Count && last < 0x80 && !(inner.take_any(U".:)-")))
      continue;  // "1st Love" is a title
    return made(inner, style, number);
  }
  return std::nullopt;
}

std::optional<RankMarker> read_plain_number(const WordLists& words, Cursor cursor) {
  const bool bracket = cursor.take_any(U"([【<");
  const bool ordinal = cursor.take(U"第");
  const auto number = cursor.take_number();
  if (!number) return std::nullopt;
  if (auto marker = read_unit(words["place unit"], cursor, *number, MarkerStyle::Place)) return marker;
  if (auto marker = read_unit(words["count unit"], cursor, *number, MarkerStyle::Count)) return marker;
  if (ordinal) return std::nullopt;
  if (bracket) {
    if (!cursor.take_any(U")]】>")) return std::nullopt;
    return made(cursor, MarkerStyle::Paren, *number);
  }
  if (cursor.take_any(U")")) return made(cursor, MarkerStyle::Paren, *number);
  if (cursor.peek() == U'.' && !(cursor.peek(1) >= U'0' && cursor.peek(1) <= U'9')) {
    ++cursor.at;
    return made(cursor, MarkerStyle::Dot, *number);
  }
  if (cursor.take_any(U"、｡。")) return made(cursor, MarkerStyle::Dot, *number);
  const bool spaced = is_space(cursor.peek());
  Cursor inner = cursor;
  inner.skip_spaces();
  if (inner.peek() == U':' && !(inner.peek(1) >= U'0' && inner.peek(1) <= U'9'))
    return made(inner, MarkerStyle::Colon, *number);
  if (spaced && U"-–—|/"sv.find(inner.peek()) != std::u32string_view::npos && is_space(inner.peek(1)))
    return made(inner, MarkerStyle::Colon, *number);
  if (inner.done() || spaced) return made(inner, MarkerStyle::Bare, *number);
  return std::nullopt;
}

std::optional<RankMarker> read_marker(const WordLists& words, Cursor cursor) {
  if (auto marker = read_circled(cursor)) return marker;
  Cursor inner = cursor;
  inner.take_any(U"([【<");
  if (inner.take(U"#")) {
    inner.skip_spaces();
    const auto number = inner.take_number();
    if (number && !is_word(inner.peek())) return made(inner, MarkerStyle::Hash, *number);
    if (number && is_cjk(inner.peek())) return made(inner, MarkerStyle::Hash, *number);
    return std::nullopt;
  }
  inner = cursor;
  inner.take_any(U"([【<");
  if (auto marker = read_worded(words, inner, "number word", MarkerStyle::Number)) return marker;
  if (auto marker = read_worded(words, inner, "place word", MarkerStyle::Place)) return marker;
  return read_plain_number(words, cursor);
}

}  // namespace

std::optional<RankMarker> find_leading_marker(const WordLists& words, std::u32string_view line) {
  std::u32string folded = fold_line(line.substr(0, 60));
  std::replace(folded.begin(), folded.end(), kJoint, U' ');  // "<b>3</b> <i>Title</i>"
  Cursor cursor{folded};
  skip_ornaments(words, cursor);
  auto marker = read_marker(words, cursor);
  if (!marker) return std::nullopt;
  Cursor rest{folded, marker->end};
  skip_ornaments(words, rest);
  if (rest.at > marker->end) marker->end = rest.at;
  return marker;
}

namespace {

std::uint32_t number_in(std::u32string_view digits) {
  std::uint32_t number = 0;
  for (const char32_t c : digits) number = number * 10 + static_cast<std::uint32_t>(fold(c) - U'0');
  return number;
}

// Where the separators before the number begin.
std::size_t begin_of_marker(std::u32string_view line, std::size_t number) {
  const auto separates = [](char32_t c) {
    return is_space(c) || is_opening(c) || U"-–—|/:"sv.find(c) != std::u32string_view::npos;
  };
  if (number > 0 && line[number - 1] == U'第') --number;
  while (number > 0 && separates(line[number - 1])) --number;
  return number;
}

// Takes "rank/position", which scrapers leave behind a number, from the end.
bool skip_label_behind(const WordLists& words, std::u32string_view line, std::size_t& end) {
  const std::u32string folded = fold_line(line);
  for (const std::u32string& label : words["rank behind"].utf32) {
    if (folded.size() <= label.size() || !folded.ends_with(label)) continue;
    const std::size_t before = line.size() - label.size();
    const char32_t last = line[before - 1];
    if (char_class(last) != CharClass::Digit && !is_place_unit(words, last)) continue;
    end = before;
    return true;
  }
  return false;
}

}  // namespace

std::vector<RankMarker> find_trailing_markers(const WordLists& words, std::u32string_view line) {
  std::vector<RankMarker> markers;
  std::size_t end = line.size();
  const bool labelled = skip_label_behind(words, line, end);
  while (end > 0 && (is_space(line[end - 1]) || is_closing(line[end - 1]))) --end;
  const bool unit = end > 0 && is_place_unit(words, line[end - 1]);
  if (end < 2 || !(unit || labelled)) return markers;
  if (unit) --end;
  std::size_t digits = end;
  while (digits > 0 && end - digits < 4 && char_class(line[digits - 1]) == CharClass::Digit) --digits;
  for (std::size_t at = digits; at < end; ++at) {
    const std::uint32_t number = number_in(line.substr(at, end - at));
    const std::size_t begin = begin_of_marker(line, at);
    if (begin > 0 && number > 0) markers.push_back({MarkerStyle::Place, number, begin, line.size()});
  }
  return markers;
}

}  // namespace nunmul
