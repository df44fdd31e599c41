// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/page_texts.h"

#include <array>
#include <cstdlib>

namespace nunmul {
namespace {

constexpr std::array kTexts{
    PageTexts{
        .language = "en",
        .search = "Search",
        .tagline = "Korean songs, films and dramas by title, name, mood or plot",
        .tagline_of_index = "Search in “{index}”",
        .placeholder = "Title, artist, a mood, a plot…",
        .one_result = "{n} result",
        .results = "{n} results",
        .filters = "Filters",
        .kind = "Kind",
        .artist = "Artist",
        .themes = "Theme",
        .source = "Source",
        .remove = "Remove",
        .more = "More",
        .sort = "Sort",
        .best = "Best match",
        .newest = "Newest first",
        .oldest = "Oldest first",
        .by_title = "By title",
        .pages = "Pages",
        .previous = "Previous",
        .next = "Next",
        .none = "Nothing found.",
        .none_hint = "Try a name in any script, a mood, or part of the plot.",
        .start_here = "Or start from a theme",
        .did_you_mean = "Did you mean {q}?",
        .other_layout = "On the other keyboard layout: {q}",
        .fewer_words = "With fewer words: {q}",
        .without_filters = "Without filters",
        .no_more = "There are no more results.",
        .last_page = "Go to the last page",
        .similar = "Similar moods",
        .names = "Names",
        .latin = "Latin letters",
        .back = "Back to the search",
        .listed_in = "Listed in",
        .song = "Song",
        .film = "Film",
        .drama = "Drama",
        .other = "Other",
        .empty = "There is nothing to search yet.",
        .empty_hint = "This page shows the index “{index}”. Fill it, then reload:",
        .empty_command = "nunmul index{option} --settings index/settings/entries.json index/content",
        .others = "Or open another index:",
        .needs_key = "This search asks for a key.",
        .needs_key_hint = "Paste one that may search. It stays in this tab until you close it.",
        .needs_key_owner = "Is this your server? Start it with --page-key \"Default Search API Key\" to let "
                           "everybody search here.",
        .key = "Search key",
        .use_key = "Use key",
        .needs_script = "Entering a key here needs JavaScript.",
        .not_found = "This page does not exist.",
        .not_found_hint = "It may have been removed, or the address has a typo.",
        .rebuilding = "The search is being rebuilt.",
        .rebuilding_hint = "It will be back soon. Please reload in a moment.",
        .try_api = "Try the API",
        .request = "Request",
        .answer = "Answer",
    },
    PageTexts{
        .language = "ko",
        .search = "검색",
        .tagline = "한국 노래, 영화, 드라마를 제목, 이름, 분위기, 줄거리로 찾아보세요",
        .tagline_of_index = "“{index}”에서 검색",
        .placeholder = "제목, 가수, 분위기, 줄거리…",
        .one_result = "{n}건",
        .results = "{n}건",
        .filters = "필터",
        .kind = "종류",
        .artist = "가수",
        .themes = "주제",
        .source = "출처",
        .remove = "해제",
        .more = "더 보기",
        .sort = "정렬",
        .best = "정확도순",
        .newest = "최신순",
        .oldest = "오래된순",
        .by_title = "제목순",
        .pages = "페이지",
        .previous = "이전",
        .next = "다음",
        .none = "찾은 결과가 없어요.",
        .none_hint = "이름은 어떤 문자로 써도 돼요. 분위기나 줄거리로도 찾아보세요.",
        .start_here = "주제부터 골라 보기",
        .did_you_mean = "혹시 {q}?",
        .other_layout = "자판을 바꿔 치면: {q}",
        .fewer_words = "단어를 줄여 검색: {q}",
        .without_filters = "필터 없이 보기",
        .no_more = "결과가 더 없어요.",
        .last_page = "마지막 페이지로",
        .similar = "비슷한 분위기",
        .names = "이름",
        .latin = "로마자",
        .back = "검색으로 돌아가기",
        .listed_in = "실린 글",
        .song = "노래",
        .film = "영화",
        .drama = "드라마",
        .other = "기타",
        .empty = "아직 검색할 내용이 없어요.",
        .empty_hint = "이 페이지는 “{index}” 색인을 보여 줘요. 색인을 채우고 새로 고쳐 주세요.",
        .empty_command = "nunmul index{option} --settings index/settings/entries.json index/content",
        .others = "다른 색인 보기:",
        .needs_key = "이 검색에는 키가 필요해요.",
        .needs_key_hint = "검색할 수 있는 키를 붙여 넣어 주세요. 키는 이 탭에만 남고, 탭을 닫으면 지워져요.",
        .needs_key_owner = "서버를 운영하고 있나요? --page-key \"Default Search API Key\"로 시작하면 누구나 "
                           "여기서 검색할 수 있어요.",
        .key = "검색 키",
        .use_key = "키 사용",
        .needs_script = "여기에 키를 넣으려면 JavaScript가 필요해요.",
        .not_found = "페이지가 없어요.",
        .not_found_hint = "지워졌거나 주소가 잘못되었을 수 있어요.",
        .rebuilding = "검색을 다시 준비하고 있어요.",
        .rebuilding_hint = "곧 다시 쓸 수 있어요. 잠시 뒤 새로고침해 주세요.",
        .try_api = "API 써 보기",
        .request = "요청",
        .answer = "응답",
    },
    PageTexts{
        .language = "ja",
        .search = "検索",
        .tagline = "韓国の歌・映画・ドラマを、名前や気分、あらすじから探せます",
        .tagline_of_index = "「{index}」を検索",
        .placeholder = "タイトル、アーティスト、気分、あらすじ…",
        .one_result = "{n}件",
        .results = "{n}件",
        .filters = "絞り込み",
        .kind = "種類",
        .artist = "アーティスト",
        .themes = "テーマ",
        .source = "出典",
        .remove = "解除",
        .more = "もっと見る",
        .sort = "並べ替え",
        .best = "一致度順",
        .newest = "新しい順",
        .oldest = "古い順",
        .by_title = "タイトル順",
        .pages = "ページ",
        .previous = "前へ",
        .next = "次へ",
        .none = "見つかりませんでした。",
        .none_hint = "名前はどの文字でも、気分や出来事でも探せます。",
        .start_here = "テーマから探す",
        .did_you_mean = "もしかして：{q}",
        .other_layout = "キー配列を替えると：{q}",
        .fewer_words = "言葉を減らして検索：{q}",
        .without_filters = "絞り込まずに見る",
        .no_more = "これ以上の結果はありません。",
        .last_page = "最後のページへ",
        .similar = "似た気分の作品",
        .names = "名前",
        .latin = "ローマ字",
        .back = "検索に戻る",
        .listed_in = "掲載記事",
        .song = "曲",
        .film = "映画",
        .drama = "ドラマ",
        .other = "その他",
        .empty = "まだ検索できるものがありません。",
        .empty_hint = "このページはインデックス「{index}」を表示します。登録してから再読み込みしてください。",
        .empty_command = "nunmul index{option} --settings index/settings/entries.json index/content",
        .others = "ほかのインデックスを見る：",
        .needs_key = "この検索にはキーが必要です。",
        .needs_key_hint = "検索できるキーを貼り付けてください。キーはこのタブだけに残り、閉じると消えます。",
        .needs_key_owner = "サーバーの管理者の方へ：--page-key \"Default Search API Key\" "
                           "を付けて起動すると、誰でもここで検索できます。",
        .key = "検索キー",
        .use_key = "キーを使う",
        .needs_script = "キーの入力には JavaScript が必要です。",
        .not_found = "ページが見つかりません。",
        .not_found_hint = "削除されたか、アドレスが間違っている可能性があります。",
        .rebuilding = "検索を準備し直しています。",
        .rebuilding_hint = "まもなく使えるようになります。しばらくしてから再読み込みしてください。",
        .try_api = "APIを試す",
        .request = "リクエスト",
        .answer = "レスポンス",
    },
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
    const double quality = quality_at == std::string_view::npos
                               ? 1
                               : std::atof(std::string(item.substr(quality_at + 3)).c_str());
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

std::string count_text(const PageTexts& texts, std::uint64_t count) {
  std::string text(count == 1 ? texts.one_result : texts.results);
  return text.replace(text.find("{n}"), 3, std::to_string(count));
}

}  // namespace nunmul
