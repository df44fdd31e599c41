// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/phrases.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>

namespace nunmul {
namespace {

using Table = std::span<const std::string_view>;

bool is_ascii_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Latin phrases match whole words; others anywhere.
bool contains(std::string_view text, std::string_view phrase) {
  for (std::size_t at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    const bool begins = at == 0 || !is_ascii_word(phrase.front()) || !is_ascii_word(text[at - 1]);
    const std::size_t end = at + phrase.size();
    const bool ends = end == text.size() || !is_ascii_word(phrase.back()) || !is_ascii_word(text[end]);
    if (begins && ends) return true;
  }
  return false;
}

bool contains_any(std::string_view text, Table table) {
  return std::any_of(table.begin(), table.end(), [&](auto phrase) { return contains(text, phrase); });
}

bool starts_with_word(std::string_view text, std::string_view phrase) {
  if (!text.starts_with(phrase)) return false;
  return text.size() == phrase.size() || !is_ascii_word(phrase.back()) || !is_ascii_word(text[phrase.size()]);
}

bool starts_any(std::string_view text, Table table) {
  return std::any_of(table.begin(), table.end(), [&](auto phrase) { return starts_with_word(text, phrase); });
}

bool ends_any(std::string_view text, Table table) {
  return std::any_of(table.begin(), table.end(), [&](auto phrase) {
    if (!text.ends_with(phrase)) return false;
    const std::size_t before = text.size() - phrase.size();
    return before == 0 || !is_ascii_word(phrase.front()) || !is_ascii_word(text[before - 1]);
  });
}

// A heading may stand in ornaments: "## FAQ", "【まとめ】", "■ 마무리", "Conclusion:".
std::string_view stripped(std::string_view text) {
  constexpr std::string_view kOrnaments[] = {" ",  "#", "*", "■", "◆", "▼", "▶", "●", "【", "】", "[",
                                             "]",  "<", ">", "(", ")", "-", "_", "=", ":",  "!",  "「",
                                             "」", "※", "☆", "★", "♪", "📌", "✅", "💬", "~",  "…",  "."};
  for (bool moved = true; moved && !text.empty();) {
    moved = false;
    for (const auto ornament : kOrnaments) {
      if (text.starts_with(ornament)) text.remove_prefix(ornament.size()), moved = true;
      if (text.ends_with(ornament)) text.remove_suffix(ornament.size()), moved = true;
    }
  }
  return text;
}

constexpr std::string_view kCaptionAnywhere[] = {"[mv]",
                                                 "[m/v]",
                                                 "【mv】",
                                                 "(mv)",
                                                 "official mv",
                                                 "official m/v",
                                                 "official video",
                                                 "official music video",
                                                 "music video",
                                                 "official audio",
                                                 "lyric video",
                                                 "lyrics video",
                                                 "official lyric",
                                                 "official visualizer",
                                                 "official trailer",
                                                 "official teaser",
                                                 "main trailer",
                                                 "teaser trailer",
                                                 "trailer",
                                                 "special clip",
                                                 "live clip",
                                                 "performance video",
                                                 "dance practice",
                                                 "- youtube",
                                                 "| youtube",
                                                 "youtube video",
                                                 "provided to youtube",
                                                 "| netflix",
                                                 "- netflix",
                                                 "netflix official site",
                                                 "- wikipedia",
                                                 "wikipedia",
                                                 "- imdb",
                                                 "imdb",
                                                 "asianwiki",
                                                 "mydramalist",
                                                 "- namuwiki",
                                                 "나무위키",
                                                 "위키백과",
                                                 "prime video",
                                                 "rotten tomatoes",
                                                 "| disney+",
                                                 "disney plus",
                                                 "| viki",
                                                 "rakuten viki",
                                                 "| hulu",
                                                 "| wavve",
                                                 "| tving",
                                                 "on spotify",
                                                 "- spotify",
                                                 "| spotify",
                                                 "on apple music",
                                                 "apple music",
                                                 "- soundcloud",
                                                 "genius lyrics",
                                                 "letterboxd",
                                                 "english subtitles",
                                                 "eng sub",
                                                 "full movie",
                                                 "full episode",
                                                 "공식 예고편",
                                                 "메인 예고편",
                                                 "티저 예고편",
                                                 "예고편",
                                                 "뮤직비디오",
                                                 "뮤직 비디오",
                                                 "라이브 클립",
                                                 "스페셜 클립",
                                                 "티저 영상",
                                                 "공식 뮤직",
                                                 "予告編",
                                                 "本予告",
                                                 "特報",
                                                 "ミュージックビデオ",
                                                 "music clip",
                                                 "公式mv",
                                                 "公式ビデオ",
                                                 "公式pv",
                                                 "リリックビデオ",
                                                 "テレビcm",
                                                 "ウィキペディア",
                                                 "filmarks",
                                                 "映画.com",
                                                 "first take",
                                                 "歌詞付き",
                                                 "スチール写真",
                                                 "스틸컷",
                                                 "스틸 이미지",
                                                 "포스터",
                                                 "ポスター",
                                                 "사진 제공",
                                                 "사진제공",
                                                 "picture credit",
                                                 "image credit",
                                                 "photo credit",
                                                 "image source",
                                                 "photo source",
                                                 "getty images",
                                                 "via getty",
                                                 "(image via",
                                                 "image via",
                                                 "photo via",
                                                 "via instagram",
                                                 "(source:",
                                                 "(credit:",
                                                 "(photo:",
                                                 "screenshot",
                                                 "screengrab",
                                                 "photo courtesy",
                                                 "courtesy of",
                                                 "출처:",
                                                 "출처 :",
                                                 "사진=",
                                                 "사진 =",
                                                 "사진:",
                                                 "이미지:",
                                                 "画像出典",
                                                 "出典:",
                                                 "出典：",
                                                 "引用元",
                                                 "引用:",
                                                 "画像:",
                                                 "写真:",
                                                 "写真提供",
                                                 "ⓒ",
                                                 "©",
                                                 "(c)20",
                                                 "&copy;",
                                                 "this video is unavailable",
                                                 "この動画を youtube",
                                                 "この動画をyoutube",
                                                 "youtubeで見る",
                                                 "youtubeで視聴",
                                                 "유튜브에서 보기",
                                                 "watch on youtube",
                                                 "watch video",
                                                 "원곡 듣기",
                                                 "photo by",
                                                 "still from"};
constexpr std::string_view kCaptionStart[] = {
    "watch",      "image:",     "image :",  "photo:",     "photo :",    "photo by",  "picture:", "video:",
    "credit:",    "credits:",   "source:",  "poster:",    "via ",       "listen:",   "pic:",     "[audio]",
    "[teaser]",   "[live]",     "[lyrics]", "[playlist]", "[special",   "[official", "[ost]",    "[가사",
    "[뮤비",      "영상:",      "동영상:",  "영상 출처",  "음원:",      "動画:",     "映像:",    "【公式】",
    "【official", "【mv",       "【pv",     "[pv]",       "[official]", "stream:",   "trailer:", "예고편:",
    "youtube:",   "instagram:", "spotify:", "embed:"};
constexpr std::string_view kCaptionEnd[] = {"mv",
                                            "m/v",
                                            "pv",
                                            "- youtube",
                                            "official",
                                            "(official)",
                                            "(audio)",
                                            "[audio]",
                                            "(lyrics)",
                                            "[official]",
                                            "teaser",
                                            "trailer",
                                            "poster",
                                            ".jpg",
                                            ".jpeg",
                                            ".png",
                                            ".webp",
                                            ".gif",
                                            "音楽ビデオ",
                                            "公式",
                                            "뮤비",
                                            "가사",
                                            "color coded lyrics",
                                            "[mv]",
                                            "(mv)",
                                            "live ver.",
                                            "movie poster",
                                            "drama poster",
                                            "movie still"};

constexpr std::string_view kNoiseStart[] = {"advertisement",
                                            "advertising",
                                            "sponsored",
                                            "ads by",
                                            "ad ",
                                            "share this",
                                            "share on",
                                            "share:",
                                            "tweet",
                                            "pin it",
                                            "save for later",
                                            "read more",
                                            "read also",
                                            "also read",
                                            "also see",
                                            "see also",
                                            "related:",
                                            "related article",
                                            "more:",
                                            "more from",
                                            "continue reading",
                                            "keep reading",
                                            "click here",
                                            "subscribe",
                                            "sign up",
                                            "follow us",
                                            "join our",
                                            "join us",
                                            "log in",
                                            "newsletter",
                                            "scroll",
                                            "skip to",
                                            "home >",
                                            "home »",
                                            "home /",
                                            "home |",
                                            "you may also",
                                            "you might also",
                                            "must read",
                                            "recommended:",
                                            "listen on",
                                            "stream on",
                                            "stream now",
                                            "buy on",
                                            "available on",
                                            "where to watch",
                                            "next page",
                                            "previous page",
                                            "page 1",
                                            "load more",
                                            "show more",
                                            "leave a comment",
                                            "leave a reply",
                                            "post a comment",
                                            "comments",
                                            "no comments",
                                            "0 comments",
                                            "tags:",
                                            "tag:",
                                            "tagged",
                                            "category:",
                                            "categories:",
                                            "filed under",
                                            "posted in",
                                            "copyright",
                                            "all rights",
                                            "cookie",
                                            "this post contains",
                                            "this article contains affiliate",
                                            "disclosure",
                                            "disclaimer",
                                            "print",
                                            "copy link",
                                            "back to top",
                                            "to top",
                                            "スポンサーリンク",
                                            "スポンサードリンク",
                                            "スポンサー",
                                            "広告",
                                            "pr:",
                                            "pr記事",
                                            "pr ",
                                            "関連記事",
                                            "関連:",
                                            "関連リンク",
                                            "あわせて読みたい",
                                            "合わせて読みたい",
                                            "こちらもおすすめ",
                                            "こちらの記事",
                                            "おすすめ記事",
                                            "人気記事",
                                            "続きを読む",
                                            "もっと見る",
                                            "歌詞を見る",
                                            "歌詞はこちら",
                                            "amazon",
                                            "楽天",
                                            "yahoo!ショッピング",
                                            "シェアする",
                                            "シェア",
                                            "ツイート",
                                            "フォローする",
                                            "いいね",
                                            "ブックマーク",
                                            "はてブ",
                                            "トップへ",
                                            "ページトップ",
                                            "次のページ",
                                            "前のページ",
                                            "記事を読む",
                                            "詳しくはこちら",
                                            "詳細を見る",
                                            "youtubeで",
                                            "配信サービス",
                                            "視聴はこちら",
                                            "今すぐ観る",
                                            "今すぐ見る",
                                            "無料で観る",
                                            "無料トライアル",
                                            "目次へ",
                                            "カテゴリー",
                                            "カテゴリ",
                                            "タグ",
                                            "ホーム >",
                                            "ホーム»",
                                            "トップ >",
                                            "ログイン",
                                            "会員登録",
                                            "광고",
                                            "스폰서",
                                            "sponsor",
                                            "관련 기사",
                                            "관련기사",
                                            "관련 글",
                                            "관련글",
                                            "관련:",
                                            "함께 보면",
                                            "함께 읽",
                                            "같이 보면",
                                            "추천 글",
                                            "추천글",
                                            "추천 기사",
                                            "더 보기",
                                            "더보기",
                                            "더 읽",
                                            "계속 읽기",
                                            "공유하기",
                                            "공유",
                                            "구독",
                                            "좋아요",
                                            "댓글",
                                            "이전 글",
                                            "다음 글",
                                            "이전글",
                                            "다음글",
                                            "목록",
                                            "홈 >",
                                            "홈 »",
                                            "바로가기",
                                            "자세히 보기",
                                            "가사 보기",
                                            "이 포스팅은",
                                            "쿠팡",
                                            "페이스북",
                                            "카카오톡",
                                            "트위터",
                                            "인스타그램",
                                            "url 복사",
                                            "본문 바로가기",
                                            "태그",
                                            "카테고리",
                                            "저작권"};
constexpr std::string_view kNoiseSentence[] = {"follow us",
                                               "subscribe to",
                                               "sign up",
                                               "click here",
                                               "join our",
                                               "this post contains",
                                               "this article contains",
                                               "this post may contain",
                                               "read also:",
                                               "also read:",
                                               "read more:",
                                               "see also:",
                                               "related:",
                                               "you may also like",
                                               "disclosure:",
                                               "disclaimer:",
                                               "watch the video",
                                               "listen to the song here",
                                               "advertisement",
                                               "スポンサー",
                                               "本記事には",
                                               "この記事には広告",
                                               "本ページには",
                                               "あわせて読みたい",
                                               "合わせて読みたい",
                                               "こちらの記事も",
                                               "関連記事",
                                               "関連:",
                                               "この動画を",
                                               "관련 기사",
                                               "관련 글",
                                               "함께 보면",
                                               "이 포스팅은",
                                               "이 글은 제휴",
                                               "구독과",
                                               "무단 전재",
                                               "저작권"};
constexpr std::string_view kRelated[] = {
    "read also",        "also read",      "see also",          "related article",
    "related stor",     "related post",   "you may also like", "you might also like",
    "read next",        "함께 보면 좋은", "함께 읽으면",       "함께 읽어",
    "같이 보면 좋은",   "같이 읽으면",    "관련 기사",         "관련기사",
    "관련 글",          "추천 기사",      "関連記事",          "あわせて読みたい",
    "合わせて読みたい", "あわせて読む",   "こちらもおすすめ",  "こちらの記事も"};
constexpr std::string_view kNoiseWhole[] = {"pr",         "ad",        "ads",      "advertisement",
                                            "menu",       "メニュー",  "메뉴",     "search",
                                            "検索",       "검색",      "home",     "ホーム",
                                            "홈",         "share",     "print",    "close",
                                            "閉じる",     "닫기",      "hide",     "[hide]",
                                            "表示",       "非表示",    "開く",     "open",
                                            "▼",          "▽",         "...",      "…",
                                            "***",        "---",       "* * *",    "facebook",
                                            "twitter",    "x",         "line",     "pocket",
                                            "email",      "pinterest", "whatsapp", "reddit",
                                            "next",       "prev",      "previous", "スポンサーリンク",
                                            "adsbygoogle"};

constexpr std::string_view kBylineStart[] = {
    "by ",      "written by", "words by",     "words:",        "text by",   "text:",     "author:",
    "author :", "edited by",  "editor:",      "reviewed by",   "posted by", "published", "posted on",
    "posted:",  "updated",    "last updated", "last modified", "date:",     "reporter",  "photo:",
    "글 ",      "글:",        "글=",          "글/",           "글·",       "글쓴이",    "작성자",
    "작성일",   "작성:",      "등록일",       "등록:",         "입력 ",     "입력:",     "수정 ",
    "수정:",    "수정일",     "승인",         "발행",          "기자 ",     "에디터",    "editor ",
    "취재",     "사진·글",    "글·사진",      "최종 업데이트", "업데이트",  "文:",       "文 ",
    "文/",      "文・",       "執筆",         "執筆者",        "ライター",  "著者",      "筆者:",
    "編集",     "監修",       "公開日",       "更新日",        "投稿日",    "投稿者",    "最終更新",
    "公開:",    "更新:",      "記事:",        "取材",          "構成:",     "構成/",     "text/",
    "作成:",    "作成日"};
constexpr std::string_view kBylineAnywhere[] = {"min read",  "minute read",  "minutes read", "분 소요",
                                                "읽는 시간", "分で読めます", "읽는데",       "조회수",
                                                "views",     "기자 =",       "기자=",        " 기자"};

constexpr std::string_view kContents[] = {"table of contents",
                                          "contents",
                                          "contents [hide]",
                                          "in this article",
                                          "in this post",
                                          "on this page",
                                          "jump to",
                                          "quick links",
                                          "quick list",
                                          "toc",
                                          "目次",
                                          "目次 [非表示]",
                                          "目次[非表示]",
                                          "もくじ",
                                          "この記事の目次",
                                          "この記事の内容",
                                          "この記事でわかること",
                                          "목차",
                                          "차례",
                                          "목차 [숨기기]",
                                          "이 글의 목차"};

constexpr std::string_view kClosing[] = {"wrapping up",
                                         "wrapping it up",
                                         "wrap up",
                                         "wrap-up",
                                         "to wrap up",
                                         "conclusion",
                                         "conclusions",
                                         "in conclusion",
                                         "final thoughts",
                                         "final words",
                                         "final word",
                                         "closing thoughts",
                                         "closing words",
                                         "closing",
                                         "the bottom line",
                                         "bottom line",
                                         "to sum up",
                                         "summing up",
                                         "summary",
                                         "in summary",
                                         "last words",
                                         "last thoughts",
                                         "parting words",
                                         "parting thoughts",
                                         "that's a wrap",
                                         "over to you",
                                         "before you go",
                                         "our verdict",
                                         "the end",
                                         "epilogue",
                                         "outro",
                                         "afterword",
                                         "takeaway",
                                         "key takeaways",
                                         "ending",
                                         "ending thoughts",
                                         "what do you think",
                                         "honorable mentions:",
                                         "마무리",
                                         "마무리하며",
                                         "마무리 하며",
                                         "마치며",
                                         "마치면서",
                                         "맺음말",
                                         "맺으며",
                                         "나가며",
                                         "나오며",
                                         "끝으로",
                                         "결론",
                                         "글을 마치며",
                                         "글을 마무리",
                                         "마지막으로",
                                         "정리하며",
                                         "정리",
                                         "요약",
                                         "총평",
                                         "에필로그",
                                         "한줄 정리",
                                         "まとめ",
                                         "おわりに",
                                         "終わりに",
                                         "終りに",
                                         "最後に",
                                         "さいごに",
                                         "あとがき",
                                         "総括",
                                         "結び",
                                         "むすび",
                                         "結論",
                                         "編集後記",
                                         "いかがでしたか",
                                         "いかがでしたでしょうか"};
constexpr std::string_view kClosingInside[] = {"まとめ", "のまとめ", "마무리"};

constexpr std::string_view kTail[] = {"faq",
                                      "faqs",
                                      "frequently asked",
                                      "people also ask",
                                      "q&a",
                                      "common questions",
                                      "questions and answers",
                                      "related posts",
                                      "related post",
                                      "related articles",
                                      "related stories",
                                      "related reading",
                                      "related content",
                                      "related links",
                                      "related",
                                      "more like this",
                                      "more stories",
                                      "more articles",
                                      "more from",
                                      "you may also like",
                                      "you might also like",
                                      "you may like",
                                      "recommended for you",
                                      "recommended reading",
                                      "recommended posts",
                                      "recommended articles",
                                      "read next",
                                      "up next",
                                      "what to read next",
                                      "popular posts",
                                      "trending now",
                                      "trending",
                                      "most read",
                                      "most popular",
                                      "latest posts",
                                      "recent posts",
                                      "latest news",
                                      "about the author",
                                      "about author",
                                      "author bio",
                                      "about me",
                                      "about us",
                                      "meet the author",
                                      "the author",
                                      "written by",
                                      "author",
                                      "leave a comment",
                                      "leave a reply",
                                      "comments",
                                      "references",
                                      "sources",
                                      "source list",
                                      "share this",
                                      "share this post",
                                      "post navigation",
                                      "footer",
                                      "tags",
                                      "newsletter",
                                      "contributors",
                                      "editor's note",
                                      "자주 묻는 질문",
                                      "자주 묻는",
                                      "자주하는 질문",
                                      "궁금한 점",
                                      "질문과 답변",
                                      "관련 글",
                                      "관련글",
                                      "관련 기사",
                                      "관련기사",
                                      "관련 포스트",
                                      "관련 콘텐츠",
                                      "연관 글",
                                      "추천 글",
                                      "추천글",
                                      "추천 기사",
                                      "추천 콘텐츠",
                                      "인기 글",
                                      "인기글",
                                      "인기 기사",
                                      "많이 본 기사",
                                      "많이 본 뉴스",
                                      "최신 글",
                                      "최근 글",
                                      "다른 글",
                                      "함께 보면 좋은 글",
                                      "함께 보면 좋은",
                                      "같이 보면 좋은",
                                      "함께 읽으면",
                                      "함께 읽어보세요",
                                      "다음 글",
                                      "이전 글",
                                      "글쓴이",
                                      "글쓴이 소개",
                                      "작성자",
                                      "작성자 소개",
                                      "저자 소개",
                                      "저자",
                                      "필자 소개",
                                      "에디터 소개",
                                      "댓글",
                                      "참고",
                                      "참고 자료",
                                      "출처",
                                      "태그",
                                      "よくある質問",
                                      "よくあるご質問",
                                      "よくある疑問",
                                      "q&a",
                                      "関連記事",
                                      "関連する記事",
                                      "関連リンク",
                                      "関連コンテンツ",
                                      "関連特集",
                                      "関連ページ",
                                      "おすすめ記事",
                                      "おすすめの記事",
                                      "おすすめ特集",
                                      "人気記事",
                                      "人気の記事",
                                      "人気ランキング",
                                      "新着記事",
                                      "最新記事",
                                      "最近の投稿",
                                      "あわせて読みたい",
                                      "合わせて読みたい",
                                      "こちらもおすすめ",
                                      "こちらの記事もおすすめ",
                                      "この記事を書いた人",
                                      "この記事の著者",
                                      "この記事を書いたライター",
                                      "著者情報",
                                      "著者プロフィール",
                                      "ライター紹介",
                                      "ライタープロフィール",
                                      "筆者プロフィール",
                                      "プロフィール",
                                      "執筆者",
                                      "コメント",
                                      "コメントを残す",
                                      "参考",
                                      "参考文献",
                                      "参考サイト",
                                      "出典",
                                      "シェアする",
                                      "タグ",
                                      "カテゴリー",
                                      "続きを読む",
                                      "次に読みたい"};

constexpr std::string_view kClosingSentence[] = {"that's it",
                                                 "that's all",
                                                 "that is all",
                                                 "there you have it",
                                                 "those were",
                                                 "these are the",
                                                 "these were",
                                                 "this was the list",
                                                 "this was our list",
                                                 "this concludes",
                                                 "that concludes",
                                                 "that wraps up",
                                                 "and that's our",
                                                 "let us know",
                                                 "tell us",
                                                 "in the comments",
                                                 "comment below",
                                                 "comments below",
                                                 "comment section",
                                                 "share your",
                                                 "which one is your",
                                                 "which of these",
                                                 "which one made",
                                                 "what's your favorite",
                                                 "what is your favorite",
                                                 "what are your favorite",
                                                 "what's your go-to",
                                                 "did we miss",
                                                 "have we missed",
                                                 "your favorite made the list",
                                                 "happy watching",
                                                 "happy listening",
                                                 "keep watching",
                                                 "keep listening",
                                                 "thanks for reading",
                                                 "thank you for reading",
                                                 "thanks for stopping",
                                                 "stay tuned",
                                                 "until next time",
                                                 "see you next",
                                                 "follow us",
                                                 "subscribe",
                                                 "we hope you",
                                                 "hope you enjoy",
                                                 "hope you enjoyed",
                                                 "hope this list",
                                                 "i hope this list",
                                                 "we hope this list",
                                                 "whether you are looking",
                                                 "all of these films",
                                                 "all of these movies",
                                                 "all of these songs",
                                                 "all of these dramas",
                                                 "so grab your tissues",
                                                 "so grab some tissues",
                                                 "and that was",
                                                 "bookmark this",
                                                 "check out our other",
                                                 "for more lists",
                                                 "for more content",
                                                 "여기까지",
                                                 "이상으로",
                                                 "지금까지",
                                                 "소개해 드렸",
                                                 "소개해드렸",
                                                 "살펴보았",
                                                 "알아보았",
                                                 "알아봤",
                                                 "살펴봤",
                                                 "댓글로",
                                                 "댓글에",
                                                 "댓글 남겨",
                                                 "여러분의 최애",
                                                 "여러분이 좋아하는",
                                                 "여러분은 어떤",
                                                 "여러분이 가장",
                                                 "도움이 되",
                                                 "구독과 좋아요",
                                                 "공감과 댓글",
                                                 "큰 힘이 됩니다",
                                                 "좋은 하루 보내세요",
                                                 "다음 글에서",
                                                 "다음에 또",
                                                 "다음 포스팅",
                                                 "읽어주셔서",
                                                 "읽어 주셔서",
                                                 "감사합니다",
                                                 "いかがでした",
                                                 "いかがだった",
                                                 "以上、",
                                                 "以上が",
                                                 "以上です",
                                                 "紹介してきました",
                                                 "ご紹介してきました",
                                                 "紹介しました",
                                                 "ご紹介しました",
                                                 "お届けしました",
                                                 "ピックアップしました",
                                                 "コメントで",
                                                 "コメント欄",
                                                 "教えてください",
                                                 "参考にして",
                                                 "参考になれば",
                                                 "最後まで読んで",
                                                 "最後までお読み",
                                                 "ありがとうございました",
                                                 "チェックしてみてくださいね",
                                                 "ぜひ探してみて",
                                                 "気になる作品",
                                                 "気になった曲",
                                                 "気になる曲があれば",
                                                 "見つけてみて"};

constexpr std::string_view kAuthorSentence[] = {"is a writer",
                                                "is a freelance",
                                                "is a staff writer",
                                                "is a journalist",
                                                "is a contributor",
                                                "is an editor",
                                                "is a seoul-based",
                                                "is a k-pop fan",
                                                "is a long-time",
                                                "is a longtime",
                                                "in her free time",
                                                "in his free time",
                                                "in my free time",
                                                "in their free time",
                                                "when she is not writing",
                                                "when he is not writing",
                                                "when she's not",
                                                "when he's not",
                                                "when they're not",
                                                "when not writing",
                                                "you can find her",
                                                "you can find him",
                                                "you can follow",
                                                "follow her on",
                                                "follow him on",
                                                "follow me on",
                                                "hi! i'm",
                                                "hi, i'm",
                                                "hello! i'm",
                                                "hello, i'm",
                                                "i'm a blogger",
                                                "i am a blogger",
                                                "my favorite actor",
                                                "currently watching:",
                                                "all-time bias",
                                                "soompi writer",
                                                "writes about",
                                                "has been writing about",
                                                "covers k-pop",
                                                "loves to write",
                                                "view all posts",
                                                "is passionate about",
                                                "기자입니다",
                                                "에디터입니다",
                                                "작가입니다",
                                                "블로거입니다",
                                                "글을 씁니다",
                                                "글을 쓰고 있",
                                                "칼럼니스트",
                                                "좋아하는 에디터",
                                                "에디터.",
                                                "프리랜서 작가",
                                                "ライターです",
                                                "フリーライター",
                                                "のライター。",
                                                "ブロガー",
                                                "編集者です",
                                                "執筆しています",
                                                "執筆中",
                                                "元書店員",
                                                "ライター歴",
                                                "と申します",
                                                "担当ライター"};

constexpr std::string_view kQuestionStart[] = {
    "what",  "which",  "who",  "where", "when", "why", "how", "is", "are", "do", "does", "did", "can",
    "could", "should", "will", "q:",    "q.",   "q1",  "q2",  "q3", "q4",  "q5", "q6",   "q "};

constexpr std::string_view kLabels[] = {"plot",
                                        "the plot",
                                        "synopsis",
                                        "story",
                                        "the story",
                                        "summary",
                                        "overview",
                                        "review",
                                        "our review",
                                        "why it makes you cry",
                                        "why you should watch",
                                        "why we love it",
                                        "why it hurts",
                                        "why you'll cry",
                                        "why watch it",
                                        "what it's about",
                                        "what makes it special",
                                        "lyrics",
                                        "highlights",
                                        "highlight",
                                        "details",
                                        "info",
                                        "trivia",
                                        "cast",
                                        "main cast",
                                        "trailer",
                                        "where to watch",
                                        "where to stream",
                                        "watch it on",
                                        "the moment",
                                        "tear factor",
                                        "memorable line",
                                        "memorable quote",
                                        "best scene",
                                        "key lyrics",
                                        "about the song",
                                        "about the film",
                                        "about the movie",
                                        "about the drama",
                                        "verdict",
                                        "rating",
                                        "줄거리",
                                        "관람 포인트",
                                        "관람포인트",
                                        "감상 포인트",
                                        "감상포인트",
                                        "명장면",
                                        "명대사",
                                        "추천 이유",
                                        "추천이유",
                                        "리뷰",
                                        "한줄평",
                                        "출연진",
                                        "출연",
                                        "등장인물",
                                        "가사",
                                        "곡 소개",
                                        "작품 소개",
                                        "영화 소개",
                                        "드라마 소개",
                                        "눈물 포인트",
                                        "결말",
                                        "감독",
                                        "평점",
                                        "작품 정보",
                                        "기본 정보",
                                        "영화 정보",
                                        "포인트",
                                        "노래 소개",
                                        "감상평",
                                        "あらすじ",
                                        "ストーリー",
                                        "見どころ",
                                        "みどころ",
                                        "泣けるポイント",
                                        "泣ける理由",
                                        "おすすめポイント",
                                        "おすすめ理由",
                                        "感想",
                                        "口コミ",
                                        "評価",
                                        "キャスト",
                                        "主要キャスト",
                                        "スタッフ",
                                        "作品情報",
                                        "作品概要",
                                        "基本情報",
                                        "楽曲情報",
                                        "楽曲紹介",
                                        "歌詞",
                                        "名シーン",
                                        "名台詞",
                                        "名言",
                                        "ポイント",
                                        "ここが泣ける",
                                        "解説",
                                        "レビュー",
                                        "予告",
                                        "予告編",
                                        "配信",
                                        "詳細",
                                        "聴きどころ",
                                        "概要"};

constexpr std::string_view kArtistLabels[] = {
    "artist", "singer",    "performed by", "performer",      "sung by", "vocals", "가수", "아티스트",
    "노래",   "부른 가수", "アーティスト", "アーティスト名", "歌手",    "歌",     "歌唱", "演奏"};
constexpr std::string_view kFactLabels[] = {
    "director",   "directed by",    "cast",          "starring",  "stars",        "genre",     "release",
    "released",   "release date",   "year",          "runtime",   "running time", "length",    "album",
    "label",      "country",        "language",      "rating",    "episodes",     "network",   "channel",
    "aired",      "original title", "also known as", "aka",       "written by",   "writer",    "screenplay",
    "composer",   "lyrics by",      "lyricist",      "music by",  "main cast",    "imdb",      "available on",
    "streaming",  "platform",       "감독",          "출연",      "주연",         "출연진",    "장르",
    "개봉",       "개봉일",         "개봉년도",      "개봉 연도", "상영시간",     "러닝타임",  "발매",
    "발매일",     "앨범",           "수록앨범",      "수록 앨범", "작사",         "작곡",      "편곡",
    "작사/작곡",  "작사·작곡",      "방영",          "방송",      "방송사",       "편성",      "회차",
    "원제",       "극본",           "연출",          "평점",      "관객수",       "원작",      "국가",
    "배급",       "제작",           "監督",          "出演",      "出演者",       "主演",      "キャスト",
    "脚本",       "演出",           "公開",          "公開日",    "公開年",       "上映時間",  "ジャンル",
    "製作国",     "制作国",         "原題",          "発売",      "発売日",       "発売年",    "リリース",
    "リリース日", "リリース年",     "収録アルバム",  "収録",      "アルバム",     "作詞",      "作曲",
    "編曲",       "作詞・作曲",     "作詞/作曲",     "作詞作曲",  "放送",         "放送局",    "放送年",
    "話数",       "全話数",         "配信",          "原作",      "配給",         "タイアップ"};

constexpr std::string_view kSongWords[] = {
    "song",         "songs",    "track",  "tracks",   "ballad",   "ballads",      "k-pop",  "kpop",
    "j-pop",        "music",    "singer", "singers",  "vocals",   "vocal",        "lyrics", "melody",
    "album",        "single",   "ost",    "osts",     "tune",     "tunes",        "anthem", "anthems",
    "playlist",     "chorus",   "rapper", "duet",     "idol",     "曲",           "歌",     "ソング",
    "バラード",     "楽曲",     "歌詞",   "メロディ", "アルバム", "シングル",     "歌手",   "バンド",
    "アーティスト", "シンガー", "主題歌", "노래",     "곡",       "발라드",       "가사",   "멜로디",
    "앨범",         "가수",     "음악",   "보컬",     "음원",     "플레이리스트", "명곡"};
constexpr std::string_view kFilmWords[] = {"movie",      "movies",   "film",  "films", "cinema", "filmmaker",
                                           "box office", "director", "映画",  "作品",  "邦画",   "洋画",
                                           "韓国映画",   "監督",     "劇場",  "영화",  "감독",   "극장",
                                           "관객",       "개봉",     "스크린"};
constexpr std::string_view kDramaWords[] = {
    "drama",    "dramas", "k-drama", "k-dramas", "kdrama", "kdramas", "j-drama", "series",     "episode",
    "episodes", "season", "tv show", "sitcom",   "ドラマ", "話",      "連ドラ",  "連続ドラマ", "最終回",
    "드라마",   "방영",   "회차",    "시청률",   "화에서", "최종회",  "종영",    "극중"};

constexpr std::string_view kListWords[] = {"songs",      "tracks",      "ballads",      "movies",
                                           "films",      "dramas",      "k-dramas",     "tunes",
                                           "hits",       "anthems",     "classics",     "picks",
                                           "moments",    "scenes",      "masterpieces", "recommendations",
                                           "playlist",   "list of",     "collection",   "edition",
                                           "selection",  "mentions",    "best of",      "artists",
                                           "singers",    "osts",        "series list",  "must-see",
                                           "must-watch", "must-listen", "titles",       "ranking",
                                           "entries",    "part 1",      "part 2",       "part 3",
                                           "part one",   "part two",    "chapter",      "特集",
                                           "ランキング", "名曲",        "一覧",         "おすすめ",
                                           "曲たち",     "ソングを",    "ソングス",     "映画を",
                                           "ドラマを",   "まとめ",      "모음",         "추천",
                                           "베스트",     "명곡",        "순위",         "특집",
                                           "리스트",     "노래들",      "곡들",         "영화들",
                                           "드라마들",   "작품들",      "총정리"};
// By which a line ends that heads a part of a list.
constexpr std::string_view kListEndings[] = {
    "編",   "集",    "選",      "曲",     "ソング", "バラード", "映画",   "ドラマ", "作品",
    "邦画", "歌",    "楽曲",    "シーン", "部門",   "場面",     "모음",   "추천",   "편",
    "노래", "곡",    "발라드",  "영화",   "드라마", "작품",     "명장면", "부문",   "가요",
    "때",   "songs", "ballads", "films",  "movies", "dramas"};

int count_all(std::string_view text, Table table) {
  int count = 0;
  for (const auto phrase : table) {
    for (std::size_t at = text.find(phrase); at != std::string_view::npos;
         at = text.find(phrase, at + phrase.size())) {
      const bool begins = at == 0 || !is_ascii_word(phrase.front()) || !is_ascii_word(text[at - 1]);
      const std::size_t end = at + phrase.size();
      const bool ends = end == text.size() || !is_ascii_word(phrase.back()) || !is_ascii_word(text[end]);
      if (begins && ends) ++count;
    }
  }
  return count;
}

// "2024-03-01", "2024.3.1", "2024年3月1日", "march 3, 2024" standing alone or nearly so.
bool is_date_line(std::string_view text) {
  std::size_t digits = 0;
  std::size_t others = 0;
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)))
      ++digits;
    else if (std::isalpha(static_cast<unsigned char>(c)))
      ++others;
    else if (static_cast<unsigned char>(c) >= 0xC0)
      ++others;
  }
  if (digits < 5 || digits > 16 || others > 12) return false;
  constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                          "jul", "aug", "sep", "oct", "nov", "dec"};
  if (others == 0) return text.find_first_of(".-/") != std::string_view::npos;
  if (contains(text, "年") && contains(text, "月")) return true;
  if (contains(text, "년") && contains(text, "월")) return true;
  return std::any_of(std::begin(kMonths), std::end(kMonths),
                     [&](auto month) { return text.find(month) != std::string_view::npos; });
}

