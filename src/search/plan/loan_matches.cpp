// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/loan_matches.h"

#include <algorithm>
#include <functional>
#include <map>

#include "index/vocabulary.h"
#include "text/keyboard.h"
#include "text/loan_words.h"

namespace nunmul {
namespace {

constexpr std::size_t kMostFound = 5;
constexpr std::size_t kMostCompared = 1'500;
constexpr std::size_t kMinNearSkeleton = 3;  // of shorter ones too many are near
constexpr float kFar = 1e6F;
constexpr float kAsGood = 0.25F;  // how much farther than the best another may be

// The distance of each word or name that may be meant.
class Comparison {
 public:
  using Distance = std::function<float(std::string_view)>;  // more than LoanWord::most_likely: not meant

  Comparison(std::vector<std::string> skeletons, Distance distance)
      : skeletons_(std::move(skeletons)), distance_(std::move(distance)) {}

  // `entries_of(skeleton, visit)` calls visit(letters) for each.
  template <typename EntriesOf>
  std::vector<std::string> best(EntriesOf&& entries_of) {
    for (const std::string& skeleton : skeletons_) compare(skeleton, entries_of);
    if (found_.empty())
      for (const std::string& skeleton : skeletons_)
        if (skeleton.size() >= kMinNearSkeleton)
          for (const std::string& near : near_skeletons(skeleton)) compare(near, entries_of);
    return likeliest();
  }

 private:
  template <typename EntriesOf>
  void compare(const std::string& skeleton, EntriesOf&& entries_of) {
    entries_of(skeleton, [&](std::string_view letters) {
      if (++compared_ > kMostCompared) return;
      if (const float distance = distance_(letters); distance < kFar) found_.emplace(distance, letters);
    });
  }

  std::vector<std::string> likeliest() const {
    std::vector<std::string> words;
    for (const auto& [distance, word] : found_) {
      if (words.size() == kMostFound || distance > found_.begin()->first + kAsGood) break;
      if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    }
    return words;
  }

  const std::vector<std::string> skeletons_;
  const Distance distance_;
  std::multimap<float, std::string> found_;
  std::size_t compared_ = 0;
};

float likely_distance(const LoanWord& loan, std::string_view english) {
  const float distance = loan.distance(english);
  return distance <= LoanWord::most_likely(english) ? distance : kFar;
}

// English letters by a loan of them.
Comparison comparison_of_loan(std::string_view loan) {
  return {loan_skeletons(loan),
          [word = LoanWord(loan)](std::string_view english) { return likely_distance(word, english); }};
}

// Loans of English letters, as they stand in spellings: Hangul by its keys.
Comparison comparison_of_english(std::string_view english) {
  return {english_skeletons(english), [typed = std::string(english)](std::string_view spelling) {
            const OtherLayout hangul = as_if_hangul(spelling);
            const std::string loan = hangul.complete ? hangul.text : std::string(spelling);
            return loan_skeletons(loan).empty() ? kFar : likely_distance(LoanWord(loan), typed);
          }};
}

std::vector<ExpandedWord> find_words(const Generation& generation, std::string_view loan) {
  Comparison comparison = comparison_of_loan(loan);
  const auto best = comparison.best([&](const std::string& skeleton, auto&& visit) {
    for (const LiveSegment& live : generation.segments())
      for (const SoundEntry& entry : live.segment->vocabulary().words_with_skeleton(skeleton))
        visit(live.segment->vocabulary().word(entry.number));
  });
  std::vector<ExpandedWord> words;
  for (const std::string& word : best) {
    const std::vector<Token> tokens = generation.analyzer().tokenize(word);
    if (tokens.size() == 1)
      words.push_back({word, tokens[0].stem, Script::Latin, 0, false, documents_of_word(generation, word)});
  }
  return words;
}

std::vector<std::string> find_names(const Generation& generation, std::string_view letters) {
  Comparison comparison =
      english_skeletons(letters).empty() ? comparison_of_loan(letters) : comparison_of_english(letters);
  std::vector<std::string> names = comparison.best([&](const std::string& skeleton, auto&& visit) {
    for (const LiveSegment& live : generation.segments())
      for (const SoundEntry& entry : live.segment->vocabulary().names_with_skeleton(skeleton))
        visit(live.segment->vocabulary().spelling(Family::KeySequence, entry.number).substr(1));
  });
  for (std::string& name : names) name.insert(name.begin(), '^');
  return names;
}

std::vector<ExpandedWord> words_said(const Generation& generation, std::string_view loan) {
  return *generation.cached<std::vector<ExpandedWord>>("loan " + std::string(loan),
                                                       [&] { return find_words(generation, loan); });
}

bool is_katakana_word(const Token& token) {
  return token.script == Script::Han && !loan_skeletons(token.word).empty();
}

// How many tokens from the first on may be one word; 0 if it is no loan.
std::size_t length_of_loan(const std::vector<Token>& tokens, std::size_t first) {
  if (tokens[first].script == Script::Hangul) return 1;
  std::size_t count = 0;
  while (first + count < tokens.size() && is_katakana_word(tokens[first + count]) &&
         (count == 0 || !tokens[first + count].separated))
    ++count;
  return count;
}

bool is_known(const Generation& generation, const std::vector<Token>& tokens, const Loan& loan) {
  return std::all_of(
      tokens.begin() + static_cast<std::ptrdiff_t>(loan.first),
      tokens.begin() + static_cast<std::ptrdiff_t>(loan.first + loan.count), [&](const Token& token) {
        return documents_of_word(generation, token.word) > 0 ||
               (token.script == Script::Hangul && documents_of_stem(generation, token.stem) > 0);
      });
}

}  // namespace

std::vector<Loan> find_loans(const Generation& generation, const std::vector<Token>& tokens) {
  std::vector<Loan> loans;
  for (std::size_t first = 0; first < tokens.size();) {
    Loan loan{first, length_of_loan(tokens, first), {}};
    first += std::max<std::size_t>(1, loan.count);
    if (loan.count == 0 || is_known(generation, tokens, loan)) continue;
    std::string letters;
    for (std::size_t t = loan.first; t < first; ++t) letters += tokens[t].word;
    loan.words = words_said(generation, letters);
    const std::string& stem = tokens[loan.first].stem;
    if (loan.words.empty() && loan.count == 1 && stem != letters) loan.words = words_said(generation, stem);
    if (!loan.words.empty()) loans.push_back(std::move(loan));
  }
  return loans;
}

std::vector<std::string> names_said(const Generation& generation, std::string_view letters) {
  return *generation.cached<std::vector<std::string>>("loan name " + std::string(letters),
                                                      [&] { return find_names(generation, letters); });
}

}  // namespace nunmul
