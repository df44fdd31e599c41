// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/paragraphs.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "import/words/characters.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxPairs = 40'000;  // of longer texts only paragraphs of the same letters are found
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

std::size_t lines_of(std::string_view text) {
  return 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Calls visit(line, its letters) for each line that has any.
template <typename Visit>
void for_each_paragraph(std::string_view text, Visit&& visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view line = text.substr(at, text.find('\n', at) - at);
    at += line.size() + 1;
    if (const std::u32string letters = compact(line); !letters.empty()) visit(line, letters);
  }
}

// Of the second text what has other letters than every paragraph of the first.
std::string with_unequal_paragraphs_of(std::string_view first, std::string_view second) {
  std::unordered_set<std::u32string> known;
  for_each_paragraph(first, [&](std::string_view, const std::u32string& letters) { known.insert(letters); });
  std::string text(first);
  for_each_paragraph(second, [&](std::string_view line, const std::u32string& letters) {
    if (known.insert(letters).second) text.append("\n").append(line);
  });
  return text;
}

}  // namespace

std::string with_paragraphs_of(std::string_view first, std::string_view second) {
  if (first.empty() || second.empty() || first == second) return std::string(first.empty() ? second : first);
  if (lines_of(first) * lines_of(second) > kMaxPairs) return with_unequal_paragraphs_of(first, second);
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
