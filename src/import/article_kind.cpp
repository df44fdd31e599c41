// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/article_kind.h"

#include <algorithm>
#include <cctype>

#include "import/characters.h"
#include "import/phrases.h"

namespace nunmul {
namespace {

struct KindWord {
  std::string_view word;
  std::string_view kind;
};
constexpr KindWord kPlurals[] = {{"songs", "song"},     {"tracks", "song"},   {"ballads", "song"},
                                 {"osts", "song"},      {"tunes", "song"},    {"anthems", "song"},
                                 {"singles", "song"},   {"hits", "song"},     {"soundtracks", "song"},
                                 {"b-sides", "song"},   {"duets", "song"},    {"movies", "film"},
                                 {"films", "film"},     {"dramas", "drama"},  {"k-dramas", "drama"},
                                 {"kdramas", "drama"},  {"series", "drama"},  {"shows", "drama"},
                                 {"episodes", "drama"}, {"doramas", "drama"}, {"j-dramas", "drama"}};
constexpr KindWord kSingulars[] = {
    {"song", "song"},   {"ballad", "song"},   {"k-pop", "song"},    {"kpop", "song"},   {"j-pop", "song"},
    {"music", "song"},  {"playlist", "song"}, {"ost", "song"},      {"movie", "film"},  {"film", "film"},
    {"cinema", "film"}, {"drama", "drama"},   {"k-drama", "drama"}, {"kdrama", "drama"}};
constexpr KindWord kEastern[] = {
    {"曲", "song"},      {"歌", "song"},           {"ソング", "song"},       {"バラード", "song"},
    {"k-pop", "song"},   {"j-pop", "song"},        {"ミュージック", "song"}, {"プレイリスト", "song"},
    {"노래", "song"},    {"곡", "song"},           {"발라드", "song"},       {"ost", "song"},
    {"음악", "song"},    {"플레이리스트", "song"}, {"가요", "song"},         {"映画", "film"},
    {"邦画", "film"},    {"洋画", "film"},         {"ムービー", "film"},     {"영화", "film"},
    {"ドラマ", "drama"}, {"드라마", "drama"},      {"미드", "drama"},        {"일드", "drama"}};

// What lists hold that is neither a song nor a film nor a drama, though its texts may speak of these.
constexpr std::string_view kOthers[] = {"webtoons",       "webtoon", "manhwa", "manga", "novels",
                                        "novel",          "books",   "웹툰",   "만화",  "소설",
                                        "ウェブトゥーン", "漫画",    "小説"};

// Whole words only for Latin ones.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
  const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (std::size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins =
        at == 0 || !is_letter(word.front()) || !(is_letter(text[at - 1]) || text[at - 1] == '-');
    const bool ends = end == text.size() || !is_letter(word.back()) || !is_letter(text[end]);
    if (begins && ends) return at;
  }
  return std::string_view::npos;
}

template <std::size_t size>
std::optional<std::string_view> first_of(std::string_view text, const KindWord (&words)[size]) {
  std::size_t best = std::string_view::npos;
  std::optional<std::string_view> kind;
  for (const KindWord& word : words) {
    const std::size_t at = find_word(text, word.word);
    if (at < best) best = at, kind = word.kind;
  }
  return kind;
}

template <std::size_t size>
std::optional<std::string_view> last_of(std::string_view text, const KindWord (&words)[size]) {
  std::size_t best = 0;
  std::optional<std::string_view> kind;
  for (const KindWord& word : words) {
    for (std::size_t at = find_word(text, word.word); at != std::string_view::npos;
         at = find_word(text, word.word, at + 1)) {
      if (!kind || at + word.word.size() >= best) best = at + word.word.size(), kind = word.kind;
    }
  }
  return kind;
}

constexpr std::string_view kFilm[] = {"film", "films", "movie", "movies", "영화", "映画"};
constexpr std::string_view kDrama[] = {"drama",  "dramas", "k-drama", "k-dramas", "kdrama", "kdramas",
                                       "series", "season", "episode", "episodes", "드라마", "ドラマ"};

template <std::size_t size>
std::size_t count_words_of(std::string_view text, const std::string_view (&words)[size]) {
  std::size_t count = 0;
  for (const std::string_view word : words) {
    for (std::size_t at = find_word(text, word); at != std::string_view::npos;
         at = find_word(text, word, at + 1))
      ++count;
  }
  return count;
}

std::string_view kind_at(int index) {
  constexpr std::string_view kKinds[] = {"song", "film", "drama"};
  return kKinds[index];
}

int index_of(std::string_view kind) { return kind == "song" ? 0 : kind == "film" ? 1 : 2; }

}  // namespace

