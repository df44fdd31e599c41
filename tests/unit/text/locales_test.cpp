// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: every language with a code of two letters is known by it and by the one of three; Chinese is
// one language however it is named; nothing else is a code.
#include "text/locales.h"

#include <doctest/doctest.h>

#include <sstream>
#include <string>

using namespace nunmul;

TEST_SUITE_BEGIN("text/locales");

TEST_CASE("every code of ISO 639-1 is one, and so is its code of ISO 639-3") {
  std::istringstream codes(
      "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz "
      "ee "
      "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik "
      "io "
      "is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml "
      "mn "
      "mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd "
      "se "
      "sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve "
      "vi "
      "vo wa wo xh yi yo za zh zu");
  for (std::string code; codes >> code;) {
    CAPTURE(code);
    const auto language = find_locale(code);
    REQUIRE(language);
    CHECK(find_locale(*language) == language);
  }
}

TEST_CASE("languages are named by their code of three letters") {
  CHECK(find_locale("ko") == "kor");
  CHECK(find_locale("kor") == "kor");
  CHECK(find_locale("ja") == "jpn");
  CHECK(find_locale("en") == "eng");
  CHECK(find_locale("deu") == "deu");
  CHECK(find_locale("nb") == "nob");
}

TEST_CASE("a single language of a group is the group's") {
  for (const char* code : {"zh", "zho", "cmn", "yue", "wuu", "nan", "hak", "lzh"})
    CHECK(find_locale(code) == "zho");
  CHECK(find_locale("pes") == "fas");
  CHECK(find_locale("arb") == "ara");
  CHECK(find_locale("okm") == "kor");
}

TEST_CASE("what is no code is none") {
  for (const char* code : {"", "k", "xx", "korean", "KO", "ekk_", "rje", "k-r", "한"})
    CHECK_FALSE(find_locale(code));
}

TEST_SUITE_END();
