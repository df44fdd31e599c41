// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/paragraphs.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "import/words/characters.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxPairs = 40'000;  // of longer texts only equal paragraphs are found
constexpr double kSame = 0.8;              // share of the shorter one's trigrams that the other has, too

struct Paragraph {
  std::string text;
  std::u32string letters;
  std::unordered_set<std::u32string> trigrams;
};

std::vector<Paragraph> paragraphs_of(std::string_view text) {
  std::vector<Paragraph> paragraphs;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    Paragraph paragraph{std::string(text.substr(at, end - at)), compact(text.substr(at, end - at)), {}};
    at = end + 1;
    if (paragraph.letters.empty()) continue;
    for (std::size_t i = 0; i + 3 <= paragraph.letters.size(); ++i)
      paragraph.trigrams.insert(paragraph.letters.substr(i, 3));
    paragraphs.push_back(std::move(paragraph));
  }
  return paragraphs;
}

bool say_the_same(const Paragraph& one, const Paragraph& other) {
  const Paragraph& shorter = one.letters.size() < other.letters.size() ? one : other;
  const Paragraph& longer = &shorter == &one ? other : one;
  if (shorter.trigrams.empty()) return longer.letters.find(shorter.letters) != std::u32string::npos;
  const auto shared = std::count_if(shorter.trigrams.begin(), shorter.trigrams.end(),
                                    [&](const auto& trigram) { return longer.trigrams.contains(trigram); });
  return static_cast<double>(shared) >= kSame * static_cast<double>(shorter.trigrams.size());
}

}  // namespace

std::string with_paragraphs_of(std::string_view first, std::string_view second) {
  if (first.empty() || second.empty() || first == second) return std::string(first.empty() ? second : first);
  std::vector<Paragraph> all = paragraphs_of(first);
  bool changed = false;
  for (Paragraph& other : paragraphs_of(second)) {
    const auto same =
        std::find_if(all.begin(), all.end(), [&](const Paragraph& one) { return say_the_same(one, other); });
    if (same != all.end() && same->letters.size() >= other.letters.size()) continue;
    changed = true;
    if (same == all.end())
      all.push_back(std::move(other));
    else
      *same = std::move(other);
  }
  if (!changed) return std::string(first);
  std::string text;
  for (const Paragraph& paragraph : all) text += (text.empty() ? "" : "\n") + paragraph.text;
  return text;
}

}  // namespace nunmul
