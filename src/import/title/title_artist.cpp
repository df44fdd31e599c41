// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/title/title_artist.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "import/title/heading.h"
#include "import/words/characters.h"
#include "import/words/glue.h"
#include "import/words/sentence.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

// Scores below this, or leads below that, are for an editor to look at.
constexpr double kDoubtfulScore = 3.2;
constexpr double kDoubtfulLead = 1.0;
constexpr double kCertainScore = 6;
constexpr double kCertainLead = 2;
constexpr double kWholeHeading = 2.0;    // what a boundary without evidence must beat
constexpr double kMinGlue = -1.6;        // places below are never tried
constexpr double kHabitOfParting = 2.5;  // for a separator that every heading of the page has
constexpr double kHabitOfOrder = 4;
// When a chance meeting in one heading of several is all that speaks for an order: for the uncommon one less
// than the separators themselves say.
constexpr double kLoneTitleFirst = 0.15;
constexpr double kLoneArtistFirst = 0.6;
constexpr double kTellingOrder = 0.5;    // what a heading's evidence must come to
constexpr double kOtherScript = -2;      // for a bracket that may be the title once more: "SOFA (소파)"
constexpr double kChance = 3;            // evidence that a word's chance meeting comes to at most
constexpr double kRepeatedEnd = 1;       // for the end that another heading of the page has, too
constexpr double kRepeatedLetter = 0.2;  // so that the longest such end is the artist
constexpr double kGluedForSure = 2.4;    // score of a heading that shows the habit
constexpr double kGluedPage = 0.25;      // share of headings that are glued for sure
constexpr double kWholeOnGluedPage = 1.5;
constexpr double kKnownSurely = 2;  // less than that may be a common word

// The order that a separator speaks for, either way round.
struct PartingRow {
  Parting parting;
  double title_first;
  double artist_first;
};
constexpr PartingRow kPartings[] = {
    {Parting::Quote, 8, 8},   {Parting::Dash, 3.6, 4}, {Parting::TightDash, 1.2, 1.5},
    {Parting::Slash, 4, 3.4}, {Parting::By, 5, -9},    {Parting::Colon, 2, 2.8},
    {Parting::Bar, 3, 3},     {Parting::Line, 7, -9},  {Parting::Bracket, 0.6, -9},
};

const PartingRow& row_of(Parting parting) {
  return *std::find_if(std::begin(kPartings), std::end(kPartings),
                       [parting](const PartingRow& row) { return row.parting == parting; });
}

struct Boundary {
  std::size_t begin = 0;  // the separator: characters [begin, end)
  std::size_t end = 0;    //
  Parting parting = Parting::Glue;
  double glue = 0;
};

constexpr std::u32string_view kGlueEdges = U",、";
constexpr std::u32string_view kEdges = U",、-–—/|:：_・·／｜";

enum class Edge { Left, Right };  // of a side, where the separator was

std::u32string without_joints(std::u32string_view text) {
  std::u32string clean(text);
  std::replace(clean.begin(), clean.end(), kJoint, U' ');
  return trimmed(clean);
}

// One side of a boundary, without what is left of the separator at that edge.
std::u32string side(std::u32string_view text, Edge separator, std::u32string_view edges = kEdges) {
  const std::u32string clean = without_joints(text);
  std::u32string_view view = clean;
  const auto is_edge = [edges](char32_t c) {
    return is_space(c) || edges.find(c) != std::u32string_view::npos;
  };
  if (separator == Edge::Left) {
    while (!view.empty() && is_edge(view.front())) view.remove_prefix(1);
  } else {
    while (!view.empty() && is_edge(view.back())) view.remove_suffix(1);
  }
  return unquoted(view);
}

