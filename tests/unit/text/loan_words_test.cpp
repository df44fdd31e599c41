// SPDX-License-Identifier: GPL-2.0-or-later
// A loan has a skeleton in common with its English word, and is nearer to it than to others.
#include "text/loan_words.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace nunmul;

TEST_SUITE_BEGIN("text/loan_words");

namespace {

struct Loan {
  const char* loan;
  const char* english;
  const char* other;
};
constexpr Loan kLoans[] = {{"포토샵", "photoshop", "patrol"},    {"フォトショップ", "photoshop", "pottish"},
                           {"오하이오", "ohio", "hey"},          {"オハイオ", "ohio", "high"},
                           {"뮤지컬", "musical", "muscle"},      {"ミュージカル", "musical", "muscle"},
                           {"テニス", "tennis", "tunes"},        {"초콜릿", "chocolate", "circle"},
                           {"シンガー", "singer", "sink"},       {"나이트", "night", "note"},
                           {"リメンバー", "remember", "lumber"}, {"엘리베이터", "elevator", "alphabet"}};

bool have_common(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const std::string& one) { return std::find(b.begin(), b.end(), one) != b.end(); });
}

}  // namespace

TEST_CASE("a loan is found by its skeleton and told apart by its spelling") {
  for (const Loan& row : kLoans) {
    CAPTURE(std::string(row.loan));
    CHECK(have_common(loan_skeletons(row.loan), english_skeletons(row.english)));
    const LoanWord loan(row.loan);
    CHECK(loan.distance(row.english) <= LoanWord::most_likely(row.english));
    CHECK(loan.distance(row.english) < loan.distance(row.other));
  }
}

TEST_CASE("what is no word of one of these scripts has no skeleton") {
  for (const char* word : {"", "涙", "なみだ", "윤ㅎ", "abc"}) CHECK(loan_skeletons(word).empty());
  for (const char* word : {"", "ab", "été", "w0rd", "포토샵"}) CHECK(english_skeletons(word).empty());
}

TEST_CASE("a near skeleton has one consonant more or less") {
  const std::vector<std::string> near = near_skeletons("KT");
  CHECK(std::find(near.begin(), near.end(), "KLT") != near.end());
  CHECK(std::find(near.begin(), near.end(), "K") != near.end());
  CHECK(std::find(near.begin(), near.end(), "KT") == near.end());
}

TEST_CASE("letters without end are no word, and cost no memory") {
  const std::string endless(100'000, 'a');
  CHECK(english_skeletons(endless).empty());
  CHECK(LoanWord("포토샵").distance(endless) > 1000);
}
