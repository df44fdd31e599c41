// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/kanji_forms.h"

#include <doctest/doctest.h>

using namespace nunmul;

TEST_SUITE_BEGIN("text/kanji_forms");

TEST_CASE("old forms become new ones and nothing else changes") {
  KanjiForms forms;
  CHECK(forms.modern(U'國') == U'國');
  forms.add(U'國', U'国');
  forms.add(U'圀', U'国');
  CHECK(forms.modern(U'國') == U'国');
  CHECK(forms.modern(U'国') == U'国');
  CHECK(forms.modern(U'a') == U'a');
  CHECK(forms.modern(0x10FFFF) == 0x10FFFF);
  CHECK(forms.size() == 2);
}

TEST_CASE("what is no Han character of the basic plane is passed over") {
  KanjiForms forms;
  forms.add(U'a', U'b');
  forms.add(U'国', U'国');
  CHECK(forms.empty());
}

TEST_SUITE_END();