// The separator at a place of the folded heading, if there is one.
Boundary separator_at(std::u32string_view folded, std::size_t i) {
  const auto peek = [&](std::size_t at) { return at < folded.size() ? folded[at] : U'\0'; };
  const bool spaced_before = i > 0 && is_space(folded[i - 1]);
  const bool spaced_after = is_space(peek(i + 1));
  switch (folded[i]) {
    case U'-':
    case U'~':
      if (spaced_before && spaced_after) return {i, i + 1, Parting::Dash, 0};
      if (spaced_before || spaced_after) return {i, i + 1, Parting::TightDash, 0};
      if (i > 0 && folded[i] == U'-' &&
          (is_cjk(folded[i - 1]) || is_cjk(peek(i + 1)) || is_closing(folded[i - 1])))
        return {i, i + 1, Parting::TightDash, 0};
      return {};
    case U'/':
      return {i, i + 1, Parting::Slash, 0};
    case U':':
      return spaced_after || (i > 0 && is_cjk(folded[i - 1])) ? Boundary{i, i + 1, Parting::Colon, 0}
                                                              : Boundary{};
    case U'|':
    case U'•':
    case U'·':
    case U'_':
      return spaced_before && spaced_after ? Boundary{i, i + 1, Parting::Bar, 0} : Boundary{};
    case U'b':
      return spaced_before && folded.substr(i, 3) == U"by " ? Boundary{i, i + 3, Parting::By, 0} : Boundary{};
    default:
      return {};
  }
}

std::vector<Boundary> find_boundaries(std::u32string_view heading) {
  const std::u32string folded = fold_line(heading);
  const std::vector<double> glue = glue_weights(heading);
  std::vector<Boundary> boundaries;
  const std::vector<bool> ornament = dash_brackets(heading);
  int depth = 0;
  for (std::size_t i = 1; i < heading.size(); ++i) {
    if (is_bracket_open(heading[i - 1])) ++depth;
    if (is_bracket_close(heading[i - 1]) && depth > 0) --depth;
    if (depth == 0 && !ornament[i]) {
      const Boundary separator = separator_at(folded, i);
      if (separator.end > 0) boundaries.push_back(separator);
    }
    if (glue[i] >= kMinGlue) boundaries.push_back({i, i, Parting::Glue, glue[i]});
  }
  return boundaries;
}

// Whether it names a guest or what a song is from.
bool is_featuring(const WordLists& words, std::u32string_view folded) {
  return starts_with_any(folded, words["guest start"]);
}

bool has_other_script_bracket(std::u32string_view text) {
  const std::size_t open = text.find_first_of(U"(（");
  if (open == std::u32string_view::npos || open == 0) return false;
  const auto cjk = [](std::u32string_view part) { return std::any_of(part.begin(), part.end(), is_cjk); };
  return cjk(text.substr(0, open)) != cjk(text.substr(open));
}

// Whether the bracket that begins the text is short and a word goes on behind it: "(G)I-DLE", "(여자)아이들".
bool begins_with_name_bracket(std::u32string_view text) {
  const std::size_t close = text.find_first_of(U")）");
  return close != std::u32string_view::npos && close <= 4 && close + 1 < text.size() &&
         is_word(text[close + 1]);
}

// Whether a Korean syllable and a Latin name can begin with the same sound.
bool sounds_alike(char32_t syllable, char32_t latin) {
  constexpr std::u32string_view kInitials[] = {U"gkc", U"gk", U"n", U"dt", U"dt",      U"rl", U"m",
                                               U"bp",  U"bp", U"s", U"s",  U"aeiouyw", U"jz", U"jz",
                                               U"c",   U"kc", U"t", U"pf", U"h"};
  return is_syllable(syllable) &&
         kInitials[parts_of(syllable).initial].find(latin) != std::u32string_view::npos;
}

// Korean names have two to four syllables, and the bracket behind one spells it.
double likeness_of_korean_name(const WordLists& words, std::u32string_view artist) {
  const std::u32string_view name = artist.substr(0, std::min(artist.find_first_of(U"(（ "), artist.size()));
  if (name.empty() ||
      !std::all_of(name.begin(), name.end(), [](char32_t c) { return char_class(c) == CharClass::Hangul; }))
    return 0;
  double value = name.size() >= 2 && name.size() <= 4 ? 0.5 : name.size() >= 6 ? -0.5 : 0;
  if (name.size() == 3 && name.size() == artist.size() && starts_with_any(name, words["surname"]))
    value += 0.7;
  if (name.size() + 1 >= artist.size() || !is_bracket_open(artist[name.size()]) ||
      !is_cased(artist[name.size() + 1]))
    return value;
  return value + (sounds_alike(name[0], fold(artist[name.size() + 1])) ? 0.8 : -0.4);
}

