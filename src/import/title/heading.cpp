// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/title/heading.h"

#include <algorithm>
#include <iterator>

#include "import/words/characters.h"
#include "import/words/glue.h"
#include "import/words/sentence.h"

namespace nunmul {
using namespace std::string_literals;

namespace {

constexpr std::u32string_view kOrnaments = U"*_#■◆▼▶●◎○★☆♪♬♫✔✓❤♥→»·•†‡▲△▽◇□";
constexpr std::u32string_view kTrailing = U" :|,、*_#：";
constexpr std::u32string_view kDashes =
    U"-–—/~";  // trailing only behind a space: "-kiss-" and "DISH//" are names

// The length of the badge that the text begins or ends with, or 0.
enum class End { Front, Back };
std::size_t badge_at(const WordLists& words, std::u32string_view folded, End end) {
  for (const std::u32string& badge : words["badge"].utf32) {
    const bool there = end == End::Front ? folded.starts_with(badge) : folded.ends_with(badge);
    if (there && badge.size() < folded.size()) return badge.size();
  }
  return 0;
}

bool is_ornament(char32_t c) {
  return kOrnaments.find(c) != std::u32string_view::npos || c >= 0x1F000 || c == 0xFE0F || c == 0x200D;
}

bool ends_in_ornament(std::u32string_view text) {
  const char32_t last = text.back();
  if (is_space(last) || (is_ornament(last) && last >= 0x1F000)) return true;
  if (text.size() > 1 && kTrailing.find(last) != std::u32string_view::npos) return true;
  return text.size() > 2 && kDashes.find(last) != std::u32string_view::npos &&
         is_space(text[text.size() - 2]);
}

constexpr std::u32string_view kMovements = U"↑↓▲▼△▽⬆⬇↗↘";

// "↑2", "(▼1)": how far an entry has moved since the last chart. The length of such a badge at the front, or
// 0.
std::size_t movement_at_front(std::u32string_view text) {
  std::size_t at = text.front() == U'(' || text.front() == U'（' || text.front() == U'[' ? 1 : 0;
  const bool bracket = at == 1;
  if (at >= text.size() || kMovements.find(text[at]) == std::u32string_view::npos) return 0;
  ++at;
  std::size_t digits = 0;
  while (at < text.size() && digits < 3 && char_class(text[at]) == CharClass::Digit) ++at, ++digits;
  if (bracket) return at < text.size() && is_bracket_close(text[at]) ? at + 1 : 0;
  return at < text.size() && is_space(text[at]) ? at : 0;
}

bool holds_lower_case(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(), [](char32_t c) { return char_class(c) == CharClass::Lower; });
}

// Whether a name in capitals stands beside, so that "NEW" may be a part of it: "NEW YORK".
bool begins_in_capitals(std::u32string_view text) {
  const std::u32string_view word = text.substr(0, std::min(text.find(U' '), text.size()));
  return !word.empty() && char_class(word.front()) == CharClass::Upper && !holds_lower_case(word);
}

// "NEW", "HOT": a badge only in capitals, apart from what could be the same name.
std::size_t capital_badge_at(const WordLists& words, std::u32string_view text, std::u32string_view folded,
                             End end) {
  for (const std::u32string& badge : words["capital badge"].utf32) {
    const std::size_t size = badge.size();
    const bool there = end == End::Front ? folded.starts_with(badge) : folded.ends_with(badge);
    if (!there || folded.size() < size + 2) continue;
    const std::u32string_view shown =
        end == End::Front ? text.substr(0, size) : text.substr(text.size() - size);
    if (holds_lower_case(shown)) continue;
    if (end == End::Front) {
      if (is_space(text[size]) && !begins_in_capitals(text.substr(size + 1))) return size;
      continue;
    }
    const std::u32string_view before = text.substr(0, text.size() - size);
    const char32_t last = is_space(before.back()) ? before[before.size() - 2] : before.back();
    if (is_cjk(last) || is_bracket_close(last)) return size;
  }
  return 0;
}

std::u32string strip(const WordLists& words, std::u32string_view text) {
  for (bool moved = true; moved && !text.empty();) {
    moved = false;
    if (const std::size_t size = movement_at_front(text); size > 0 && size < text.size())
      text.remove_prefix(size), moved = true;
    else if (is_space(text.front()) || (is_ornament(text.front()) && text.size() > 1))
      text.remove_prefix(1), moved = true;
    if (text.empty()) break;
    if (ends_in_ornament(text)) text.remove_suffix(1), moved = true;
    const std::u32string folded = fold_line(text);
    if (const std::size_t size = badge_at(words, folded, End::Front))
      text.remove_prefix(size), moved = true;
    else if (const std::size_t end = badge_at(words, folded, End::Back))
      text.remove_suffix(end), moved = true;
    else if (const std::size_t front = capital_badge_at(words, text, folded, End::Front))
      text.remove_prefix(front), moved = true;
    else if (const std::size_t back = capital_badge_at(words, text, folded, End::Back))
      text.remove_suffix(back), moved = true;
  }
  return std::u32string(text);
}

bool is_digit(char32_t c) { return char_class(c) == CharClass::Digit; }

// A year from 1900 to 2099 that stands alone among digits, or nothing.
std::optional<std::size_t> find_year(std::u32string_view text, std::size_t from = 0) {
  for (std::size_t i = from; i + 4 <= text.size(); ++i) {
    const bool digits =
        is_digit(text[i]) && is_digit(text[i + 1]) && is_digit(text[i + 2]) && is_digit(text[i + 3]);
    if (!digits || (i > 0 && is_digit(text[i - 1])) || (i + 4 < text.size() && is_digit(text[i + 4])))
      continue;
    const char32_t century = fold(text[i]) == U'1'                                ? fold(text[i + 1])
                             : fold(text[i]) == U'2' && fold(text[i + 1]) == U'0' ? U'9'
                                                                                  : U'0';
    if (century == U'9') return i;
  }
  return std::nullopt;
}

std::uint32_t number_at(std::u32string_view text, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = at; i < at + 4; ++i)
    value = value * 10 + static_cast<std::uint32_t>(fold(text[i]) - U'0');
  return value;
}

