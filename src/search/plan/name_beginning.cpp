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

std::string typed_letters(const std::vector<Token>& tokens) {
  std::string typed;
  for (const Token& token : tokens) typed += letters_of(token.word);
  return typed;
}

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

double NameBeginning::completion_of_item(std::span<const std::uint32_t> words) {
  std::size_t length = 0;
  for (const std::uint32_t word : words) {
    const std::string& next = letters(word);
    if (length < typed_.size() && typed_.compare(length, next.size(), next, 0, typed_.size() - length) != 0)
      return 0;
    length += next.size();
  }
  return length < typed_.size() ? 0 : static_cast<double>(typed_.size()) / static_cast<double>(length);
}

}  // namespace nunmul
