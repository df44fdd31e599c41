// SPDX-License-Identifier: GPL-2.0-or-later
// A small folder of language resources for tests, with an entry of each kind.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/files.h"
#include "support/temp_dir.h"
#include "text/language_resources.h"

namespace nunmul {

struct SampleFile {
  std::string name;
  std::string bytes;
};

inline const std::vector<SampleFile>& sample_files() {
  static const std::vector<SampleFile> files = {
      {"particles-ko.txt", "# after nouns\n은 는 이 가 을 를\n의 에 에는 에서 와 과 도 로 으로 라\n"},
      {"endings-ko.txt", "했지만 하다 습니다\n"},
      {"stopwords.txt", "the\nof\ndoing\n것\nどこ\n"},
      {"request-words.txt", "recommendations\nおすすめ\n"},
      {"errand-words.txt", "# of every day\ntimetable\nopening hours\n예약\n時刻表\n"},
      {"kyujitai.tsv", "國\t国\n戀\t恋\n"},
      {"hanja.tsv",
       "# character, readings\n少\t소\n女\t녀 여\n時\t시\n代\t대\n金\t금 김\n在\t재\n中\t중\n林\t임 림\n"},
      {"names.json", R"json([
        {"id":"girls-generation","kind":"artist","names":["Girls' Generation","소녀시대","少女時代","SNSD"]},
        {"id":"younha","kind":"artist","names":["YOUNHA","윤하","ユンナ"]},
        {"id":"f-x","kind":"artist","names":["f(x)","에프엑스"]},
        {"id":"lee-so-ra","kind":"artist","names":["이소라","Lee So-ra"]},
        {"id":"roy-kim","kind":"artist","names":["Roy Kim","ロイ・キム"]},
        {"id":"arashi","kind":"artist","names":["嵐","Arashi"]},
        {"id":"rain","kind":"artist","names":["Rain","비"],"ambiguous":["Rain","비"]},
        {"id":"monster-film","kind":"film","names":["괴물","The Host"],"ambiguous":["괴물"]},
        {"id":"monster-song","kind":"song","names":["괴물","Monster"],"ambiguous":["괴물","Monster"]}
      ])json"},
      {"concepts.json", R"json([
        {"id":"breakup","en":["breakup","break up"],"ko":["이별","헤어지다"],"ko_rom":["ibyeol"],
         "ja":["別れ","別れる"],"ja_kana":["わかれ"],"ja_rom":["wakare"]},
        {"id":"heartbreak","en":["broken heart"],"ko":["실연"],"ja":["失恋"],"ja_kana":["しつれん"]},
        {"id":"love","en":["love"],"ko":["사랑"],"ja":["恋","愛"],"ja_rom":["koi"]},
        {"id":"crying","en":["crying"],"ko":["울다"],"ja":["泣く"]},
        {"id":"snow","en":["snow"],"ko":["눈"],"ambiguous":["눈"]},
        {"id":"memory","ko":["추억의 노래"]},
        {"id":"song","en":["song"],"ko":["노래"],"ja":["歌","ソング"]}
      ])json"},
      {"labels.json", R"json([
        {"field":"kind","value":"song","ko":"노래","ja":"曲"},
        {"field":"themes","value":"breakup","ko":"작별"}
      ])json"},
  };
  return files;
}

inline std::shared_ptr<const LanguageResources> resources_of(const std::vector<SampleFile>& files) {
  const TempDir folder;
  for (const SampleFile& file : files) write_file_atomically(folder / file.name, file.bytes);
  ResourcePlaces places;
  places.folder = folder.path();
  places.korean_word_list = folder / "ko.dic";
  return LanguageResources::load(places);
}

inline std::shared_ptr<const LanguageResources> sample_resources() { return resources_of(sample_files()); }

}  // namespace nunmul