// Whether the part of a bracket is a year or a word that goes with years.
bool is_year_word(const Forms& known, std::u32string_view word) {
  const std::u32string folded = fold_line(word);
  std::u32string bare;
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(bare),
               [](char32_t c) { return !is_digit(c); });
  if (bare.empty() || (find_year(folded) && bare.size() <= 3)) return true;
  return std::find(known.utf32.begin(), known.utf32.end(), trimmed(bare)) != known.utf32.end();
}

// "Film 2019", "2019 KBS": words without a comma.
bool holds_year_words_only(const Forms& known, std::u32string_view text) {
  std::u32string left = fold_line(text);
  for (bool moved = true; moved;) {
    moved = false;
    for (const std::u32string& word : known.utf32) {
      const std::size_t at = left.find(word);
      if (at != std::u32string::npos) left.erase(at, word.size()), moved = true;
    }
  }
  return std::none_of(left.begin(), left.end(), [](char32_t c) { return is_word(c) && !is_digit(c); });
}

void erase_years(std::u32string& text) {
  for (auto year = find_year(text); year; year = find_year(text)) {
    const char32_t behind = *year + 4 < text.size() ? text[*year + 4] : U' ';
    text.erase(*year, behind == U'年' || behind == U'년' ? 5 : 4);
    text = trimmed(text);
  }
}

// The text of a bracket without its year and the words that go with years: kept if there is more.
std::u32string without_year(const WordLists& words, std::u32string_view inside) {
  const Forms& known = words["year bracket"];
  std::u32string rest;
  std::u32string word;
  std::u32string separator;  // before the word, as it was written
  const auto flush = [&] {
    const std::u32string part = trimmed(word);
    if (!is_year_word(known, part)) rest += (rest.empty() ? U"" : separator) + part;
    word.clear();
  };
  constexpr std::u32string_view kSeparators = U",、/・–-|·;";
  for (const char32_t c : inside) {
    if (kSeparators.find(c) == std::u32string_view::npos) {
      word.push_back(c);
      continue;
    }
    const bool spaced = !word.empty() && is_space(word.back());
    flush();
    separator =
        (spaced ? U" " : U"") + std::u32string(1, c) + (c == U',' || c == U';' || spaced ? U" " : U"");
  }
  flush();
  if (holds_year_words_only(known, rest)) return U"";
  erase_years(rest);
  return rest;
}

// "Yojiro Takita": two to four words that begin with capitals, or what says that it is a director.
bool names_person(const WordLists& words, std::u32string_view text) {
  if (starts_with_any(fold_line(text), words["director start"])) return true;
  std::size_t count = 0;
  bool begins = true;
  for (const char32_t c : text) {
    if (is_space(c) || c == U'-') {
      begins = c != U'-';
      continue;
    }
    if (is_cjk(c) || is_digit(c) || (is_word(c) && begins && char_class(c) != CharClass::Upper)) return false;
    count += begins ? 1 : 0;
    begins = false;
  }
  return count >= 2 && count <= 4;
}

