// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/phrases.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace nunmul {
namespace {

bool is_ascii_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Latin phrases are whole words; in other scripts there is no telling.
bool is_whole(std::string_view text, std::size_t at, std::string_view phrase) {
  const std::size_t end = at + phrase.size();
  const bool begins = at == 0 || !is_ascii_word(phrase.front()) || !is_ascii_word(text[at - 1]);
  return begins && (end == text.size() || !is_ascii_word(phrase.back()) || !is_ascii_word(text[end]));
}

bool contains(std::string_view text, std::string_view phrase) {
  for (std::size_t at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1))
    if (is_whole(text, at, phrase)) return true;
  return false;
}

bool starts_with(std::string_view text, std::string_view phrase) {
  return text.starts_with(phrase) && is_whole(text, 0, phrase);
}

bool ends_with(std::string_view text, std::string_view phrase) {
  return text.ends_with(phrase) && is_whole(text, text.size() - phrase.size(), phrase);
}

bool contains_any(std::string_view text, const Forms& forms) {
  return std::ranges::any_of(forms.utf8, [&](const std::string& phrase) { return contains(text, phrase); });
}

bool starts_any(std::string_view text, const Forms& forms) {
  return std::ranges::any_of(forms.utf8,
                             [&](const std::string& phrase) { return starts_with(text, phrase); });
}

bool ends_any(std::string_view text, const Forms& forms) {
  return std::ranges::any_of(forms.utf8, [&](const std::string& phrase) { return ends_with(text, phrase); });
}

bool is_one_of(std::string_view text, const Forms& forms) {
  return std::ranges::any_of(forms.utf8, [&](const std::string& phrase) { return text == phrase; });
}

int count_all(std::string_view text, const Forms& forms) {
  int count = 0;
  for (const std::string& phrase : forms.utf8)
    for (std::size_t at = text.find(phrase); at != std::string_view::npos;
         at = text.find(phrase, at + phrase.size()))
      count += is_whole(text, at, phrase) ? 1 : 0;
  return count;
}

// A heading may stand in ornaments: "## FAQ", "【まとめ】", "■ 마무리", "Conclusion:".
std::string_view stripped(std::string_view text) {
  constexpr std::string_view kMarks[] = {" ",  "#", "*", "■", "◆", "▼", "▶", "●", "【", "】", "[",
                                         "]",  "<", ">", "(", ")", "-", "_", "=", ":",  "!",  "「",
                                         "」", "※", "☆", "★", "♪", "📌", "✅", "💬", "~",  "…",  "."};
  for (bool moved = true; moved && !text.empty();) {
    moved = false;
    for (const auto ornament : kMarks) {
      if (text.starts_with(ornament)) text.remove_prefix(ornament.size()), moved = true;
      if (text.ends_with(ornament)) text.remove_suffix(ornament.size()), moved = true;
    }
  }
  return text;
}

// "2024-03-01", "2024.3.1", "2024年3月1日", "march 3, 2024" standing alone or nearly so.
bool is_date_line(const WordLists& words, std::string_view text) {
  std::size_t digits = 0;
  std::size_t others = 0;
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c)))
      ++digits;
    else if (std::isalpha(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0xC0)
      ++others;
  }
  if (digits < 5 || digits > 16 || others > 12) return false;
  if (others == 0) return text.find_first_of(".-/") != std::string_view::npos;
  if (contains(text, "年") && contains(text, "月")) return true;
  if (contains(text, "년") && contains(text, "월")) return true;
  return contains_any(text, words["month anywhere"]);
}

// The label before a colon, without ornaments; "" when there is none near the beginning.
std::string_view label_of(std::string_view folded) {
  const std::size_t colon = folded.find(':');
  if (colon == std::string_view::npos || colon > 30) return {};
  return stripped(folded.substr(0, colon));
}

std::size_t take_digits(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at]))) ++at;
  return at - begin;
}

}  // namespace

bool is_caption_phrase(const WordLists& words, std::string_view folded) {
  return contains_any(folded, words["caption anywhere"]) || starts_any(folded, words["caption start"]) ||
         ends_any(folded, words["caption end"]);
}

bool is_noise_phrase(const WordLists& words, std::string_view folded) {
  const std::string_view text = stripped(folded);
  return text.empty() || is_one_of(text, words["noise whole"]) || starts_any(text, words["noise start"]) ||
         (folded.starts_with("http") && folded.find(' ') == std::string_view::npos);
}

bool announces_related(const WordLists& words, std::string_view folded) {
  return folded.size() <= 120 && contains_any(folded, words["related anywhere"]);
}

bool is_noise_sentence(const WordLists& words, std::string_view folded) {
  return starts_any(stripped(folded), words["noise sentence start"]);
}

bool is_byline_phrase(const WordLists& words, std::string_view folded) {
  return starts_any(stripped(folded), words["byline start"]) ||
         contains_any(folded, words["byline anywhere"]) || is_date_line(words, folded);
}

