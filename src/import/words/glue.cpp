// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/glue.h"

#include <algorithm>

#include "import/words/characters.h"

namespace nunmul {
namespace {

constexpr double kInsideBracket = -20;
constexpr std::u32string_view kEndMarks = U"!?~♥♡★…！？～。°℃℉％";
constexpr double kBehindBracket = 3;
constexpr double kMarked = 6;  // the source itself marks the parts apart

enum class Group { Cased, Hangul, Kana, Katakana, Han, Digit, Other };

Group group_of(char32_t c) {
  switch (char_class(c)) {
    case CharClass::Lower:
    case CharClass::Upper:
    case CharClass::Letter:
      return Group::Cased;
    case CharClass::Hangul:
      return Group::Hangul;
    case CharClass::Hiragana:
      return Group::Kana;
    case CharClass::Katakana:
      return Group::Katakana;
    case CharClass::Han:
      return Group::Han;
    case CharClass::Digit:
      return Group::Digit;
    default:
      return Group::Other;
  }
}

bool is_japanese(Group group) {
  return group == Group::Kana || group == Group::Katakana || group == Group::Han;
}

char32_t at(std::u32string_view text, std::size_t i) { return i < text.size() ? text[i] : 0; }
bool upper(char32_t c) { return char_class(c) == CharClass::Upper; }
bool lower(char32_t c) { return char_class(c) == CharClass::Lower; }

// Within cased letters, before text[i].
double case_weight(std::u32string_view text, std::size_t i) {
  const char32_t before = text[i - 1];
  const char32_t after = text[i];
  const char32_t earlier = i >= 2 ? text[i - 2] : 0;
  if (lower(before) && upper(after)) {
    const bool mac =
        before == U'c' && (earlier == U'M' || (earlier == U'a' && i >= 3 && text[i - 3] == U'M'));
    return mac ? 0.3 : 3;
  }
  if (upper(before) && upper(after) && lower(at(text, i + 1)) && upper(earlier)) return 2.2;  // PLAY|Lucy
  if (upper(before) && lower(after) && upper(earlier)) return 2.0;                            // BETTER|kei
  if (upper(before) && upper(after)) return -1;
  return -1.5;
}

double script_weight(Group before, Group after) {
  if (before == Group::Digit && after == Group::Digit) return -4;
  if (before == Group::Digit || after == Group::Digit)
    return is_japanese(before) || is_japanese(after) ? 0 : 0.8;
  if (is_japanese(before) && is_japanese(after)) return before == Group::Kana ? 0.9 : 0.5;
  return 3;  // Latin and CJK, Hangul and Japanese
}

// "(G)I-DLE", "(여자)아이들": a short bracket that a word goes on behind.
bool opens_name(std::u32string_view text) {
  const std::size_t close = text.find_first_of(U")）");
  return close != std::u32string_view::npos && close <= 4 && close + 1 < text.size() &&
         is_word(text[close + 1]);
}

// Whether the text ends in initials with their stops: "U.S.A."
bool ends_in_initials(std::u32string_view text) {
  const auto initial_at = [&](std::size_t end) {  // "A." before text[end], apart from a longer word
    return end >= 2 && text[end - 1] == U'.' && upper(text[end - 2]) && (end == 2 || !is_word(text[end - 3]));
  };
  return initial_at(text.size()) && initial_at(text.size() - 2);
}

// "Goodbye.Seo Yunjae": behind a word that is no abbreviation; "St.Vincent" and "Vol.2" are names.
double weight_behind_stop(std::u32string_view text, std::size_t i) {
  const char32_t after = text[i];
  if (!upper(after) && group_of(after) != Group::Hangul && !is_japanese(group_of(after))) return -3;
  if (ends_in_initials(text.substr(0, i)) && is_word(at(text, i + 1))) return 2.5;  // "U.S.A.DA PUMP"
  std::size_t letters = 0;
  while (letters + 1 < i && is_word(text[i - 2 - letters])) ++letters;
  const bool eastern = letters > 0 && is_cjk(text[i - 2]);
  if (eastern || letters >= 5) return 2.5;
  return letters >= 3 && lower(text[i - 2]) ? 0.8 : -3;
}

// "Room 302Lee", "1999Yunseul": two digits or more in front of a capitalised name; "2NE1" is one.
bool parts_number(std::u32string_view text, std::size_t i) {
  const bool digits =
      i >= 2 && group_of(text[i - 1]) == Group::Digit && group_of(text[i - 2]) == Group::Digit;
  return digits && upper(text[i]) && lower(at(text, i + 1));
}

double weight_in_word(std::u32string_view text, std::size_t i) {
  const Group one = group_of(text[i - 1]);
  const Group two = group_of(text[i]);
  if (one == Group::Cased && two == Group::Cased) return case_weight(text, i);
  if (parts_number(text, i)) return 2.2;
  return one == two ? -0.5 : script_weight(one, two);
}

double weight_before(std::u32string_view text, std::size_t i) {
  const char32_t before = text[i - 1];
  const char32_t after = text[i];
  if (before == kJoint || after == kJoint) return kMarked;
  if (is_space(after)) return -0.5;
  if (is_space(before)) return i >= 2 && is_closing(text[i - 2]) && is_word(after) ? 1 : -0.5;
  if (is_bracket_open(after) && opens_name(text.substr(i))) return 0;
  if (is_bracket_open(after)) return is_word(before) || is_closing(before) ? -3 : -1;
  if (is_closing(before) && is_word(after) && before != U'\'' && before != U'’') return kBehindBracket;
  if (is_word(before) && is_word(after)) return weight_in_word(text, i);
  if (before == U'.') return weight_behind_stop(text, i);
  if (before == U',' && is_word(after) && !(char_class(after) == CharClass::Digit)) return 3;
  if (kEndMarks.find(before) != std::u32string_view::npos) return is_word(after) ? 2.5 : -2;
  return -3;
}

}  // namespace

std::vector<bool> dash_brackets(std::u32string_view text) {
  constexpr std::u32string_view kDashes = U"-–—~～〜―";
  constexpr std::size_t kLongest = 40;
  std::vector<bool> enclosed(text.size() + 1);
  for (std::size_t i = 1; i + 2 < text.size(); ++i) {
    if (kDashes.find(text[i]) == std::u32string_view::npos || is_space(text[i + 1])) continue;
    const bool wave = text[i] == U'~' || text[i] == U'～' || text[i] == U'〜';
    if (!is_space(text[i - 1]) && !wave) continue;
    const std::size_t end = text.find(text[i], i + 1);
    if (end == std::u32string_view::npos || end - i > kLongest || end == i + 1 || is_space(text[end - 1]))
      continue;
    for (std::size_t k = i; k <= end; ++k) enclosed[k] = true;
    i = end;
  }
  return enclosed;
}

std::vector<double> glue_weights(std::u32string_view text) {
  std::vector<double> weights(text.size() + 1, kInsideBracket);
  const std::vector<bool> enclosed = dash_brackets(text);
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && depth == 0 && !enclosed[i])
      weights[i] = enclosed[i - 1] && is_word(text[i]) ? kBehindBracket : weight_before(text, i);
    if (is_bracket_open(text[i])) ++depth;
    if (is_bracket_close(text[i]) && depth > 0) --depth;
  }
  return weights;
}

bool has_strong_glue(std::u32string_view text) {
  const std::vector<double> weights = glue_weights(text);
  return std::any_of(weights.begin(), weights.end(), [](double weight) { return weight >= kStrongGlue; });
}

}  // namespace nunmul
