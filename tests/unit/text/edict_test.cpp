// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: common entries are read, others and broken lines passed over; what stands in brackets goes.
#include "text/edict.h"

#include <doctest/doctest.h>

#include "support/sample_dictionaries.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/edict");

namespace {

std::vector<std::string> entries_of(std::string_view bytes) {
  std::vector<std::string> entries;
  read_edict(bytes, [&](const EdictEntry& entry) {
    std::string line(entry.headword);
    for (const std::string_view gloss : entry.glosses) line.append("/").append(gloss);
    entries.push_back(line);
  });
  return entries;
}

}  // namespace

TEST_CASE("common entries are read from EUC-JP with their glosses") {
  CHECK(entries_of(sample_edict()) ==
        std::vector<std::string>{"灯台/lighthouse", "測る/to measure/to gauge/a yardstick/size up/survey",
                                 "時代/era/age", "ランプ/lamp", "國民/nation", "首相/Prime Minister"});
}

TEST_CASE("text that is no dictionary has no entries") {
  for (const std::string_view bytes :
       {"", "\n\n", "/(P)/", "word /(P)/", "\xff\xfe/(P)/\n", "((((/(P)/\n", "a /b(((/(P)/"}) {
    CAPTURE(bytes);
    CHECK(entries_of(bytes).size() <= 1);
  }
}
