// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/sentence.h"

#include <algorithm>

#include "import/words/characters.h"
#include "import/words/glue.h"

namespace nunmul {
namespace {

constexpr std::u32string_view kTerminals = U".!?。！？…‥♪♥❤☆★؟｡";
constexpr std::size_t kLongLine = 110;  // columns: no heading is as long

// "(Should We Kiss First?)" at the end of a heading asks nothing.
std::u32string_view without_last_bracket(std::u32string_view text) {
  if (text.empty() || !is_bracket_close(text.back())) return text;
  const std::size_t open = text.find_last_of(U"([（［");
  return open == std::u32string_view::npos || open == 0 ? text : text.substr(0, open);
}

std::u32string_view without_closers(std::u32string_view text) {
  text = without_last_bracket(text);
  while (!text.empty()) {
    const char32_t c = text.back();
    const bool emoji =
        c >= 0x1F000 || (c >= 0x2600 && c <= 0x27BF && kTerminals.find(c) == std::u32string_view::npos);
    if (!is_space(c) && !is_closing(c) && !emoji) break;
    text.remove_suffix(1);
  }
  return text;
}

// Japanese and Korean sentences may leave the full stop out.
bool has_sentence_ending(const WordLists& words, std::u32string_view text) {
  return ends_with_any(text, words["sentence end"]);
}

std::size_t count_cjk(std::u32string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_cjk));
}

bool ends_in_one_of(const Forms& forms, std::u32string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_cased(text[begin - 1])) --begin;
  const std::u32string word = fold_line(text.substr(begin));
  return std::find(forms.utf32.begin(), forms.utf32.end(), word) != forms.utf32.end();
}

// In a word whose full stop ends no sentence.
bool ends_in_abbreviation(const WordLists& words, std::u32string_view text) {
  return ends_in_one_of(words["abbreviation whole"], text);
}

// A sentence boundary inside: ". The", "。", "! It".
bool has_inner_stop(const WordLists& words, std::u32string_view text) {
  for (std::size_t i = 8; i + 2 < text.size(); ++i) {
    const char32_t c = text[i];
    if ((c == U'。' || c == U'！') && is_cjk(text[i + 1])) return true;
    const bool stop = c == U'.' || c == U'!' || c == U'?';
    if (stop && text[i + 1] == U' ' && char_class(text[i - 1]) == CharClass::Lower &&
        char_class(text[i - 2]) == CharClass::Lower && char_class(text[i + 2]) == CharClass::Upper &&
        !ends_in_abbreviation(words, text.substr(0, i)))
      return true;
  }
  return false;
}

}  // namespace

std::size_t count_words(std::u32string_view text) {
  std::size_t count = 0;
  std::size_t cjk = 0;
  bool inside = false;
  for (const char32_t c : text) {
    const bool word = is_word(c) && !is_cjk(c);
    count += word && !inside ? 1 : 0;
    inside = word || (inside && (c == U'\'' || c == U'’' || c == U'-'));
    cjk += is_cjk(c) ? 1 : 0;
  }
  return count + (cjk + 1) / 2;
}

bool ends_like_sentence(std::u32string_view text) {
  const std::u32string_view bare = without_closers(text);
  return !bare.empty() && kTerminals.find(bare.back()) != std::u32string_view::npos;
}

bool ends_in_full_stop(const WordLists& words, std::u32string_view text) {
  if (text.size() < 3 || (text.back() != U'.' && text.back() != U'。')) return false;
  text.remove_suffix(1);
  if (is_cjk(text.back())) return true;
  const bool initial = is_cased(text.back()) && !is_cased(text[text.size() - 2]);
  return is_cased(text.back()) && !initial && count_words(text) > 1 && !ends_in_abbreviation(words, text);
}

namespace {

// "The knees again." is no heading, "Monsters, Inc." and "S.E.S." are.
bool is_statement(const WordLists& words, std::u32string_view text, std::u32string_view bare) {
  return bare.back() == U'.' && count_words(text) == 3 && columns(text) >= 14 &&
         !ends_in_abbreviation(words, bare.substr(0, bare.size() - 1)) && !has_strong_glue(text);
}

}  // namespace

bool is_sentence(const WordLists& words, std::u32string_view text) {
  const std::size_t width = columns(text);
  if (width > kLongLine) return true;
  const std::u32string_view bare = without_closers(text);
  if (bare.empty()) return false;
  if (kTerminals.find(bare.back()) != std::u32string_view::npos) {
    if (has_inner_stop(words, text)) return true;
    if (bare.back() == U'.' &&
        ends_in_one_of(words["abbreviation before name"], bare.substr(0, bare.size() - 1)))
      return false;  // "Title - Artist Live Ver."
    const bool stop =
        bare.back() == U'.' || bare.back() == U'。';  // titles ask and call out, but do not stop
    if (is_statement(words, text, bare)) return true;
    return count_words(text) >= (stop && !has_strong_glue(text) ? 4u : 6u) && width >= 20;
  }
  return count_cjk(bare) >= 12 && width >= 28 && has_sentence_ending(words, bare);
}

}  // namespace nunmul
