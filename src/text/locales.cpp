// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/locales.h"

#include <unicode/locid.h>

#include <algorithm>
#include <string>

namespace nunmul {
namespace {

// Single languages that are treated as a group's: what ICU's aliases (cmn, arb, pes …) do not say.
constexpr struct {
  std::string_view code, as;
} kMembers[] = {{"yue", "zho"}, {"wuu", "zho"}, {"nan", "zho"}, {"hak", "zho"}, {"lzh", "zho"},
                {"azb", "aze"}, {"zlm", "msa"}, {"okm", "kor"}, {"jje", "kor"}};

}  // namespace

std::optional<std::string_view> find_locale(std::string_view code) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (code.size() < 2 || code.size() > 3 || !std::all_of(code.begin(), code.end(), is_letter))
    return std::nullopt;
  for (const auto& [member, as] : kMembers)
    if (code == member) return as;
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(std::string(code), status);
  locale.canonicalize(status);
  const std::string_view name = locale.getISO3Language();  // of ICU's own table; "" for no language's
  if (U_FAILURE(status) || name.empty()) return std::nullopt;
  return name;
}

}  // namespace nunmul