// "감독 정미란", "글/그림 서린", "監督:北見さとる", "starring X": who made the work, not what it is called.
bool is_credit(const WordLists& words, std::u32string_view text) {
  const std::u32string folded = fold_line(trimmed(text));
  for (const std::u32string& role : words["credit start"].utf32) {
    if (folded.starts_with(role) && folded.size() > role.size() && !is_word(folded[role.size()])) return true;
  }
  return ends_with_any(folded, words["credit end"]);
}

void add_rest(Heading& heading, std::u32string_view text) {
  heading.rest = std::u32string(text) + (heading.rest.empty() ? U"" : U". " + heading.rest);
}

// The makers of a work: "Title (dir. X)", "재단사의 딸 (글/그림 서린)".
void take_credits(const WordLists& words, Heading& heading) {
  const std::size_t open = heading.text.find_last_of(U"(（");
  if (open == std::u32string::npos || open == 0 || !is_bracket_close(heading.text.back())) return;
  const std::u32string inside = heading.text.substr(open + 1, heading.text.size() - open - 2);
  if (!is_credit(words, inside)) return;
  add_rest(heading, inside);
  heading.text.resize(open);
}

// The text behind the year of a work: "Slow Train (2014) – three strangers", "The Salt Barn (2009), dir.
// X".
void take_remark(const WordLists& words, Heading& heading, std::size_t end) {
  const std::u32string_view behind = std::u32string_view(heading.text).substr(end);
  const std::size_t begin = behind.find_first_not_of(U" -–—:：|,、");
  if (begin == 0 || begin == std::u32string_view::npos) return;
  const bool comma_only = behind.substr(0, begin).find_first_of(U"-–—:：|") == std::u32string_view::npos;
  if (comma_only && !is_credit(words, behind.substr(begin))) return;
  add_rest(heading, behind.substr(begin));
  heading.text.resize(end);
}

// In the brackets behind a work ("(Yojiro Takita, 2008)"); what is of another script is its other title.
bool is_director(const WordLists& words, std::u32string_view rest, std::u32string_view inside,
                 std::u32string_view title) {
  const std::u32string_view before = inside.substr(0, std::min(inside.find_first_of(U",/·"), inside.size()));
  const bool same_script = !title.empty() && !is_cjk(title.front());
  return same_script && before.size() < inside.size() && trimmed(before) == rest && names_person(words, rest);
}

void take_bracketed_year(const WordLists& words, Heading& heading, LooseYear loose_year,
                         BesideYear beside_year) {
  for (std::size_t open = 0; open < heading.text.size(); ++open) {
    if (!is_bracket_open(heading.text[open])) continue;
    std::size_t close = open + 1;
    while (close < heading.text.size() && !is_bracket_close(heading.text[close])) ++close;
    if (close == heading.text.size()) return;
    const std::u32string inside = heading.text.substr(open + 1, close - open - 1);
    const auto year = find_year(inside);
    if (!year) continue;
    heading.year = number_at(inside, *year);
    const std::u32string rest = without_year(words, inside);
    std::u32string text = heading.text.substr(0, open);
    if (loose_year == LooseYear::Take) take_remark(words, heading, close + 1);
    const bool named = beside_year == BesideYear::Director && is_director(words, rest, inside, text);
    const bool director = loose_year == LooseYear::Take && (named || is_credit(words, rest));
    if (director) add_rest(heading, rest);
    if (rest.empty() || director)
      text = trimmed(text);
    else
      text += heading.text[open] + rest + heading.text[close];
    heading.text = text + heading.text.substr(close + 1);
    return;
  }
}

// "Title – 2013", "Title, 2013".
void take_trailing_year(const WordLists& words, Heading& heading) {
  if (heading.year || heading.text.size() < 7) return;
  std::u32string_view text = heading.text;
  if (text.back() == U'年' || text.back() == U'년') text.remove_suffix(1);
  const auto year = find_year(text, text.size() - 4);
  if (!year) return;
  std::size_t at = *year;
  while (at > 0 && is_space(text[at - 1])) --at;
  if (at == 0 || at == *year || U",-–—|/·"s.find(text[at - 1]) == std::u32string::npos) {
    const bool comma = at > 0 && (text[at - 1] == U',' || text[at - 1] == U'、');
    if (!comma) return;
  }
  heading.year = number_at(text, *year);
  heading.text = strip(words, text.substr(0, at - 1));
}

