// SPDX-License-Identifier: GPL-2.0-or-later
// Properties: without a dictionary there is no reader; with one, text is read in hiragana, from many
// threads alike. The second part runs only where a dictionary is installed.
#include "text/kana_reader.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "support/temp_dir.h"

using namespace nunmul;

TEST_SUITE_BEGIN("text/kana_reader");

TEST_CASE("without a dictionary there is no reader") {
  const TempDir folder;
  CHECK(KanaReader::open(folder.path()) == nullptr);
  CHECK(KanaReader::open("/nowhere") == nullptr);
}

TEST_CASE("text is read in hiragana") {
  const std::unique_ptr<KanaReader> reader = KanaReader::open("/var/lib/mecab/dic/ipadic-utf8");
  if (!reader) return;
  CHECK(reader->read("涙") == "なみだ");
  CHECK(reader->read("涙の歌") == "なみだのうた");
  CHECK(reader->read("ソング") == "そんぐ");
  CHECK(reader->read("").empty());
  CHECK(reader->entries() > 1000);
  CHECK_FALSE(reader->version().empty());
}

TEST_CASE("threads read alike") {
  const std::unique_ptr<KanaReader> reader = KanaReader::open("/var/lib/mecab/dic/ipadic-utf8");
  if (!reader) return;
  std::vector<int> wrong(4);
  {
    std::vector<std::jthread> threads;
    for (int& count : wrong) {
      threads.emplace_back([&] {
        for (int i = 0; i < 200; ++i) count += reader->read("少女時代の涙") != "しょうじょじだいのなみだ";
      });
    }
  }
  CHECK(wrong == std::vector<int>(4));
}

TEST_SUITE_END();
