// SPDX-License-Identifier: GPL-2.0-or-later
// Names that nunmul gives are told from all others.
#include "index/part_name.h"

#include <doctest/doctest.h>

TEST_SUITE_BEGIN("index/part_name");

namespace nunmul {

TEST_CASE("a new name is one of its kind only") {
  for (const Part part : {Part::Generation, Part::Segment}) CHECK(is_part_name(new_part_name(part), part));
  CHECK_FALSE(is_part_name(new_part_name(Part::Generation), Part::Segment));
}

TEST_CASE("names that look near are somebody else's") {
  for (const char* name :
       {"", "s", "segment", "s20260722", "s20260722T091503123456", "s20260722T091503123456-0f3a9c2",
        "s20260722T091503123456-0f3a9c211", "s20260722T091503123456-0f3a9c2g",
        "s2026072xT091503123456-0f3a9c21", "s20260722T09150312345x-0f3a9c21",
        "S20260722T091503123456-0f3a9c21", "s20260722T091503123456-0f3a9c21.old", "s20260722T0915-0f3a9c21",
        "s20260722-0f3a9c21", "s20260722T-0f3a9c21"}) {
    CAPTURE(name);
    CHECK_FALSE(is_part_name(name, Part::Segment));
  }
}

TEST_CASE("a write that was cut off is told by the name that it was to get") {
  for (const char* name :
       {"CURRENT.new-12-0", "inputs.json.new-1-22", "g20260722T091503123456-0f3a9c21.json.new-3-4"}) {
    CAPTURE(name);
    CHECK(is_cut_off_write(name));
  }
  for (const char* name :
       {"CURRENT", "CURRENT.new-", "CURRENT.new-12", "CURRENT.new-mine", "notes.txt.new-12-0",
        "CURRENT.new-12-0.old", "mine.json.new-3-4", "CURRENT.new--1"}) {
    CAPTURE(name);
    CHECK_FALSE(is_cut_off_write(name));
  }
}

}  // namespace nunmul