// The label before a colon, without ornaments; "" when there is none near the beginning.
std::string_view label_of(std::string_view folded) {
  const std::size_t colon = folded.find(':');
  if (colon == std::string_view::npos || colon > 30) return {};
  return stripped(folded.substr(0, colon));
}

bool is_one_of(std::string_view text, Table table) {
  return std::find(table.begin(), table.end(), text) != table.end();
}

}  // namespace

bool is_caption_phrase(std::string_view folded) {
  return contains_any(folded, kCaptionAnywhere) || starts_any(folded, kCaptionStart) ||
         ends_any(folded, kCaptionEnd);
}

bool is_noise_phrase(std::string_view folded) {
  const std::string_view text = stripped(folded);
  return text.empty() || is_one_of(text, kNoiseWhole) || starts_any(text, kNoiseStart) ||
         (folded.starts_with("http") && folded.find(' ') == std::string_view::npos);
}

bool announces_related(std::string_view folded) {
  return folded.size() <= 120 && contains_any(folded, kRelated);
}

bool is_noise_sentence(std::string_view folded) { return starts_any(stripped(folded), kNoiseSentence); }

bool is_byline_phrase(std::string_view folded) {
  return starts_any(stripped(folded), kBylineStart) || contains_any(folded, kBylineAnywhere) ||
         is_date_line(folded);
}

