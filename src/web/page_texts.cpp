// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/page_texts.h"

#include <array>
#include <cstdlib>

namespace nunmul {
namespace {

constexpr std::array kTexts{
    PageTexts{"en", "Search", "Korean songs, films and dramas by title, name, mood or plot.", "Title, artist, a mood, a plot…", "results", "Nothing found for this.",
              "Try fewer or other words: a name in any script, a mood, what happens.", "Kind", "Artist", "Theme", "Source", "Sort", "Best match", "Newest first", "Oldest first",
              "By title", "All", "Previous", "Next", "Similar moods", "Names", "Back to the search", "Listed in", "Try the API", "This server asks for a key. Give the search box one that may search.",
              "There is nothing to search yet.", "Fill the index “entries” with the command nunmul index.", "Song", "Film", "Drama", "Other"},
    PageTexts{"ko", "검색", "한국 노래, 영화, 드라마를 제목, 이름, 분위기, 줄거리로 찾아보세요.", "제목, 가수, 분위기, 줄거리…", "건", "찾은 결과가 없어요.",
              "단어를 줄이거나 바꿔 보세요. 어느 문자로 쓴 이름이든, 분위기든, 줄거리든 좋아요.", "종류", "가수", "주제", "출처", "정렬", "정확도순", "최신순", "오래된순",
              "제목순", "전체", "이전", "다음", "비슷한 분위기", "이름", "검색으로 돌아가기", "실린 글", "API 써 보기", "이 서버는 키가 필요해요. 검색할 수 있는 키를 검색창에 넣어 주세요.",
              "아직 검색할 내용이 없어요.", "nunmul index 명령으로 “entries” 색인을 채워 주세요.", "노래", "영화", "드라마", "기타"},
    PageTexts{"ja", "検索", "韓国の歌・映画・ドラマを、タイトルや名前、気分、あらすじから探せます。", "タイトル、アーティスト、気分、あらすじ…", "件", "見つかりませんでした。",
              "言葉を減らすか変えてみてください。名前はどの文字でも、気分や出来事でも探せます。", "種類", "アーティスト", "テーマ", "出典", "並べ替え", "一致度順", "新しい順", "古い順",
              "タイトル順", "すべて", "前へ", "次へ", "似た気分の作品", "名前", "検索に戻る", "掲載記事", "APIを試す", "このサーバーにはキーが必要です。検索できるキーを検索ボックスに渡してください。",
              "まだ検索できるものがありません。", "nunmul index コマンドで「entries」に登録してください。", "曲", "映画", "ドラマ", "その他"},
};

}  // namespace

const PageTexts& page_texts(std::string_view accept) {
  const PageTexts* best = &kTexts[0];
  double best_quality = 0;
  while (!accept.empty()) {
    const std::size_t comma = accept.find(',');
    std::string_view item = accept.substr(0, comma);
    accept = comma == std::string_view::npos ? "" : accept.substr(comma + 1);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    const std::size_t quality_at = item.find(";q=");
    const double quality = quality_at == std::string_view::npos ? 1 : std::atof(std::string(item.substr(quality_at + 3)).c_str());
    for (const PageTexts& texts : kTexts) {
      if (item.substr(0, 2) != texts.language || quality <= best_quality) continue;
      best = &texts;
      best_quality = quality;
    }
  }
  return *best;
}

std::string_view kind_text(const PageTexts& texts, std::string_view kind) {
  if (kind == "song") return texts.song;
  if (kind == "film") return texts.film;
  if (kind == "drama") return texts.drama;
  return kind == "other" ? texts.other : kind;
}

}  // namespace nunmul