// More words than a name has, and not two artists.
bool runs_on(std::u32string_view folded, std::size_t words) {
  return words > 6 && folded.find_first_of(U",&") == std::u32string_view::npos;
}

bool has_letters(std::u32string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char32_t c) { return is_word(c) && char_class(c) != CharClass::Digit; });
}

// Without brackets and guests.
std::u32string_view trimmed_name(std::u32string_view artist) {
  return artist.substr(0, std::min(artist.find_first_of(U"(（[ "), artist.size()));
}

// Japanese names are written in one script as a rule, and family and given name are two to four characters of
// Han.
double likeness_of_japanese_name(std::u32string_view artist) {
  artist = trimmed_name(artist);
  if (artist.empty()) return 0;
  const CharClass first = char_class(artist.front());
  const auto same = [&](char32_t c) { return char_class(c) == first || c == U'ー' || c == U'・'; };
  const bool pure = std::all_of(artist.begin(), artist.end(), same);
  if (first == CharClass::Han && pure) return artist.size() >= 2 && artist.size() <= 4 ? 0.4 : -0.2;
  if (first == CharClass::Katakana || first == CharClass::Hiragana)
    return pure && artist.size() >= 3 ? 0.6 : 0;
  return 0;
}

double likeness_of_artist(const WordLists& words, std::u32string_view artist) {
  if (artist.empty()) return 0;
  const std::u32string folded = fold_line(artist);
  if (is_featuring(words, folded)) return -10;
  double value = 0;
  if (is_bracket_open(artist.front())) value += begins_with_name_bracket(artist) ? 0 : -5;
  if (has_other_script_bracket(artist)) value += 0.8;
  value += likeness_of_korean_name(words, artist) + likeness_of_japanese_name(artist);
  const std::u32string_view solo =
      std::u32string_view(folded).substr(0, std::min(folded.find(U"feat"), folded.size()));
  const std::size_t length = count_words(solo);
  if (runs_on(solo, length)) value -= 1.5;
  if (columns(solo) > 45) value -= 1;
  if (compact(artist).empty()) return -10;
  const std::size_t letters = compact(solo).size();
  if (letters == 1) value -= char_class(artist.front()) == CharClass::Hiragana ? 4 : 1.5;
  if (!has_letters(artist)) value -= 2;
  if (ends_like_sentence(artist) && length > 4) value -= 2;
  for (const std::u32string& word : words["phrase inside artist"].utf32) {
    if (solo.find(word) != std::u32string_view::npos && length > 3) value -= 0.5;
  }
  return value;
}

double likeness_of_title(const WordLists& words, std::u32string_view title) {
  if (compact(title).empty()) return -10;
  double value = 0;
  const std::u32string folded = fold_line(title);
  for (const std::u32string& word : words["joint inside title"].utf32) {
    if (folded.find(word) != std::u32string::npos) value -= 1.5;
  }
  if (ends_with_any(folded, words["joint ends title"])) value -= 4;
  return value;
}

bool contains_separator(std::u32string_view text) {
  const std::u32string folded = fold_line(text);
  for (std::size_t i = 1; i < folded.size(); ++i) {
    const Boundary separator = separator_at(folded, i);
    if (separator.end > 0 && separator.parting != Parting::TightDash) return true;
  }
  return false;
}

double evidence_for(std::u32string_view title, std::u32string_view artist, const HeadingContext& context) {
  const Evidence& evidence = context.evidence;
  double value = context.known.weight(artist) + evidence.as_artist(artist) + evidence.as_title(title) +
                 evidence.in_caption(title, artist);
  if (context.known.weight(title) >= kKnownSurely) value -= 3;
  if (evidence.as_artist(title) >= 4 && evidence.as_title(title) < 4) value -= 1.5;
  if (evidence.as_title(artist) >= 5) value -= 3;
  return value;
}

