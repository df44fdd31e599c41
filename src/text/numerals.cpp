// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/numerals.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace nunmul {
namespace {

constexpr std::u32string_view kDigits = U"〇一二三四五六七八九";
constexpr std::size_t kMaxDigits = 8;

struct Unit {
  char32_t character;
  std::uint64_t value;
};
constexpr std::array kUnits{Unit{U'千', 1000}, Unit{U'百', 100}, Unit{U'十', 10}};
constexpr Unit kTenThousand{U'万', 10'000};

std::optional<std::uint64_t> unit_of(char32_t character) {
  const auto unit =
      std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& one) { return one.character == character; });
  if (unit == kUnits.end()) return std::nullopt;
  return unit->value;
}

bool is_numeral(char32_t c) {
  return kDigits.find(c) != std::u32string_view::npos || unit_of(c) || c == kTenThousand.character;
}

// 二〇二四: the digits as they stand.
std::string one_by_one(std::u32string_view numerals) {
  std::string digits;
  for (const char32_t c : numerals) digits += static_cast<char>('0' + kDigits.find(c));
  return digits;
}

std::string counted(std::u32string_view numerals) {
  std::uint64_t total = 0, below = 0, digit = 0;
  for (const char32_t c : numerals) {
    if (const auto unit = unit_of(c)) {
      below += std::max<std::uint64_t>(1, digit) * *unit;
      digit = 0;
    } else if (c == kTenThousand.character) {
      total += std::max<std::uint64_t>(1, below + digit) * kTenThousand.value;
      below = digit = 0;
    } else {
      digit = 10 * digit + kDigits.find(c);
    }
  }
  return std::to_string(total + below + digit);
}

std::string digits_of(std::u32string_view numerals) {
  const bool all_digits = std::all_of(numerals.begin(), numerals.end(), [](char32_t c) {
    return kDigits.find(c) != std::u32string_view::npos;
  });
  return all_digits ? one_by_one(numerals) : counted(numerals);
}

// Below ten thousand; 一 is not said before a unit.
void append_counted(std::u32string& out, std::uint64_t number) {
  for (const Unit& unit : kUnits) {
    const std::uint64_t count = number / unit.value;
    if (count > 1) out.push_back(kDigits[count]);
    if (count > 0) out.push_back(unit.character);
    number %= unit.value;
  }
  if (number > 0) out.push_back(kDigits[number]);
}

}  // namespace

bool is_numeral(std::string_view text) {
  const std::u32string letters = to_utf32(text);
  return !letters.empty() &&
         std::all_of(letters.begin(), letters.end(), [](char32_t c) { return is_numeral(c); });
}

std::optional<std::string> with_digits(std::string_view text) {
  const std::u32string letters = to_utf32(text);
  std::string out;
  bool found = false;
  for (std::size_t at = 0; at < letters.size();) {
    std::size_t end = at;
    while (end < letters.size() && is_numeral(letters[end])) ++end;
    if (end == at) {
      append_utf8(out, letters[at++]);
      continue;
    }
    if (end - at > 2 * kMaxDigits) return std::nullopt;
    out += digits_of(std::u32string_view(letters).substr(at, end - at));
    found = true;
    at = end;
  }
  if (!found) return std::nullopt;
  return out;
}

std::vector<std::string> in_han_characters(std::string_view digits) {
  const bool is_number =
      !digits.empty() && digits.size() <= kMaxDigits &&
      std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!is_number) return {};
  const std::uint64_t number = std::stoull(std::string(digits));
  std::u32string said;
  if (number >= kTenThousand.value) {
    const std::uint64_t thousands = number / kTenThousand.value;
    if (thousands == 1)
      said.push_back(kDigits[1]);
    else
      append_counted(said, thousands);
    said.push_back(kTenThousand.character);
  }
  append_counted(said, number % kTenThousand.value);
  std::vector<std::string> forms;
  if (number > 0) forms.push_back(to_utf8(said));
  if (digits.size() > 1) {
    std::u32string spelled;
    for (const char c : digits) spelled.push_back(kDigits[static_cast<std::size_t>(c - '0')]);
    if (to_utf8(spelled) != to_utf8(said)) forms.push_back(to_utf8(spelled));
  }
  return forms;
}

}  // namespace nunmul
