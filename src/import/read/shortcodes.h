// SPDX-License-Identifier: GPL-2.0-or-later
// Codes that site generators, WordPress and note programs write into a text for their own use.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

// Without comments ("<!-- -->", "%% %%"), shortcodes ("{{< >}}", "{{% %}}", "{% %}", "[gallery ids=1]") and
// embedded notes ("![[a]]"); "[[page|shown]]" is what it shows. Lines stay lines.
std::string without_shortcodes(std::string_view text);

}  // namespace nunmul
