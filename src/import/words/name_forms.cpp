// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/name_forms.h"

#include <algorithm>

#include "import/words/characters.h"

namespace nunmul {
namespace {

// The words before guests: at the start of a bracket, behind a name, and anywhere behind a word's end.
constexpr std::u32string_view kGuestsInBracket[] = {U"feat", U"ft.", U"ft ", U"with "};
constexpr std::u32string_view kGuestsBehind[] = {U" feat.", U" feat ", U" ft. ", U" featuring "};
constexpr std::u32string_view kGuests[] = {U"feat.",      U"feat ", U"ft.",  U"ft ",
                                           U"featuring ", U"with ", U"prod."};

bool has_cjk(std::u32string_view text) { return std::any_of(text.begin(), text.end(), is_cjk); }

bool names_guests(std::u32string_view inside) {
  const std::u32string folded = fold_line(inside);
  return std::any_of(std::begin(kGuestsInBracket), std::end(kGuestsInBracket),
                     [&](std::u32string_view word) { return folded.starts_with(word); });
}

// Where guests begin, or the size.
std::size_t find_guests(std::u32string_view folded) {
  std::size_t first = folded.size();
  for (const auto word : kGuests)
    for (std::size_t at = folded.find(word); at != std::u32string_view::npos; at = folded.find(word, at + 1))
      if (at > 0 && !is_word(folded[at - 1])) first = std::min(first, at);
  return first;
}

// The text outside of brackets; the compact texts inside are added to the variants.
std::u32string take_brackets(std::u32string_view name, std::vector<std::u32string>& variants) {
  std::u32string outside;
  std::u32string inside;
  int depth = 0;
  for (const char32_t c : name) {
    if (is_bracket_open(c))
      ++depth;
    else if (is_bracket_close(c) && depth > 0)
      push_unique(variants, compact(inside)), inside.clear(), --depth;
    else
      (depth > 0 ? inside : outside).push_back(c);
  }
  return outside;
}

// Between two artists: "A & B", "A x B".
bool parts_names(std::u32string_view text, std::size_t i) {
  constexpr std::u32string_view kSigns = U",&×＆、/+";
  const char32_t c = text[i];
  const bool spaced = i > 0 && is_space(text[i - 1]) && i + 1 < text.size() && is_space(text[i + 1]);
  return kSigns.find(c) != std::u32string_view::npos || (spaced && (c == U'x' || c == U'X'));
}

}  // namespace

std::u32string base_name(std::u32string_view name) {
  std::u32string base;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::size_t close =
        is_bracket_open(name[i]) ? name.find_first_of(U")]}）］", i) : std::u32string_view::npos;
    if (close == std::u32string_view::npos) {
      base.push_back(name[i]);
      continue;
    }
    const std::u32string_view inside = name.substr(i + 1, close - i - 1);
    const bool other_script = !base.empty() && has_cjk(inside) != has_cjk(base);
    if (!other_script && !names_guests(inside)) base += name.substr(i, close - i + 1);
    i = close;
  }
  const std::u32string folded = fold_line(base);
  for (const auto word : kGuestsBehind) {
    const std::size_t at = folded.find(word);
    if (at != std::u32string::npos && at > 0) return base.substr(0, at);
  }
  return base;
}

std::vector<std::u32string> base_variants(std::u32string_view name) {
  const std::u32string base = base_name(name);
  std::vector<std::u32string> variants{compact(base)};
  const std::size_t open = name.find_first_of(U"([（［");
  const std::size_t close = open == std::u32string_view::npos ? open : name.find_first_of(U")]）］", open);
  if (close == std::u32string_view::npos || open == 0) return variants;
  const std::u32string_view inside = name.substr(open + 1, close - open - 1);
  if (has_cjk(inside) != has_cjk(base) && !names_guests(inside)) variants.push_back(compact(inside));
  return variants;
}

std::vector<std::u32string> name_variants(std::u32string_view name) {
  std::vector<std::u32string> variants;
  const std::u32string_view solo = name.substr(0, std::min(find_guests(fold_line(name)), name.size()));
  push_unique(variants, compact(solo));
  const std::u32string outside = take_brackets(solo, variants);
  push_unique(variants, compact(outside));
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= outside.size(); ++i) {
    if (i < outside.size() && !parts_names(outside, i)) continue;
    push_unique(variants, compact(std::u32string_view(outside).substr(begin, i - begin)));
    begin = i + 1;
  }
  return variants;
}

void push_unique(std::vector<std::u32string>& forms, std::u32string form) {
  if (!form.empty() && std::find(forms.begin(), forms.end(), form) == forms.end())
    forms.push_back(std::move(form));
}

}  // namespace nunmul
