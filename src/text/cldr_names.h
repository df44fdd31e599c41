// SPDX-License-Identifier: GPL-2.0-or-later
// The names of countries, languages and cities that Unicode's CLDR has in many languages, an XML file each:
//   <territory type="DE">독일</territory>
//   <zone type="Europe/Berlin"><exemplarCity>베를린</exemplarCity></zone>
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nunmul {

// Pairs of a name in the first file and the English one of the same thing. Files leave out the name of a city
// that its zone says (Europe/Berlin).
std::vector<std::pair<std::string, std::string>> paired_names(std::string_view xml,
                                                              std::string_view english_xml);

}  // namespace nunmul