// A name that the texts only know as the end of a longer one is cut in two.
double cut_name(std::u32string_view heading, const Boundary& boundary, std::u32string_view artist,
                const HeadingContext& context) {
  std::size_t end = boundary.begin;
  while (end < heading.size() && is_space(heading[end])) ++end;
  const std::u32string_view before = heading.substr(0, end);
  std::size_t begin = before.size();  // of what could be the rest of the name: a letter, or "(G)"
  if (begin > 0 && is_word(before.back()))
    --begin;
  else if (begin > 1 && is_space(before.back()) && char_class(before[begin - 2]) == CharClass::Lower &&
           !artist.empty() && char_class(artist.front()) == CharClass::Lower)
    begin -= 2;  // "Rainkim noa": the text knows "kim noa" only
  else if (begin > 0 && is_bracket_close(before.back()))
    begin = std::min(before.find_last_of(U"(（["), begin);
  return begin < before.size() && context.evidence.only_after(artist, before.substr(begin)) ? -4 : 0;
}

void add(std::vector<Split>& splits, Split split, double base, const HeadingContext& context) {
  if (compact(split.title).empty() || compact(split.artist).empty()) return;
  split.evidence = evidence_for(split.title, split.artist, context);
  const double likeness =
      likeness_of_artist(context.words, split.artist) + likeness_of_title(context.words, split.title);
  const auto index = static_cast<std::size_t>(split.parting);
  double habit = kHabitOfParting * context.habits.share[index];
  const double order = std::clamp(context.habits.title_first[index], -kHabitOfOrder, kHabitOfOrder);
  if (split.parting == Parting::Glue && context.habits.glued_artists.contains(compact(split.artist)))
    habit +=
        kRepeatedEnd + std::min(kRepeatedLetter * static_cast<double>(split.artist.size()), kRepeatedEnd);
  if (split.parting != Parting::Glue && split.parting != Parting::Quote && split.parting != Parting::Bracket)
    habit += split.artist_first ? -order : order;
  split.score = base + split.evidence + likeness + habit;
  splits.push_back(std::move(split));
}

void add_both_orders(std::vector<Split>& splits, std::u32string_view heading, const Boundary& boundary,
                     const HeadingContext& context) {
  const std::u32string_view edges = boundary.parting == Parting::Glue ? kGlueEdges : kEdges;
  const std::u32string left = side(heading.substr(0, boundary.begin), Edge::Right, edges);
  const std::u32string right = side(heading.substr(boundary.end), Edge::Left, edges);
  if (left.empty() || right.empty()) return;
  if (boundary.parting == Parting::Glue) {
    const double base = boundary.glue + cut_name(heading, boundary, right, context) -
                        0.01 * static_cast<double>(boundary.begin) -
                        (contains_separator(left) || contains_separator(right) ? 1.0 : 0);
    add(splits, {left, right, Parting::Glue, false}, base, context);
    return;
  }
  const PartingRow& row = row_of(boundary.parting);
  const bool capital_by =
      boundary.parting == Parting::By && heading[boundary.begin] == U'B';  // "Stand By Me"
  const double nested = (contains_separator(left) || contains_separator(right)) ? -1.5 : 0;
  add(splits, {left, right, boundary.parting, false}, row.title_first - (capital_by ? 2.5 : 0) + nested,
      context);
  if (row.artist_first > 0)
    add(splits, {right, left, boundary.parting, true}, row.artist_first + nested, context);
}

// The text around a quoted title, without the words that join the two.
std::u32string artist_around(const WordLists& words, std::u32string_view text, Edge edge) {
  const std::u32string artist = side(text, edge);
  const std::u32string folded = fold_line(artist);
  const std::u32string_view view = artist;
  if (edge == Edge::Left) {
    for (const std::u32string& word : words["before artist"].utf32)
      if (folded.starts_with(word)) return side(view.substr(word.size()), edge);
  } else {
    for (const std::u32string& ending : words["behind artist"].utf32)
      if (folded.size() > ending.size() && folded.ends_with(ending))
        return side(view.substr(0, view.size() - ending.size()), edge);
  }
  if (artist.size() > 2 && is_bracket_open(artist.front()) && is_bracket_close(artist.back()) &&
      artist.find_first_of(U"(（[", 1) == std::u32string::npos) {
    return trimmed(std::u32string_view(artist).substr(1, artist.size() - 2));
  }
  return artist;
}

