// SPDX-License-Identifier: GPL-2.0-or-later
// The languages that settings and searches may name, by their ISO 639-1 or ISO 639-3 code, as ICU knows them.
#pragma once

#include <optional>
#include <string_view>

namespace nunmul {

// The three-letter code of a language given by either code ("ko" and "kor" → "kor"; Chinese is "zho"
// however it is named), or nothing for a code that is no language's.
std::optional<std::string_view> find_locale(std::string_view code);

}  // namespace nunmul