bool is_contents_phrase(std::string_view folded) {
  const std::string_view text = stripped(folded);
  return std::any_of(std::begin(kContents), std::end(kContents), [&](auto phrase) {  // "contents [hide]"
    return text == phrase || (text.starts_with(phrase) && text.size() < phrase.size() + 14 &&
                              text.find('[') != std::string_view::npos);
  });
}

bool is_closing_phrase(std::string_view folded) {
  const std::string_view text = stripped(folded);
  if (starts_any(text, kClosing)) return true;
  return text.size() < 120 && ends_any(text, kClosingInside);
}

bool is_tail_phrase(std::string_view folded) {
  const std::string_view text = stripped(folded);
  if (is_one_of(text, kTail)) return true;
  return std::any_of(std::begin(kTail), std::end(kTail), [&](auto phrase) {
    // One-word phrases ("tags", "author") head a tail only when they stand alone.
    return phrase.size() >= 8 && starts_with_word(text, phrase) && text.size() < phrase.size() + 40;
  });
}

bool is_closing_sentence(std::string_view folded) { return contains_any(folded, kClosingSentence); }

bool is_author_sentence(std::string_view folded) { return contains_any(folded, kAuthorSentence); }

bool is_question(std::string_view folded) {
  const bool mark = folded.ends_with('?') || folded.ends_with("?」") || folded.ends_with("?\"");
  if (folded.starts_with("q.") || folded.starts_with("q:") || folded.starts_with("q1")) return true;
  if (!mark) return false;
  if (starts_any(folded, kQuestionStart)) return true;
  constexpr std::string_view kEastern[] = {"か?",   "は?",   "の?", "까?", "요?",
                                           "나요?", "가요?", "는?", "은?", "죠?"};
  return ends_any(folded, kEastern) || folded.size() > 60;
}

