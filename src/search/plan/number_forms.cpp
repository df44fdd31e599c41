// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/number_forms.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "text/numerals.h"

namespace nunmul {
namespace {

// What is counted, in both scripts.
struct Counter {
  std::string_view han, hangul;
};
constexpr std::array kCounters{
    Counter{"年", "년"}, Counter{"月", "월"}, Counter{"日", "일"}, Counter{"時", "시"}, Counter{"分", "분"},
    Counter{"秒", "초"}, Counter{"回", "회"}, Counter{"位", "위"}, Counter{"名", "명"}, Counter{"話", "화"},
    Counter{"集", "집"}, Counter{"巻", "권"}, Counter{"部", "부"}, Counter{"期", "기"}, Counter{"章", "장"}};

std::string_view counter_otherwise(std::string_view word) {
  for (const Counter& counter : kCounters) {
    if (word == counter.han) return counter.hangul;
    if (word == counter.hangul) return counter.han;
  }
  return "";
}

bool is_digits(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

struct Date {
  unsigned year = 0, month = 0, day = 0;

  bool is_valid() const {
    return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }
};

unsigned number(std::string_view digits) { return static_cast<unsigned>(std::stoul(std::string(digits))); }

std::string printed(const char* format, const Date& date) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, date.year, date.month, date.day);
  return text.data();
}

class Numbers {
 public:
  Numbers(const std::vector<QueryUnit>& units, const Analyzer& analyzer)
      : units_(units), analyzer_(analyzer) {}

  std::vector<OtherWriting> otherwise() {
    for (std::uint32_t u = 0; u < units_.size(); ++u) {
      if (units_[u].quoted) continue;
      add_digits(u);
      add_counted(u);
      add_date(u);
    }
    return std::move(found_);
  }

 private:
  const std::string& word(std::size_t unit) const { return units_[unit].tokens[0].word; }
  bool is_word(std::size_t unit) const { return unit < units_.size() && !units_[unit].quoted; }

  void add(std::uint32_t first, std::uint32_t units, std::string_view text) {
    std::vector<Token> tokens = analyzer_.tokenize(text);
    bool same = tokens.size() == units;
    for (std::size_t t = 0; t < tokens.size() && same; ++t) same = tokens[t].word == word(first + t);
    if (!tokens.empty() && !same) found_.push_back({first, units, std::move(tokens)});
  }

  void add_digits(std::uint32_t u) {
    if (units_[u].tokens[0].script != Script::Han) return;
    if (const auto text = with_digits(word(u))) add(u, 1, *text);
  }

  void add_counted(std::uint32_t u) {
    if (!is_digits(word(u)) || !is_word(u + 1) || units_[u + 1].tokens[0].separated) return;
    const std::string& counted = word(u + 1);
    if (const std::string_view other = counter_otherwise(counted); !other.empty())
      add(u, 2, word(u) + std::string(other));
    if (units_[u + 1].tokens[0].script != Script::Han) return;
    for (const std::string& han : in_han_characters(word(u))) add(u, 2, han + counted);
  }

  void add_date(std::uint32_t u) {
    constexpr std::size_t kCompact = 8;
    if (word(u).size() == kCompact && is_digits(word(u))) {
      const std::string_view digits = word(u);
      add_forms({number(digits.substr(0, 4)), number(digits.substr(4, 2)), number(digits.substr(6, 2))}, u,
                1);
      return;
    }
    std::array<unsigned, 3> parts{};
    std::size_t at = u;
    for (unsigned& part : parts) {
      if (!is_word(at) || !is_digits(word(at)) || word(at).size() > 4) return;
      part = number(word(at++));
      if (is_word(at) && !counter_otherwise(word(at)).empty()) ++at;
    }
    add_forms({parts[0], parts[1], parts[2]}, u, static_cast<std::uint32_t>(at) - u);
  }

  void add_forms(const Date& date, std::uint32_t first, std::uint32_t units) {
    if (!date.is_valid()) return;
    for (const char* format :
         {"%04u%02u%02u", "%04u.%02u.%02u", "%04u.%u.%u", "%04u年%u月%u日", "%04u년 %u월 %u일"})
      add(first, units, printed(format, date));
  }

  const std::vector<QueryUnit>& units_;
  const Analyzer& analyzer_;
  std::vector<OtherWriting> found_;
};

}  // namespace

std::vector<OtherWriting> numbers_otherwise(const std::vector<QueryUnit>& units, const Analyzer& analyzer) {
  return Numbers(units, analyzer).otherwise();
}

}  // namespace nunmul
