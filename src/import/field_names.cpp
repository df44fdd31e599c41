// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/field_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "import/characters.h"

namespace nunmul {
namespace {

struct Row {
  std::u32string_view name;  // compact
  FieldName means;
};

// The names that say most stand before those that say less: of two for one field the first row wins.
constexpr Row kRows[] = {
    {U"title", {"title", ""}},
    {U"songtitle", {"title", "song"}},
    {U"songname", {"title", "song"}},
    {U"tracktitle", {"title", "song"}},
    {U"trackname", {"title", "song"}},
    {U"movietitle", {"title", "film"}},
    {U"filmtitle", {"title", "film"}},
    {U"dramatitle", {"title", "drama"}},
    {U"seriestitle", {"title", "drama"}},
    {U"song", {"title", "song"}},
    {U"track", {"title", "song"}},
    {U"movie", {"title", "film"}},
    {U"film", {"title", "film"}},
    {U"drama", {"title", "drama"}},
    {U"kdrama", {"title", "drama"}},
    {U"moviename", {"title", "film"}},
    {U"dramaname", {"title", "drama"}},
    {U"곡명", {"title", "song"}},
    {U"노래제목", {"title", "song"}},
    {U"곡제목", {"title", "song"}},
    {U"노래", {"title", "song"}},
    {U"곡", {"title", "song"}},
    {U"영화제목", {"title", "film"}},
    {U"영화명", {"title", "film"}},
    {U"영화", {"title", "film"}},
    {U"드라마제목", {"title", "drama"}},
    {U"드라마명", {"title", "drama"}},
    {U"드라마", {"title", "drama"}},
    {U"제목", {"title", ""}},
    {U"작품명", {"title", ""}},
    {U"타이틀", {"title", ""}},
    {U"작품", {"title", ""}},
    {U"曲名", {"title", "song"}},
    {U"楽曲名", {"title", "song"}},
    {U"楽曲", {"title", "song"}},
    {U"曲", {"title", "song"}},
    {U"映画名", {"title", "film"}},
    {U"映画タイトル", {"title", "film"}},
    {U"映画", {"title", "film"}},
    {U"ドラマ名", {"title", "drama"}},
    {U"ドラマタイトル", {"title", "drama"}},
    {U"ドラマ", {"title", "drama"}},
    {U"タイトル", {"title", ""}},
    {U"題名", {"title", ""}},
    {U"作品名", {"title", ""}},
    {U"作品", {"title", ""}},
    {U"artist", {"artist", "song"}},
    {U"artistname", {"artist", "song"}},
    {U"singer", {"artist", "song"}},
    {U"performer", {"artist", "song"}},
    {U"band", {"artist", "song"}},
    {U"artists", {"artist", "song"}},
    {U"가수", {"artist", "song"}},
    {U"아티스트", {"artist", "song"}},
    {U"가수명", {"artist", "song"}},
    {U"歌手", {"artist", "song"}},
    {U"歌手名", {"artist", "song"}},
    {U"アーティスト", {"artist", "song"}},
    {U"アーティスト名", {"artist", "song"}},
    {U"歌", {"artist", "song"}},
    {U"rank", {"rank", ""}},
    {U"ranking", {"rank", ""}},
    {U"position", {"rank", ""}},
    {U"no", {"rank", ""}},
    {U"순위", {"rank", ""}},
    {U"번호", {"rank", ""}},
    {U"順位", {"rank", ""}},
    {U"ランキング", {"rank", ""}},
    {U"番号", {"rank", ""}},
    {U"year", {"year", ""}},
    {U"releaseyear", {"year", ""}},
    {U"연도", {"year", ""}},
    {U"년도", {"year", ""}},
    {U"발매년도", {"year", ""}},
    {U"발매연도", {"year", ""}},
    {U"개봉년도", {"year", ""}},
    {U"개봉연도", {"year", ""}},
    {U"방영년도", {"year", ""}},
    {U"방영연도", {"year", ""}},
    {U"제작연도", {"year", ""}},
    {U"年", {"year", ""}},
    {U"発売年", {"year", ""}},
    {U"公開年", {"year", ""}},
    {U"放送年", {"year", ""}},
    {U"製作年", {"year", ""}},
    {U"released", {"year", ""}},
    {U"발매", {"year", ""}},
    {U"개봉", {"year", ""}},
    {U"방영", {"year", ""}},
    {U"発売", {"year", ""}},
    {U"公開", {"year", ""}},
    {U"放送", {"year", ""}},
    {U"kind", {"kind", ""}},
    {U"section", {"section", ""}},
    {U"description", {"description", ""}},
    {U"summary", {"description", ""}},
    {U"synopsis", {"description", ""}},
    {U"plot", {"description", ""}},
    {U"notes", {"description", ""}},
    {U"note", {"description", ""}},
    {U"why", {"description", ""}},
    {U"comment", {"description", ""}},
    {U"설명", {"description", ""}},
    {U"줄거리", {"description", ""}},
    {U"소개", {"description", ""}},
    {U"내용", {"description", ""}},
    {U"説明", {"description", ""}},
    {U"あらすじ", {"description", ""}},
    {U"紹介", {"description", ""}},
    {U"内容", {"description", ""}},
    {U"コメント", {"description", ""}},
};

constexpr std::array<std::string_view, 7> kFields = {"title", "artist",  "rank",       "year",
                                                     "kind",  "section", "description"};

constexpr std::string_view kDigits = "0123456789";
constexpr std::size_t kMostDigits = 4;  // of a rank or a year

constexpr std::size_t kNoRow = std::size(kRows);

std::size_t row_of(std::string_view name) {
  const std::u32string key = compact(name);
  for (std::size_t i = 0; i < kNoRow; ++i) {
    if (kRows[i].name == key) return i;
  }
  return kNoRow;
}

// Of the fields that can stand for ours, the one whose row comes first; "" if none can or ours is there.
std::string stand_in(const Json& fields, std::string_view ours) {
  std::string name;
  std::size_t best = kNoRow;
  if (fields.contains(std::string(ours))) return name;
  for (const auto& [other, value] : fields.items()) {
    const std::size_t row = row_of(other);
    if (row >= best || kRows[row].means.field != ours || value.is_structured() ||
        (ours == "title" && !value.is_string()))
      continue;
    best = row;
    name = other;
  }
  return name;
}

// "3위" and "2014年" are numbers; more than one number in a text is none.
void make_number(Json& value) {
  if (!value.is_string()) return;
  const std::string& text = value.get_ref<const std::string&>();
  const std::size_t begin = text.find_first_of(kDigits);
  if (begin == std::string::npos) return;
  const std::size_t end = std::min(text.find_first_not_of(kDigits, begin), text.size());
  if (end - begin > kMostDigits || text.find_first_of(kDigits, end) != std::string::npos) return;
  value = std::stoi(text.substr(begin, end - begin));
}

}  // namespace

FieldName find_field_name(std::string_view name) {
  const std::size_t row = row_of(name);
  return row < kNoRow ? kRows[row].means : FieldName{};
}

Json with_our_names(Json fields) {
  if (fields.contains("title")) return fields;
  std::array<std::string, kFields.size()> stand_ins;
  for (std::size_t i = 0; i < kFields.size(); ++i) stand_ins[i] = stand_in(fields, kFields[i]);
  if (stand_ins[0].empty()) return fields;
  Json named = Json::object();
  std::string_view kind;
  for (auto& [name, value] : fields.items()) {
    std::string_view ours = name;
    for (std::size_t i = 0; i < kFields.size(); ++i) {
      if (stand_ins[i] != name) continue;
      ours = kFields[i];
      if (kind.empty()) kind = find_field_name(name).kind;
    }
    if (ours != name && (ours == "rank" || ours == "year")) make_number(value);
    append_field(named, std::string(ours), std::move(value));
  }
  if (!named.contains("kind") && !kind.empty()) named["kind"] = kind;
  return named;
}

}  // namespace nunmul
