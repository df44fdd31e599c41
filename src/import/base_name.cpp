// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/base_name.h"

#include <algorithm>

#include "import/characters.h"

namespace nunmul {
namespace {

bool has_cjk(std::u32string_view text) { return std::any_of(text.begin(), text.end(), is_cjk); }

bool is_featuring(std::u32string_view folded) {
  for (const auto word : {U"feat", U"ft.", U"ft ", U"with "}) {
    if (folded.starts_with(word)) return true;
  }
  return false;
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
    if (!other_script && !is_featuring(fold_line(inside))) base += name.substr(i, close - i + 1);
    i = close;
  }
  const std::u32string folded = fold_line(base);
  for (const auto word : {U" feat.", U" feat ", U" ft. ", U" featuring "}) {
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
  if (has_cjk(inside) != has_cjk(base) && !is_featuring(fold_line(inside)))
    variants.push_back(compact(inside));
  return variants;
}

}  // namespace nunmul
