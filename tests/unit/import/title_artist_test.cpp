// SPDX-License-Identifier: GPL-2.0-or-later
// A heading is split where the evidence says: separators, glue, captions, the description, known artists.
#include "import/title/title_artist.h"

#include <doctest/doctest.h>

#include "import/words/characters.h"
#include "unit/import/word_lists.h"

TEST_SUITE_BEGIN("import/title_artist");

namespace nunmul {
namespace {

struct Case {
  const char* heading;
  const char* caption;
  const char* description;
  const char* title;
  const char* artist;
};

Split split(const Case& row, const KnownArtists& known = {}) {
  const Evidence evidence(tree_words(), {to_utf32(row.caption)}, {to_utf32(row.description)});
  return split_heading(to_utf32(row.heading), {tree_words(), evidence, known, {}}).front();
}

TEST_CASE("each kind of evidence finds its boundary") {
  for (const Case& row : {
           Case{"SunriseBoA", "", "", "Sunrise", "BoA"},
           {"SOFA(소파)Crush", "", "", "SOFA(소파)", "Crush"},
           {"It was love지코 (ZICO) (Feat. LUNA of f(x))", "", "", "It was love",
            "지코 (ZICO) (Feat. LUNA of f(x))"},
           {"PLAYLucy", "", "A song by LUCY, a band.", "PLAY", "Lucy"},
           {"BETTERkei", "", "Kei's new song is “BETTER.”", "BETTER", "kei"},
           {"rain again,Jang Jae-in(feat. NaShow)", "", "", "rain again", "Jang Jae-in(feat. NaShow)"},
           {"stillnessshōjo jidai", "", "“Stillness” means quiet.", "stillness", "shōjo jidai"},
           {"비밀정원오마이걸", "", "오마이걸의 노래입니다.", "비밀정원", "오마이걸"},
           {"雪の華中島美嘉", "", "中島美嘉さんの代表曲です。", "雪の華", "中島美嘉"},
           {"ひまわりの約束秦基博", "秦 基博 / ひまわりの約束", "", "ひまわりの約束", "秦基博"},
           {"PretenderOfficial髭男dism", "", "Official髭男dismが歌う。", "Pretender", "Official髭男dism"},
           {"LOVEDRUNKEpik High, Crush",
            "EPIK HIGH (에픽하이) – 술이 달다 (LOVEDRUNK) ft. CRUSH [Official MV]", "", "LOVEDRUNK",
            "Epik High, Crush"},
           {"Yesterday(G)I-DLE", "", "(G)I-DLE's quiet song.", "Yesterday", "(G)I-DLE"},
           {"“Spring Day” – BTS", "", "", "Spring Day", "BTS"},
           {"BTS – “Spring Day”", "", "", "Spring Day", "BTS"},
           {"BTS’s “Spring Day”", "", "", "Spring Day", "BTS"},
           {"「Lemon」米津玄師", "", "", "Lemon", "米津玄師"},
           {"米津玄師「Lemon」", "", "", "Lemon", "米津玄師"},
           {"Lonely by 2NE1", "", "", "Lonely", "2NE1"},
           {"糸 / 中島みゆき", "", "中島みゆきさんの名曲。", "糸", "中島みゆき"},
           {"윤하 - 기다리다", "", "윤하의 노래.", "기다리다", "윤하"},
           {"기다리다 - 윤하", "", "윤하의 노래.", "기다리다", "윤하"},
           {"接吻 -kiss-ORIGINAL LOVE", "", "", "接吻 -kiss-", "ORIGINAL LOVE"},
       }) {
    CAPTURE(row.heading);
    const Split best = split(row);
    CHECK(to_utf8(best.title) == row.title);
    CHECK(to_utf8(best.artist) == row.artist);
  }
}

TEST_CASE("a known artist splits what nothing else could") {
  KnownArtists known;
  known.learn(U"윤도현", 4);
  const Split best = split({"사랑했나봐윤도현", "", "", "", ""}, known);
  CHECK(to_utf8(best.artist) == "윤도현");
  CHECK_FALSE(is_doubtful(best));
}

TEST_CASE("a split without evidence is doubtful, one with it is not") {
  CHECK(is_doubtful(split({"사랑했나봐윤도현", "", "", "", ""})));
  CHECK(is_doubtful(split({"Alpha - Omega", "", "", "", ""})));
  CHECK_FALSE(is_doubtful(split({"Alpha - Omega", "", "A ballad by Omega.", "", ""})));
}

TEST_CASE("every heading has a split, whatever it is made of") {
  const Evidence evidence(tree_words(), {}, {});
  for (const char* heading : {"“♥” x", "“” - ", "「♪」", "♥♥♥", "a", "(", "“Rain” ♥", "- / -", "𝄞 “”"}) {
    CAPTURE(heading);
    CHECK_FALSE(split_heading(to_utf32(heading), {tree_words(), evidence, {}, {}}).empty());
  }
}

TEST_CASE("headings that name no artist have no habits to learn") {
  const Evidence evidence(tree_words(), {}, {});
  const auto splits = split_heading(U"“Rain”", {tree_words(), evidence, {}, {}});
  CHECK(splits.front().title == U"Rain");
  CHECK(splits.front().artist.empty());
  const PageHabits habits = find_habits(tree_words(), {splits, splits});
  CHECK(habits.title_first[static_cast<std::size_t>(Parting::Dash)] == 0);
}

TEST_CASE("a page's habit decides the order that one heading leaves open") {
  const KnownArtists none;
  const Evidence by_omega(tree_words(), {}, {U"A ballad by Omega."});
  const Evidence silent(tree_words(), {}, {});
  const std::vector<std::vector<Split>> page{
      split_heading(U"Alpha - Omega", {tree_words(), by_omega, none, {}}),
      split_heading(U"Beta - Psi", {tree_words(), silent, none, {}})};
  const Split best =
      split_heading(U"Beta - Psi", {tree_words(), silent, none, find_habits(tree_words(), page)}).front();
  CHECK(best.title == U"Beta");
  CHECK(best.artist == U"Psi");
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
