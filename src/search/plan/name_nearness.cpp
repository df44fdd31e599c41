// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/name_nearness.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "index/forward.h"
#include "index/vocabulary.h"
#include "text/japanese.h"
#include "text/loan_words.h"
#include "text/romanization.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxNameWords = 4, kMaxNameLetters = 30;
constexpr double kFamilyNameLeftOut = 0.6;  // as much as so many letters that differ

bool is_hangul(std::u32string_view text) { return !text.empty() && is_syllable(text.front()); }

double edit_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<double> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<double>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    double before = std::exchange(row[0], static_cast<double>(i));
    for (std::size_t j = 1; j <= b.size(); ++j)
      before = std::exchange(row[j],
                             std::min({before + (a[i - 1] == b[j - 1] ? 0 : 1), row[j] + 1, row[j - 1] + 1}));
  }
  return row.back();
}

// How much of the letters the syllables account for, either of which may be what was typed: as a Korean name
// or, less surely, as English words in Hangul.
double romanized_share(std::u32string_view letters, std::u32string_view syllables) {
  constexpr std::size_t kFullName = 3;
  constexpr double kMostOfLoan = 0.7;
  const std::string latin = to_utf8(letters);
  double distance = romanization_distance(latin, syllables);
  if (syllables.size() >= kFullName)
    distance = std::min(distance, kFamilyNameLeftOut + romanization_distance(latin, syllables.substr(1)));
  const double length = static_cast<double>(letters.size());
  return std::max(1 - distance / length,
                  std::min(kMostOfLoan, 1 - LoanWord(to_utf8(syllables)).distance(latin) / length));
}

// Of kana only what they say of English words is known.
double kana_share(std::u32string_view kana, std::u32string_view name) {
  const bool is_latin = name.front() < 0x80;
  return is_latin ? 1 - LoanWord(to_utf8(kana)).distance(to_utf8(name)) / static_cast<double>(name.size())
                  : 1;
}

double share(std::u32string_view typed, std::u32string_view name) {
  if (is_katakana(typed.front())) return kana_share(typed, name);
  if (is_hangul(typed) == is_hangul(name))
    return 1 - edit_distance(typed, name) / static_cast<double>(typed.size());
  return is_hangul(name) ? romanized_share(typed, name) : romanized_share(name, typed);
}

}  // namespace

NameNearness::NameNearness(const Segment& segment, const std::vector<std::string>& typed)
    : segment_(segment) {
  for (const std::string& one : typed) {
    typed_.push_back(to_utf32(one));
    longest_ = std::max(longest_, static_cast<double>(typed_.back().size()));
  }
}

double NameNearness::of_name(std::string_view name) const {
  const std::u32string letters = to_utf32(name);
  if (letters.empty() || letters.size() > kMaxNameLetters) return 0;
  double best = 0;
  for (const std::u32string& typed : typed_)
    best = std::max(best, share(typed, letters) * static_cast<double>(typed.size()));
  return best / longest_;
}

double NameNearness::of_word(std::uint32_t word) {
  const auto [known, is_new] = known_.try_emplace(word, 0);
  if (is_new) known->second = of_name(segment_.vocabulary().word(word));
  return known->second;
}

double NameNearness::of_item(std::span<const std::uint32_t> words) {
  double best = 0;
  for (const std::uint32_t word : words) best = std::max(best, of_word(word));
  if (words.size() < 2 || words.size() > kMaxNameWords) return best;
  std::string name;
  for (const std::uint32_t word : words) name += segment_.vocabulary().word(word);
  return std::max(best, of_name(name));
}

double NameNearness::of(std::span<const std::uint32_t> words) {
  double best = 0;
  for (std::size_t begin = 0; begin < words.size();) {
    const auto rest = words.subspan(begin);
    const auto count =
        static_cast<std::size_t>(std::find(rest.begin(), rest.end(), kItemBreak) - rest.begin());
    best = std::max(best, of_item(rest.first(count)));
    begin += count + 1;
  }
  return best;
}

}  // namespace nunmul