// A bracket right behind a quoted title is its name in another script, or a remark, unless nothing else
// could be the artist.
void take_title_bracket(const WordLists& words, QuotedTitle& quoted) {
  if (quoted.after.empty() || !is_bracket_open(quoted.after.front())) return;
  const std::size_t close = static_cast<std::size_t>(
      std::find_if(quoted.after.begin(), quoted.after.end(), is_bracket_close) - quoted.after.begin());
  if (close >= quoted.after.size()) return;
  const bool only = close + 1 == quoted.after.size() && quoted.before.empty();
  if (only && !is_featuring(words, fold_line(quoted.after))) return;
  quoted.title += quoted.after.substr(0, close + 1);
  quoted.after = trimmed(std::u32string_view(quoted.after).substr(close + 1));
}

bool add_quoted(std::vector<Split>& splits, std::u32string_view heading, const HeadingContext& context) {
  auto quoted = find_quoted_title(heading);
  if (!quoted) return false;
  take_title_bracket(context.words, *quoted);
  const std::u32string before = artist_around(context.words, quoted->before, Edge::Right);
  const std::u32string after = artist_around(context.words, quoted->after, Edge::Left);
  const double base = row_of(Parting::Quote).title_first;
  if (!after.empty())
    add(splits, {quoted->title, after, Parting::Quote, false}, base - (before.empty() ? 0 : 1), context);
  if (!before.empty())
    add(splits, {quoted->title, before, Parting::Quote, true}, base - (after.empty() ? 0 : 1), context);
  if (!splits.empty()) return true;
  if (!compact(before).empty() || !compact(after).empty() || compact(quoted->title).empty()) return false;
  splits.push_back({quoted->title, U"", Parting::Quote, false, base, 0, 0});
  return true;
}

// Whether a bracket behind a title speaks of the recording: "(Acoustic Ver.)", "(Drama OST)".
bool is_remark(const WordLists& words, std::u32string_view inside) {
  const std::u32string folded = fold_line(inside);
  if (is_featuring(words, folded)) return true;
  if (contains_any(folded, words["remark anywhere"])) return true;
  return !has_letters(folded);
}

// "벚꽃 엔딩 (버스커 버스커)": the last bracket names the artist where the page makes a habit of it.
void add_bracketed(std::vector<Split>& splits, std::u32string_view heading, const HeadingContext& context) {
  if (heading.size() < 4 || !is_bracket_close(heading.back())) return;
  const std::size_t open = heading.find_last_of(U"(（[");
  if (open == std::u32string_view::npos || open == 0) return;
  const std::u32string title = side(heading.substr(0, open), Edge::Right);
  const std::u32string artist = side(heading.substr(open + 1, heading.size() - open - 2), Edge::Left);
  if (is_remark(context.words, artist)) return;
  const auto has_cjk = [](std::u32string_view text) { return std::any_of(text.begin(), text.end(), is_cjk); };
  const double nested = contains_separator(title) ? -1.5 : 0;
  add(splits, {title, artist, Parting::Bracket, false},
      row_of(Parting::Bracket).title_first + (has_cjk(title) == has_cjk(artist) ? 0 : kOtherScript) + nested,
      context);
}

void set_leads(std::vector<Split>& splits) {
  std::stable_sort(splits.begin(), splits.end(),
                   [](const Split& a, const Split& b) { return a.score > b.score; });
  for (Split& split : splits) {
    split.lead = split.score;
    for (const Split& other : splits) {
      if (compact(other.artist) == compact(split.artist) && compact(other.title) == compact(split.title))
        continue;
      split.lead = split.score - other.score;
      break;
    }
  }
}

}  // namespace

