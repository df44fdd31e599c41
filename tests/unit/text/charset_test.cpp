// SPDX-License-Identifier: GPL-2.0-or-later
// Encodings are told by what they make of the bytes, or not at all: no text is read in one that is not
// clearly the best.
#include "text/charset.h"

#include <doctest/doctest.h>
#include <iconv.h>

#include "base/error.h"

TEST_SUITE_BEGIN("text/charset");

namespace nunmul {
namespace {

// By the C library, which has tables of its own.
std::string encoded(std::string text, const char* charset) {
  iconv_t converter = iconv_open(charset, "UTF-8");
  std::string bytes(4 * text.size() + 4, '\0');
  char* in = text.data();
  char* out = bytes.data();
  std::size_t in_left = text.size(), out_left = bytes.size();
  iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  CHECK(in_left == 0);
  bytes.resize(bytes.size() - out_left);
  return bytes;
}

const std::string kKorean[] = {
    "제목,가수\n겨울 편지,한소라\n",
    "비 오는 날에 듣는 노래 열 곡을 골랐다. 첫 번째는 우산 속에서 듣기 좋은 발라드다.\n",
    "title,artist,kind\nRainy Letter,윤하,song\nUmbrella,에픽하이,song\n",
    "똠방각하와 펲시맨, 햏자들의 노래 ㅋㅋㅋ\n우리는 그 밤을 잊지 못했다\n",
    "드라마\n",
    "愛(애)의 노래: 家族과 友情을 그린 映畵\n",
};
const std::string kJapanese[] = {
    "曲名,歌手\n雨の手紙,小川ゆり\n",
    "雨の日に聴きたいバラードを十曲選びました。一曲目は傘の中で聴くのがいい歌です。\n",
    "title,artist,kind\nRainy Letter,ユンナ,song\n",
    "てがみ\n",
    "①灯台の約束 ～海辺の町～\n②ﾊﾞﾗｰﾄﾞ名曲集\n主人公は東京を離れ、故郷で暮らし始める。\n",
    "東京物語\n君の名は\n",
};

TEST_CASE("Korean and Japanese files are known by their encoding") {
  for (const std::string& text : kKorean) {
    CAPTURE(text);
    const std::string bytes = encoded(text, "CP949");
    CHECK(guess_charset(bytes).charset == "CP949");
    CHECK(from_charset(bytes, "CP949") == text);
  }
  for (const std::string& text : kJapanese) {
    CAPTURE(text);
    for (const auto& [name, charset] :
         {std::pair<std::string, const char*>{"CP932", "CP932"}, {"EUC-JP", "EUC-JP-MS"}}) {
      CAPTURE(name);
      const std::string bytes = encoded(text, charset);
      CHECK(guess_charset(bytes).charset == name);
    }
    CHECK(from_charset(encoded(text, "CP932"), "CP932") == text);
  }
}

TEST_CASE("a long text without a newline is known, wherever its sample ends") {
  for (const char* begin : {"", "a"}) {
    std::string line = begin;
    while (line.size() < 600'000) line += "비 오는 날에 듣기 좋은 노래를 모았습니다. ";
    CHECK(guess_charset(encoded(line, "CP949")).charset == "CP949");
  }
}

TEST_CASE("UTF-16 is known with a mark and without") {
  for (const auto& texts : {kKorean, kJapanese})
    for (std::size_t i = 0; i < 6; ++i) {
      CAPTURE(texts[i]);
      for (const std::string charset : {"UTF-16LE", "UTF-16BE"}) {
        const std::string bytes = encoded(texts[i], charset.c_str());
        CHECK(guess_charset(bytes).charset == charset);
        CHECK(from_charset(bytes, charset) == texts[i]);
        const std::string marked = encoded("\xEF\xBB\xBF" + texts[i], charset.c_str());
        CHECK(guess_charset(marked).charset == charset);
        CHECK(from_charset(marked, charset) == texts[i]);
      }
    }
  CHECK(guess_charset(encoded("Title\nPlain English\n", "UTF-16LE")).charset == "UTF-16LE");
}

TEST_CASE("what is none of them stays undecided") {
  CHECK(guess_charset("caf\xE9 cr\xE8me br\xFBl\xE9"
                      "e\n")
            .charset.empty());
  CHECK(guess_charset("plain").charset.empty());
  CHECK(guess_charset("").charset.empty());
  CHECK(guess_charset("윤하의 비 오는 날의 노래 \xFF 한 곡\n").charset.empty());
  CHECK(guess_charset(std::string_view("abc\n\0def\0\x01\x02", 11)).charset.empty());
  CHECK(guess_charset(encoded("東京\n", "CP932")).charset.empty());
  CHECK_FALSE(guess_charset(encoded("東京\n", "CP932")).candidates.empty());
}

TEST_CASE("any encoding that ICU knows can be asked for by name") {
  CHECK(is_charset("windows-1252"));
  CHECK(from_charset("caf\xE9", "windows-1252") == "café");
  CHECK(from_charset("\xB0", "CP949") == std::nullopt);
  CHECK_FALSE(is_charset("nonsense"));
  CHECK_THROWS_AS(from_charset("x", "nonsense"), Error);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