bool is_label(std::string_view folded) {
  std::string_view text = stripped(folded);
  return is_one_of(text, kLabels);
}

std::string_view artist_label_value(std::string_view line) {
  std::size_t colon = line.find(':');
  std::size_t width = 1;
  if (const std::size_t wide = line.find("："); wide < colon) colon = wide, width = 3;
  if (colon == std::string_view::npos || colon > 30) return {};
  std::string label(stripped(line.substr(0, colon)));
  for (char& c : label) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (!is_one_of(label, kArtistLabels)) return {};
  std::string_view value = line.substr(colon + width);
  while (value.starts_with(' ')) value.remove_prefix(1);
  return value;
}

bool is_fact_line(std::string_view folded) { return is_one_of(label_of(folded), kFactLabels); }

bool ends_politely(std::string_view folded) {
  constexpr std::string_view kEmoticons[] = {"ㅠ", "ㅜ", "ㅋ", "ㅎ", "^", ":)", ";)", "~", "!", "♡", "♥",
                                             "♪",  "笑", "w",  ".",  "…", " ",  "(",  ")", "_", "-"};
  constexpr std::string_view kPolite[] = {
      "니다", "어요", "아요", "해요",   "에요",   "예요",   "네요",     "죠",     "지요",   "세요",
      "까요", "ます", "です", "ました", "でした", "ません", "ください", "ますね", "ですね", "ましょう"};
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto emoticon : kEmoticons) {
      if (folded.ends_with(emoticon)) folded.remove_suffix(emoticon.size()), moved = true;
    }
  }
  return ends_any(folded, kPolite);
}

KindWords count_kind_words(std::string_view folded) {
  return {count_all(folded, kSongWords), count_all(folded, kFilmWords), count_all(folded, kDramaWords)};
}

bool has_list_word(std::string_view folded) { return contains_any(folded, kListWords); }

bool has_list_ending(std::string_view folded) { return ends_any(stripped(folded), kListEndings); }

bool has_range(std::string_view folded) {
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (folded[i] != '(') continue;
    std::size_t at = i + 1;
    const auto digits = [&] {
      std::size_t count = 0;
      while (at < folded.size() && std::isdigit(static_cast<unsigned char>(folded[at]))) ++at, ++count;
      return count;
    };
    if (digits() == 0) continue;
    const std::string_view rest = folded.substr(at);
    if (rest.starts_with('-') || rest.starts_with('~'))
      ++at;
    else if (rest.starts_with("〜"))
      at += 3;
    else
      continue;
    if (digits() > 0 && at - i < 10) return at - i <= 4 || folded.find(')', at) != std::string_view::npos;
  }
  return false;
}

}  // namespace nunmul
