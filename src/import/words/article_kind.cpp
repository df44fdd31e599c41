// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/article_kind.h"

#include <algorithm>
#include <cctype>
#include <span>

#include "import/words/characters.h"
#include "import/words/phrases.h"

namespace nunmul {
namespace {

constexpr std::string_view kKinds[] = {"song", "film", "drama"};

struct KindList {
  WordList list;
  std::string_view kind;
};
using KindLists = std::span<const KindList>;
constexpr KindList kFirst[] = {
    {"kind first song", "song"}, {"kind first film", "film"}, {"kind first drama", "drama"}};
constexpr KindList kLast[] = {
    {"kind last song", "song"}, {"kind last film", "film"}, {"kind last drama", "drama"}};
constexpr KindList kLastCjk[] = {
    {"kind last cjk song", "song"}, {"kind last cjk film", "film"}, {"kind last cjk drama", "drama"}};
constexpr KindList kBracket[] = {{"kind bracket drama", "drama"}, {"kind bracket film", "film"}};

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

std::optional<std::string_view> first_of(const WordLists& words, std::string_view text, KindLists lists) {
  std::size_t best = std::string_view::npos;
  std::optional<std::string_view> kind;
  for (const KindList& list : lists)
    for (const std::string& word : words[list.list].utf8)
      if (const std::size_t at = find_word(text, word); at < best) best = at, kind = list.kind;
  return kind;
}

std::optional<std::string_view> last_of(const WordLists& words, std::string_view text, KindLists lists) {
  std::size_t best = 0;
  std::optional<std::string_view> kind;
  for (const KindList& list : lists)
    for (const std::string& word : words[list.list].utf8)
      for (std::size_t at = find_word(text, word); at != std::string_view::npos;
           at = find_word(text, word, at + 1))
        if (!kind || at + word.size() >= best) best = at + word.size(), kind = list.kind;
  return kind;
}

std::size_t count_words_of(std::string_view text, const Forms& forms) {
  std::size_t count = 0;
  for (const std::string& word : forms.utf8)
    for (std::size_t at = find_word(text, word); at != std::string_view::npos;
         at = find_word(text, word, at + 1))
      ++count;
  return count;
}

std::size_t index_of(std::string_view kind) {
  return static_cast<std::size_t>(std::find(std::begin(kKinds), std::end(kKinds), kind) - kKinds);
}

// "drama", "drama, 2016", "2016 drama", "drama/OST"
bool names_kind(std::string_view inside, const std::string& word) {
  if (inside == word || inside.ends_with(" " + word)) return true;
  if (!inside.starts_with(word)) return false;
  const std::string_view behind = inside.substr(word.size());
  return behind.starts_with(',') || behind.starts_with(' ') || behind.starts_with('/') ||
         behind.starts_with("・");
}

std::optional<std::string_view> kind_inside(const WordLists& words, std::string_view inside) {
  for (const KindList& list : kBracket)
    for (const std::string& word : words[list.list].utf8)
      if (names_kind(inside, word)) return list.kind;
  return std::nullopt;
}

bool has_eastern_letter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

// Adds what the words of the paragraphs speak of, 8 in all.
void add_shares(const WordLists& words, const std::vector<std::string>& paragraphs, double (&scores)[3]) {
  KindWords sum;
  for (const std::string& paragraph : paragraphs) {
    const KindWords counts = count_kind_words(words, paragraph);
    sum.song += counts.song;
    sum.film += counts.film;
    sum.drama += counts.drama;
  }
  const double all = sum.song + sum.film + sum.drama;
  if (all == 0) return;
  scores[0] += 8 * sum.song / all;
  scores[1] += 8 * sum.film / all;
  scores[2] += 8 * sum.drama / all;
}

}  // namespace

std::optional<std::string_view> kind_of_heading(const WordLists& words, std::string_view folded) {
  if (has_eastern_letter(folded))
    if (auto kind = last_of(words, folded, kLastCjk)) return kind;
  if (auto kind = first_of(words, folded, kFirst)) return kind;
  return last_of(words, folded, kLast);
}

std::string_view kind_of_page(const WordLists& words, std::string_view title,
                              const std::vector<std::string>& sections,
                              const std::vector<std::string>& paragraphs) {
  double scores[3] = {0, 0, 0};
  if (const auto kind = kind_of_heading(words, title))
    scores[index_of(*kind)] += 8;
  else if (count_words_of(title, words["kind other"]) > 0)
    return "other";
  for (const std::string& section : sections) {
    if (const auto kind = kind_of_heading(words, section))
      scores[index_of(*kind)] += 4.0 / static_cast<double>(sections.size());
  }
  add_shares(words, paragraphs, scores);
  const auto best = std::max_element(std::begin(scores), std::end(scores));
  return *best > 0 ? kKinds[best - scores] : "other";
}

bool names_films_and_dramas(const WordLists& words, std::string_view folded) {
  return count_words_of(folded, words["kind name film"]) > 0 &&
         count_words_of(folded, words["kind name drama"]) > 0;
}

std::optional<std::string_view> kind_of_entry(const WordLists& words,
                                              const std::vector<std::string>& folded_texts) {
  std::size_t film = 0;
  std::size_t drama = 0;
  for (const std::string& text : folded_texts) {
    film += count_words_of(text, words["kind name film"]);
    drama += count_words_of(text, words["kind name drama"]);
  }
  if (film == drama) return std::nullopt;
  return film > drama ? "film" : "drama";
}

std::optional<std::string_view> kind_in_brackets(const WordLists& words, std::u32string_view heading) {
  constexpr std::u32string_view kOpen = U"(（[【";
  for (std::size_t open = heading.find_first_of(kOpen); open != std::u32string_view::npos;) {
    const std::size_t close = heading.find_first_of(U")）]】", open);
    if (close == std::u32string_view::npos) return std::nullopt;
    const std::string inside = fold_line(to_utf8(heading.substr(open + 1, close - open - 1)));
    if (const auto kind = kind_inside(words, inside)) return kind;
    open = heading.find_first_of(kOpen, close);
  }
  return std::nullopt;
}

}  // namespace nunmul
