// SPDX-License-Identifier: GPL-2.0-or-later
// The names and keywords of symbols that Unicode's CLDR has in many languages, an XML file each:
//   <annotation cp="🎻">violin | music</annotation>
// Words that name the same symbols in two languages mean the same.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nunmul {

// The keywords of each symbol, as they stand there. What it passes is gone when `take` returns.
void read_annotations(
    std::string_view xml,
    const std::function<void(std::string_view symbol, const std::vector<std::string>& keywords)>& take);

// Pairs of a keyword of the one file and its counterpart in the other: those that share most of their
// symbols, and more than one of them.
std::vector<std::pair<std::string, std::string>> paired_keywords(std::string_view from_xml,
                                                                 std::string_view to_xml);

}  // namespace nunmul
