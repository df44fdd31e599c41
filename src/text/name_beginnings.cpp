// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/name_beginnings.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "text/jamo.h"
#include "text/japanese.h"

namespace nunmul {
namespace {

constexpr std::size_t kLeastLetters = 2;
constexpr std::size_t kMostGroups = 200;

std::string letters_of(std::span<const Token> tokens) {
  std::string letters;
  for (const Token& token : tokens) letters += token.word;
  std::erase(letters, '\'');
  return to_hiragana(letters);
}

}  // namespace

void NameBeginnings::add(std::span<const Token> name, std::uint32_t group, bool ambiguous) {
  const std::string letters = letters_of(name);
  rows_.push_back({key_sequence(letters), dubeolsik_keys(letters), {group, ambiguous}});
}

void NameBeginnings::sort() {
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.letters < b.letters; });
}

std::vector<BegunName> NameBeginnings::begun_by(std::span<const Token> typed) const {
  const std::string letters = letters_of(typed);
  const std::string keys = dubeolsik_keys(letters), form = key_sequence(letters);
  if (count_chars(form) < kLeastLetters) return {};
  std::map<std::uint32_t, bool> groups;
  const auto first =
      std::lower_bound(rows_.begin(), rows_.end(), form,
                       [](const Row& row, const std::string& value) { return row.letters < value; });
  for (auto row = first; row != rows_.end() && row->letters.starts_with(form); ++row) {
    if (row->letters == form || !keys_begin(keys, row->keys)) continue;
    const auto [known, is_new] = groups.emplace(row->name.group, row->name.ambiguous);
    known->second = known->second && row->name.ambiguous;
    if (is_new && groups.size() > kMostGroups) return {};
  }
  std::vector<BegunName> begun;
  for (const auto& [group, ambiguous] : groups) begun.push_back({group, ambiguous});
  return begun;
}

}  // namespace nunmul
