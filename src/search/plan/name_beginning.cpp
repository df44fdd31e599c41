// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/name_beginning.h"

#include <algorithm>

#include "index/forward.h"
#include "index/vocabulary.h"
#include "text/jamo.h"

namespace nunmul {
namespace {

std::string letters_of(std::string_view word) {
  std::string letters = key_sequence(word);
  std::erase(letters, '\'');
  return letters;
}

}  // namespace

const std::string& NameBeginning::letters(std::uint32_t word) {
  const auto known = letters_.find(word);
  return known != letters_.end()
             ? known->second
             : letters_.emplace(word, letters_of(segment_.vocabulary().word(word))).first->second;
}

double NameBeginning::completion(std::span<const std::uint32_t> words) {
  double best = 0;
  for (std::size_t begin = 0; begin < words.size();) {
    const auto end = static_cast<std::size_t>(
        std::find(words.begin() + static_cast<std::ptrdiff_t>(begin), words.end(), kItemBreak) -
        words.begin());
    best = std::max(best, completion_of_item(words.subspan(begin, end - begin)));
    begin = end + 1;
  }
  return best;
}

// A finished word of an alphabet is no part of a longer one (love of Loved); spaces between others are left
// out at will.
double NameBeginning::completion_of_item(std::span<const std::uint32_t> words) {
  const bool finished = typed_.ends_with(' ');
  const std::string_view typed = std::string_view(typed_).substr(0, typed_.size() - (finished ? 1 : 0));
  std::size_t length = 0;
  for (const std::uint32_t word : words) {
    const std::string& next = letters(word);
    if (length < typed.size() && typed.compare(length, next.size(), next, 0, typed.size() - length) != 0)
      return 0;
    const bool inside = length < typed.size() && length + next.size() > typed.size();
    if (finished && inside && segment_.vocabulary().script(word) == Script::Latin) return 0;
    length += next.size();
  }
  return length < typed.size() ? 0 : static_cast<double>(typed.size()) / static_cast<double>(length);
}

}  // namespace nunmul