bool is_contents_phrase(const WordLists& words, std::string_view folded) {
  const std::string_view text = stripped(folded);
  return std::ranges::any_of(
      words["contents whole"].utf8, [&](const std::string& phrase) {  // "contents [hide]"
        return text == phrase || (text.starts_with(phrase) && text.size() < phrase.size() + 14 &&
                                  text.find('[') != std::string_view::npos);
      });
}

bool is_closing_phrase(const WordLists& words, std::string_view folded) {
  const std::string_view text = stripped(folded);
  if (starts_any(text, words["closing start"])) return true;
  return text.size() < 120 && ends_any(text, words["closing end"]);
}

bool is_tail_phrase(const WordLists& words, std::string_view folded) {
  const std::string_view text = stripped(folded);
  if (is_one_of(text, words["tail whole"])) return true;
  return std::ranges::any_of(words["tail whole"].utf8, [&](const std::string& phrase) {
    // One-word phrases ("tags", "author") head a tail only when they stand alone.
    return phrase.size() >= 8 && starts_with(text, phrase) && text.size() < phrase.size() + 40;
  });
}

bool is_closing_sentence(const WordLists& words, std::string_view folded) {
  return contains_any(folded, words["closing sentence anywhere"]);
}

bool is_author_sentence(const WordLists& words, std::string_view folded) {
  return contains_any(folded, words["author sentence anywhere"]);
}

bool is_question(const WordLists& words, std::string_view folded) {
  const bool mark = folded.ends_with('?') || folded.ends_with("?」") || folded.ends_with("?\"");
  if (folded.starts_with("q.") || folded.starts_with("q:") || folded.starts_with("q1")) return true;
  if (!mark) return false;
  return starts_any(folded, words["question start"]) || ends_any(folded, words["question end"]) ||
         folded.size() > 60;
}

bool is_label(const WordLists& words, std::string_view folded) {
  return is_one_of(stripped(folded), words["label whole"]);
}

std::string_view artist_label_value(const WordLists& words, std::string_view line) {
  std::size_t colon = line.find(':');
  std::size_t width = 1;
  if (const std::size_t wide = line.find("："); wide < colon) colon = wide, width = 3;
  if (colon == std::string_view::npos || colon > 30) return {};
  std::string label(stripped(line.substr(0, colon)));
  for (char& c : label) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (!is_one_of(label, words["artist label whole"])) return {};
  std::string_view value = line.substr(colon + width);
  while (value.starts_with(' ')) value.remove_prefix(1);
  return value;
}

bool is_fact_line(const WordLists& words, std::string_view folded) {
  return is_one_of(label_of(folded), words["fact label whole"]);
}

bool ends_politely(const WordLists& words, std::string_view folded) {
  constexpr std::string_view kEmoticons[] = {"^", ":)", ";)", "~", "!", "♡", "♥", "♪",
                                             ".", "…",  " ",  "(", ")", "_", "-"};
  const auto cut = [&](std::string_view ending) {
    if (!folded.ends_with(ending)) return false;
    folded.remove_suffix(ending.size());
    return true;
  };
  while (std::any_of(std::begin(kEmoticons), std::end(kEmoticons), cut) ||
         std::ranges::any_of(words["laughter end"].utf8, cut)) {
  }
  return ends_any(folded, words["polite end"]);
}

KindWords count_kind_words(const WordLists& words, std::string_view folded) {
  return {count_all(folded, words["song anywhere"]), count_all(folded, words["film anywhere"]),
          count_all(folded, words["drama anywhere"])};
}

bool has_list_word(const WordLists& words, std::string_view folded) {
  return contains_any(folded, words["list anywhere"]);
}

bool has_list_ending(const WordLists& words, std::string_view folded) {
  return ends_any(stripped(folded), words["list end"]);
}

bool has_range(std::string_view folded) {
  for (std::size_t i = folded.find('('); i != std::string_view::npos; i = folded.find('(', i + 1)) {
    std::size_t at = i + 1;
    if (take_digits(folded, at) == 0) continue;
    const std::string_view rest = folded.substr(at);
    if (rest.starts_with('-') || rest.starts_with('~'))
      ++at;
    else if (rest.starts_with("〜"))
      at += 3;
    else
      continue;
    if (take_digits(folded, at) > 0 && at - i < 10)
      return at - i <= 4 || folded.find(')', at) != std::string_view::npos;
  }
  return false;
}

bool contains_phrase(std::string_view folded, const Forms& forms) { return contains_any(folded, forms); }
bool starts_with_phrase(std::string_view folded, const Forms& forms) { return starts_any(folded, forms); }
bool ends_with_phrase(std::string_view folded, const Forms& forms) { return ends_any(folded, forms); }

}  // namespace nunmul