std::optional<std::string_view> kind_of_heading(std::string_view folded) {
  if (auto kind = last_of(folded, kEastern); kind && std::any_of(folded.begin(), folded.end(), [](char c) {
                                               return static_cast<unsigned char>(c) >= 0xE3;
                                             }))
    return kind;
  if (auto kind = first_of(folded, kPlurals)) return kind;
  return last_of(folded, kSingulars);
}

std::string_view kind_of_page(std::string_view title, const std::vector<std::string>& sections,
                              const std::vector<std::string>& paragraphs) {
  double scores[3] = {0, 0, 0};
  if (const auto kind = kind_of_heading(title))
    scores[index_of(*kind)] += 8;
  else if (std::any_of(std::begin(kOthers), std::end(kOthers), [title](std::string_view word) {
             return find_word(title, word) != std::string_view::npos;
           }))
    return "other";
  for (const std::string& section : sections) {
    if (const auto kind = kind_of_heading(section))
      scores[index_of(*kind)] += 4.0 / static_cast<double>(sections.size());
  }
  KindWords sum;
  for (const std::string& paragraph : paragraphs) {
    const KindWords words = count_kind_words(paragraph);
    sum.song += words.song;
    sum.film += words.film;
    sum.drama += words.drama;
  }
  const double all = sum.song + sum.film + sum.drama;
  if (all > 0) {
    scores[0] += 8 * sum.song / all;
    scores[1] += 8 * sum.film / all;
    scores[2] += 8 * sum.drama / all;
  }
  const auto best = std::max_element(std::begin(scores), std::end(scores));
  return *best > 0 ? kind_at(static_cast<int>(best - scores)) : "other";
}

bool names_films_and_dramas(std::string_view folded) {
  return count_words_of(folded, kFilm) > 0 && count_words_of(folded, kDrama) > 0;
}

std::optional<std::string_view> kind_of_entry(const std::vector<std::string>& folded_texts) {
  std::size_t film = 0;
  std::size_t drama = 0;
  for (const std::string& text : folded_texts) {
    film += count_words_of(text, kFilm);
    drama += count_words_of(text, kDrama);
  }
  if (film == drama) return std::nullopt;
  return film > drama ? "film" : "drama";
}

std::optional<std::string_view> kind_in_brackets(std::u32string_view heading) {
  std::size_t open = heading.find_first_of(U"(（[【");
  while (open != std::u32string_view::npos) {
    const std::size_t close = heading.find_first_of(U")）]】", open);
    if (close == std::u32string_view::npos) return std::nullopt;
    const std::string inside = fold_line(to_utf8(heading.substr(open + 1, close - open - 1)));
    for (const KindWord& word : {KindWord{"drama", "drama"},
                                 {"k-drama", "drama"},
                                 {"tv series", "drama"},
                                 {"드라마", "drama"},
                                 {"ドラマ", "drama"},
                                 {"韓国ドラマ", "drama"},
                                 {"movie", "film"},
                                 {"film", "film"},
                                 {"영화", "film"},
                                 {"映画", "film"},
                                 {"韓国映画", "film"}}) {
      if (inside == word.word || inside.starts_with(std::string(word.word) + ",") ||
          inside.starts_with(std::string(word.word) + " ") ||
          inside.ends_with(" " + std::string(word.word)) ||
          inside.starts_with(std::string(word.word) + "/") ||
          inside.starts_with(std::string(word.word) + "・"))
        return word.kind;
    }
    open = heading.find_first_of(U"(（[【", close);
  }
  return std::nullopt;
}

}  // namespace nunmul
