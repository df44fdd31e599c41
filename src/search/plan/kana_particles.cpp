// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/kana_particles.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/japanese.h"

namespace nunmul {
namespace {

constexpr std::array<std::string_view, 16> kParticles{"を",   "に",   "の",   "が",   "は",   "で",
                                                      "と",   "も",   "へ",   "から", "まで", "より",
                                                      "って", "には", "では", "とは"};
constexpr std::size_t kMinKanaLeft = 2;

bool is_hiragana_unit(const QueryUnit& unit) {
  return !unit.quoted && std::all_of(unit.tokens.begin(), unit.tokens.end(), [](const Token& token) {
    return is_all_kana(token.word) && to_hiragana(token.word) == token.word;
  });
}

std::string text_of(const QueryUnit& unit) {
  std::string text;
  for (const Token& token : unit.tokens) text += token.word;
  return text;
}

}  // namespace

std::vector<OtherWriting> without_kana_particles(const std::vector<QueryUnit>& units,
                                                 const Analyzer& analyzer) {
  std::vector<OtherWriting> found;
  for (std::size_t first = 0; first < units.size(); ++first) {
    if (!is_hiragana_unit(units[first])) continue;
    std::string text = text_of(units[first]);
    std::size_t end = first + 1;
    for (; end < units.size() && is_hiragana_unit(units[end]) && !units[end].tokens[0].separated; ++end)
      text += text_of(units[end]);
    for (const std::string_view particle : kParticles) {
      if (!text.ends_with(particle)) continue;
      const std::string word = text.substr(0, text.size() - particle.size());
      if (count_chars(word) < kMinKanaLeft) continue;
      found.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - first),
                       analyzer.tokenize(word)});
    }
    first = end - 1;
  }
  return found;
}

}  // namespace nunmul