namespace {

// Where other headings of the page are glued, one without an artist is the less likely reading.
double whole_score(const HeadingContext& context, std::u32string_view whole) {
  const double share = context.habits.share[static_cast<std::size_t>(Parting::Glue)];
  return kWholeHeading + context.evidence.as_title(whole) - (share >= kGluedPage ? kWholeOnGluedPage : 0);
}

}  // namespace

std::vector<Split> split_heading(std::u32string_view heading, const HeadingContext& context) {
  std::vector<Split> splits;
  if (!add_quoted(splits, heading, context)) {
    for (const Boundary& boundary : find_boundaries(heading))
      add_both_orders(splits, heading, boundary, context);
    add_bracketed(splits, heading, context);
    const std::u32string whole = unquoted(without_joints(heading));
    splits.push_back({whole, U"", Parting::None, false, whole_score(context, whole), 0, 0});
  }
  set_leads(splits);
  return splits;
}

namespace {

using NameCounts = std::array<std::map<std::u32string, int>, kPartingCount>;

// Artists come more than once on a page, titles hardly.
void add_repeats(PageHabits& habits, const NameCounts& left, const NameCounts& right) {
  for (std::size_t i = 0; i < kPartingCount; ++i) {
    for (const auto& [name, count] : left[i]) habits.title_first[i] -= 2 * (count - 1);
    for (const auto& [name, count] : right[i]) habits.title_first[i] += 2 * (count - 1);
  }
}

}  // namespace

PageHabits find_habits(const WordLists& words, const std::vector<std::vector<Split>>& candidates) {
  PageHabits habits;
  if (candidates.empty()) return habits;
  const auto pages = static_cast<double>(candidates.size());
  std::array<int, kPartingCount> telling{};  // headings
  std::array<double, kPartingCount> strongest{};
  NameCounts left;
  NameCounts right;
  std::map<std::u32string, int> glued;  // artists, by the headings that may end in them
  for (const auto& splits : candidates) {
    std::array<double, kPartingCount> title_first{};
    std::array<double, kPartingCount> artist_first{};
    std::array<bool, kPartingCount> seen{};
    std::set<std::u32string> ends;
    for (const Split& split : splits) {
      const auto index = static_cast<std::size_t>(split.parting);
      if (split.parting == Parting::Glue) ends.insert(compact(split.artist));
      if (split.parting == Parting::Glue && split.score < kGluedForSure) continue;
      seen[index] = true;
      auto& best = split.artist_first ? artist_first[index] : title_first[index];
      best = std::max(best, split.evidence + likeness_of_artist(words, split.artist));
      if (split.artist_first) {
        ++left[index][compact(split.artist)];
        ++right[index][compact(split.title)];
      }
    }
    for (const std::u32string& end : ends) ++glued[end];
    for (std::size_t i = 0; i < kPartingCount; ++i) {
      habits.share[i] += seen[i] ? 1 / pages : 0;
      const double order = std::clamp(title_first[i] - artist_first[i], -6.0, 6.0);
      habits.title_first[i] += order;
      telling[i] += std::abs(order) >= kTellingOrder ? 1 : 0;
      strongest[i] = std::max(strongest[i], std::abs(order));
    }
  }
  for (std::size_t i = 0; i < kPartingCount && candidates.size() > 1; ++i) {
    if (telling[i] == 1 && strongest[i] < kChance)
      habits.title_first[i] = std::clamp(habits.title_first[i], -kLoneArtistFirst, kLoneTitleFirst);
  }
  add_repeats(habits, left, right);
  for (const auto& [artist, headings] : glued)
    if (headings > 1) habits.glued_artists.insert(artist);
  habits.share[static_cast<std::size_t>(Parting::None)] = 0;
  return habits;
}

bool is_doubtful(const Split& split) { return split.score < kDoubtfulScore || split.lead < kDoubtfulLead; }

bool is_certain(const Split& split) {
  return !split.artist.empty() && split.score >= kCertainScore && split.lead >= kCertainLead;
}

}  // namespace nunmul
