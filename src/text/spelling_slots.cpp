// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/spelling_slots.h"

#include <algorithm>
#include <array>

namespace nunmul {
namespace {

constexpr float kFar = 1e6F;

// By letter: what the slots so far cost if they end in front of it.
using Row = std::array<float, kMaxSpelledLetters + 1>;

class Distance {
 public:
  Distance(std::string_view letters, const LetterCosts& costs) : letters_(letters), costs_(costs) {
    row_[0] = 0;
    for (std::size_t j = 0; j < letters.size(); ++j) {
      left_over_[j] = costs.left_over(letters, j);
      row_[j + 1] = row_[j] + left_over_[j];
    }
  }

  void pass(const std::vector<Spelling>& slot) {
    Row best;
    best.fill(kFar);
    for (const Spelling& spelling : slot) {
      Row row = row_;
      for (std::size_t j = 0; j <= letters_.size(); ++j) row[j] += spelling.cost;
      for (const char letter : spelling.letters) row = behind(letter, row);
      for (std::size_t j = 0; j <= letters_.size(); ++j) best[j] = std::min(best[j], row[j]);
    }
    row_ = best;
  }

  float at_end() const { return row_[letters_.size()]; }

 private:
  Row behind(char letter, const Row& before) const {
    const float missing = costs_.missing(letter);
    Row row;
    row[0] = before[0] + missing;
    for (std::size_t j = 1; j <= letters_.size(); ++j) {
      const char found = letters_[j - 1];
      const float taken = before[j - 1] + (found == letter ? 0 : costs_.changed(letter, found));
      row[j] = std::min({taken, before[j] + missing, row[j - 1] + left_over_[j - 1]});
    }
    return row;
  }

  std::string_view letters_;
  const LetterCosts& costs_;
  Row row_{}, left_over_{};
};

}  // namespace

std::vector<Spelling> parse_spellings(std::string_view row) {
  std::vector<Spelling> spellings;
  while (!row.empty()) {
    const std::size_t end = std::min(row.find(' '), row.size());
    const std::string_view one = row.substr(0, end);
    const std::size_t slash = std::min(one.find('/'), one.size());
    const std::string_view letters = one.substr(0, slash);
    const float cost = slash < one.size() ? static_cast<float>(one[slash + 1] - '0') / 10 : 0.0F;
    spellings.push_back({letters == "-" ? std::string() : std::string(letters), cost});
    row.remove_prefix(std::min(end + 1, row.size()));
  }
  return spellings;
}

float spelling_distance(std::span<const SpellingSlot> slots, std::string_view letters,
                        const LetterCosts& costs) {
  if (letters.size() > kMaxSpelledLetters) return kFar;
  Distance distance(letters, costs);
  for (const SpellingSlot slot : slots) distance.pass(*slot);
  return distance.at_end();
}

}  // namespace nunmul