// Places where a heading can end and a sentence begin on the same line.
std::size_t separator_length(std::u32string_view text, std::size_t i) {
  const char32_t c = text[i];
  const char32_t before = i > 0 ? text[i - 1] : U'\0';
  const bool space_behind = i + 1 < text.size() && is_space(text[i + 1]);
  if (c == U'：' || c == U'。') return 1;
  if (c == U':' && space_behind) return 2;
  const bool dash = c == U'-' || c == U'–' || c == U'—' || c == U'|';
  if (dash && is_space(before) && space_behind) return 2;
  if (c == U'—' && i + 1 < text.size()) return 1;
  return c == U'.' && is_closing(before) && space_behind && i + 2 < text.size() ? 2 : 0;
}

bool reads_as_sentence(std::u32string_view text) {
  std::size_t next = text.size();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (separator_length(text, i) > 0 && text[i] != U'。') {
      next = i;
      break;
    }
  }
  const std::u32string first(text.substr(0, next));
  return count_words(first) >= 7 || (count_words(text) >= 5 && next == text.size() &&
                                     !is_bracket_close(text.back()) && ends_like_sentence(text));
}

void take_inline_sentence(const WordLists& words, Heading& heading) {
  const std::u32string text = heading.text;
  if (columns(text) < 50 || !is_sentence(words, text)) return;
  int depth = 0;
  for (std::size_t i = 1; i + 8 < text.size(); ++i) {
    if (is_opening(text[i]) && closing_quote(text[i]) != text[i]) ++depth;
    if (is_closing(text[i]) && closing_quote(text[i]) != text[i] && text[i] != U'’' && depth > 0) --depth;
    if (depth > 0) continue;
    const std::size_t length = separator_length(text, i);
    if (length == 0) continue;
    const std::u32string rest = trimmed(std::u32string_view(text).substr(i + length));
    if (!reads_as_sentence(rest)) continue;
    heading.rest = rest;
    heading.text = strip(words, std::u32string_view(text).substr(0, i));
    return;
  }
}

bool quote_opens(std::u32string_view text, std::size_t i) {
  const char32_t c = text[i];
  if (c == U'\'' || c == U'‘' || c == U'"') return i == 0 || !is_word(text[i - 1]) || is_cjk(text[i - 1]);
  return closing_quote(c) != 0;
}

// The end of a quote, or npos. An apostrophe inside of a word closes nothing.
std::size_t quote_end(std::u32string_view text, std::size_t open) {
  const char32_t close = closing_quote(text[open]);
  int depth = 0;
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (text[i] == text[open] && text[open] != close) ++depth;
    if (text[i] != close) continue;
    const bool apostrophe = (close == U'’' || close == U'\'') && i + 1 < text.size() &&
                            is_word(text[i + 1]) && !is_cjk(text[i + 1]);
    if (apostrophe) continue;
    if (depth-- == 0) return i;
  }
  return std::u32string_view::npos;
}

}  // namespace

std::u32string without_badges(const WordLists& words, std::u32string_view text) { return strip(words, text); }

Heading clean_heading(const WordLists& words, std::u32string_view line, LooseYear loose_year,
                      BesideYear beside_year) {
  Heading heading;
  heading.text = strip(words, line);
  take_inline_sentence(words, heading);
  take_bracketed_year(words, heading, loose_year, beside_year);
  heading.text = strip(words, heading.text);
  if (loose_year == LooseYear::Leave) return heading;
  take_credits(words, heading);
  heading.text = strip(words, heading.text);
  take_trailing_year(words, heading);
  return heading;
}

namespace {

QuotedTitle quoted_between(std::u32string_view text, std::size_t begin, std::size_t end) {
  QuotedTitle found{trimmed(text.substr(begin + 1, end - begin - 1)), trimmed(text.substr(0, begin)),
                    trimmed(text.substr(end + 1))};
  while (!found.title.empty() && (found.title.back() == U',' || found.title.back() == U'、'))
    found.title.pop_back();
  return found;
}

// "【Ballad】Title / Artist": the box is none of the two.
bool names_two_behind(const QuotedTitle& boxed) {
  const std::u32string rest = fold_line(boxed.after);
  const std::size_t slash = rest.find(U'/');
  const bool split = slash != std::u32string::npos && slash + 1 < rest.size() && rest[slash + 1] != U'/';
  return split || rest.find(U" - ") != std::u32string::npos;
}

}  // namespace

