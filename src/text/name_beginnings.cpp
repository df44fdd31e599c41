// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/name_beginnings.h"

#include <algorithm>
#include <map>

#include "text/jamo.h"
#include "text/japanese.h"
#include "text/utf8.h"

namespace nunmul {
namespace {

constexpr std::size_t kLeastLetters = 2;
constexpr std::size_t kMostGroups = 200;

std::string letters_of(std::span<const Token> tokens) {
  std::string letters;
  for (const Token& token : tokens) letters += token.word;
  std::erase(letters, '\'');
  return letters;
}

std::string small(std::string keys) {
  std::transform(keys.begin(), keys.end(), keys.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return keys;
}

// Fast typing loses shift but adds none: 따 begins no name in 다.
bool has_shifts(std::string_view keys, std::string_view typed) {
  for (std::size_t i = 0; i < typed.size(); ++i)
    if (typed[i] >= 'A' && typed[i] <= 'Z' && keys[i] != typed[i]) return false;
  return true;
}

}  // namespace

void NameBeginnings::add(std::span<const Token> name, std::uint32_t group, bool ambiguous) {
  const std::string keys = to_hiragana(dubeolsik_keys(letters_of(name)));
  rows_.push_back({small(keys), keys, {group, ambiguous}});
}

void NameBeginnings::sort() {
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) { return a.letters < b.letters; });
}

std::vector<BegunName> NameBeginnings::begun_by(std::span<const Token> typed) const {
  const std::string keys = to_hiragana(dubeolsik_keys(letters_of(typed)));
  const std::string form = small(keys);
  if (count_chars(form) < kLeastLetters) return {};
  std::map<std::uint32_t, bool> groups;
  const auto first =
      std::lower_bound(rows_.begin(), rows_.end(), form,
                       [](const Row& row, const std::string& value) { return row.letters < value; });
  for (auto row = first; row != rows_.end() && row->letters.starts_with(form); ++row) {
    if (row->letters == form || !has_shifts(row->keys, keys)) continue;
    const auto [known, is_new] = groups.emplace(row->name.group, row->name.ambiguous);
    known->second = known->second && row->name.ambiguous;
    if (is_new && groups.size() > kMostGroups) return {};
  }
  std::vector<BegunName> begun;
  for (const auto& [group, ambiguous] : groups) begun.push_back({group, ambiguous});
  return begun;
}

}  // namespace nunmul