std::optional<QuotedTitle> find_quoted_title(std::u32string_view text) {
  std::optional<QuotedTitle> boxed;  // 【…】: a title only when nothing better is quoted
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_bracket_open(text[i])) ++depth;
    if (is_bracket_close(text[i]) && depth > 0) --depth;
    if (depth > 0 || !quote_opens(text, i)) continue;
    const std::size_t end = quote_end(text, i);
    if (end == std::u32string_view::npos || end <= i + 1) continue;
    QuotedTitle found = quoted_between(text, i, end);
    if (text[i] != U'【') {
      if (boxed && trimmed(found.before) == U"【" + boxed->title + U"】") found.before.clear();
      return found;
    }
    if (!boxed) boxed = found;
    i = end;
  }
  if (boxed && names_two_behind(*boxed)) return std::nullopt;
  return boxed;
}

namespace {

// Where the form ends that begins at this place of the folded text, or npos; # is a number.
std::size_t end_of_form(std::u32string_view folded, std::size_t at, std::u32string_view form) {
  for (const char32_t c : form) {
    if (c != U'#') {
      if (at >= folded.size() || folded[at++] != c) return std::u32string_view::npos;
      continue;
    }
    if (at >= folded.size() || !is_digit(folded[at])) return std::u32string_view::npos;
    while (at < folded.size() && is_digit(folded[at])) ++at;
  }
  return at;
}

// "The bus stop in episode 18 of Salt Road": where the title begins, or 0.
std::size_t title_behind_moment(const WordLists& words, std::u32string_view heading) {
  const std::u32string folded = fold_line(heading);
  for (std::size_t at = 1; at < folded.size(); ++at) {
    if (is_word(folded[at - 1]) || !is_word(folded[at]) || count_words(folded.substr(0, at)) < 2) continue;
    for (const std::u32string& form : words["moment before work"].utf32) {
      const std::size_t end = end_of_form(folded, at, form);
      if (end < folded.size()) return end;
    }
  }
  return 0;
}

}  // namespace

WorkTitle read_work_title(const WordLists& words, std::u32string_view heading) {
  WorkTitle work;
  const auto quoted = find_quoted_title(heading);
  if (quoted) {
    std::u32string after = quoted->after;
    const bool bracket = !after.empty() && is_bracket_open(after.front());
    work.title = quoted->title;
    if (bracket) {
      const std::size_t end = std::find_if(after.begin(), after.end(), is_bracket_close) - after.begin();
      if (end < after.size()) {
        work.title +=
            (is_space(heading[heading.size() - after.size() - 1]) ? U" " : U"") + after.substr(0, end + 1);
        after.erase(0, end + 1);
      }
    }
    const std::size_t start = std::min(after.find_first_not_of(U" :：-–—|/,、"), after.size());
    work.remark = strip(words, quoted->before + U" " + after.substr(start));
  } else if (const std::size_t title = title_behind_moment(words, heading)) {
    work.title = strip(words, heading.substr(title));
    work.remark = strip(words, heading.substr(0, title));
  } else {
    work.title = strip(words, heading);
  }
  for (const std::u32string& prefix : words["kind prefix"].utf32) {
    const std::u32string folded = fold_line(work.remark.empty() ? work.title : work.remark);
    if (!folded.starts_with(prefix)) continue;
    if (!work.remark.empty()) {
      work.remark = strip(words, std::u32string_view(work.remark).substr(prefix.size()));
    } else if (prefix.back() == U':') {
      work.title = strip(words, std::u32string_view(work.title).substr(prefix.size()));
    }
  }
  return work;
}

std::u32string unquoted(std::u32string_view text) {
  std::u32string clean = trimmed(text);
  if (clean.size() < 3) return clean;
  if (quote_opens(clean, 0) && quote_end(clean, 0) == clean.size() - 1)
    return trimmed(std::u32string_view(clean).substr(1, clean.size() - 2));
  return clean;
}

bool can_be_split(std::u32string_view text) {
  const auto quoted = find_quoted_title(text);
  if (quoted) return !quoted->before.empty() || !quoted->after.empty();
  const std::u32string folded = fold_line(text);
  for (const auto separator : {U" - ", U" / ", U"/", U" by ", U": ", U" | "}) {
    if (folded.find(separator) != std::u32string::npos) return true;
  }
  return has_strong_glue(text);
}

bool ends_in_year(std::u32string_view text) {
  if (text.size() < 8 || !is_bracket_close(text.back())) return false;
  text.remove_suffix(1);
  if (text.back() == U'年' || text.back() == U'년') text.remove_suffix(1);
  const std::u32string_view inside = text.substr(text.size() - 5, 5);
  return is_bracket_open(inside.front()) && std::all_of(inside.begin() + 1, inside.end(), [](char32_t c) {
           return char_class(c) == CharClass::Digit;
         });
}

}  // namespace nunmul
