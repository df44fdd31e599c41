// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/han_units.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/han.h"
#include "text/japanese.h"
#include "text/numerals.h"

namespace nunmul {
namespace {

using Role = JapaneseWord::Role;

// As long as most words are that stand alone in hiragana. Dictionaries lack many of these, and cut them into
// particles.
constexpr std::size_t kOneWordLetters = 4;
// Verbs that say little by themselves.
constexpr std::array<std::string_view, 12> kLightVerbs{"する", "ある", "いる", "なる", "いう",   "よる",
                                                       "おる", "くる", "いく", "やる", "できる", "せる"};

// A run in which the dictionary sees no clear words is one up to this length.
constexpr std::size_t kUnclearLetters = 8;

bool is_all_hiragana(std::string_view text) {
  const std::u32string letters = to_utf32(text);
  return std::all_of(letters.begin(), letters.end(),
                     [](char32_t c) { return is_hiragana(c) || c == kLongMark; });
}

class Units {
 public:
  Units(const KanaReader& reader, std::string_view run, const std::vector<std::size_t>& word_ends)
      : run_(run), word_ends_(word_ends), words_(reader.words(run)) {}

  std::vector<HanUnit> units() {
    if (is_all_hiragana(run_) && is_one_word()) return {whole()};
    for (const JapaneseWord& word : words_) add(word);
    return cut_as_analyzed();
  }

 private:
  std::string_view text(std::uint32_t begin, std::uint32_t end) const {
    return run_.substr(begin, end - begin);
  }
  std::size_t letters(const JapaneseWord& word) const { return count_chars(text(word.begin, word.end)); }

  bool is_one_word() const {
    const std::size_t count = count_chars(run_);
    if (count <= kOneWordLetters) return true;
    if (count > kUnclearLetters) return false;
    bool has_word = false;
    for (const JapaneseWord& word : words_) {
      if (word.role != Role::Content) continue;
      if (letters(word) == 1 && word.base.empty()) return true;
      has_word = has_word || letters(word) > 1;
    }
    return !has_word || words_.front().role != Role::Content;
  }

  HanUnit whole() const {
    HanUnit unit{.begin = 0, .end = static_cast<std::uint32_t>(run_.size())};
    const auto ends = [](const JapaneseWord& word) { return word.role == Role::Ending; };
    if (words_.front().role == Role::Content && std::all_of(words_.begin() + 1, words_.end(), ends)) {
      unit.base = words_.front().base;
      unit.inflection = words_.front().inflection;
    }
    return unit;
  }

  // A number is one word with what it counts.
  bool goes_with_number(const JapaneseWord& word) const {
    if (units_.empty() || !is_numeral(text(units_.back().begin, units_.back().end))) return false;
    return is_numeral(text(word.begin, word.end)) || letters(word) == 1;
  }

  void add(const JapaneseWord& word) {
    const bool inflected = !units_.empty() && !units_.back().inflection.empty();
    if ((word.role == Role::Ending && inflected) || goes_with_number(word)) {
      units_.back().end = word.end;
      return;
    }
    HanUnit unit{word.begin, word.end, false, word.base, word.inflection};
    const bool kana = is_all_kana(text(word.begin, word.end));
    const bool light = std::find(kLightVerbs.begin(), kLightVerbs.end(), word.base) != kLightVerbs.end();
    unit.grammar = kana && (word.role != Role::Content || letters(word) == 1 || light);
    if (unit.grammar && !light) unit.base = unit.inflection = "";
    units_.push_back(std::move(unit));
  }

  // Whether a border is one of Han characters and katakana, or of two Han characters.
  bool is_between_characters(std::size_t at) const {
    constexpr std::size_t kBytes = 3;  // of kana and of most Han characters
    if (at < kBytes || at >= run_.size()) return false;
    const char32_t before = decode_utf8(run_, at - kBytes).code, after = decode_utf8(run_, at).code;
    return is_kanji(before) ? !is_hiragana(after) : is_kanji(after) && !is_hiragana(before);
  }

  // A number is one word, whatever the analyzer makes of it.
  bool is_inside_number(std::size_t at) const {
    return std::any_of(units_.begin(), units_.end(), [&](const HanUnit& unit) {
      return unit.begin < at && at < unit.end && is_number(unit);
    });
  }

  std::vector<HanUnit> cut_as_analyzed() const {
    std::vector<std::size_t> ends;
    for (const HanUnit& unit : units_)
      if (!is_between_characters(unit.end) || is_number(unit)) ends.push_back(unit.end);
    for (const std::size_t end : word_ends_)
      if (is_between_characters(end) && !is_inside_number(end)) ends.push_back(end);
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    std::vector<HanUnit> cut;
    std::size_t begin = 0;
    for (const std::size_t end : ends) {
      const auto whole = std::find_if(units_.begin(), units_.end(), [&](const HanUnit& unit) {
        return unit.begin == begin && unit.end == end;
      });
      cut.push_back(whole != units_.end() ? *whole
                                          : HanUnit{.begin = static_cast<std::uint32_t>(begin),
                                                    .end = static_cast<std::uint32_t>(end)});
      begin = end;
    }
    return cut;
  }

  bool is_number(const HanUnit& unit) const {
    return is_numeral(text(unit.begin, unit.begin + decode_utf8(run_, unit.begin).length));
  }

  std::string_view run_;
  const std::vector<std::size_t>& word_ends_;
  std::vector<JapaneseWord> words_;
  std::vector<HanUnit> units_;
};

}  // namespace

std::vector<HanUnit> han_units(const KanaReader* reader, std::string_view run,
                               const std::vector<std::size_t>& word_ends) {
  if (reader) return Units(*reader, run, word_ends).units();
  if (!is_all_hiragana(run) || count_chars(run) > kOneWordLetters) return {};
  return {{.begin = 0, .end = static_cast<std::uint32_t>(run.size())}};
}

}  // namespace nunmul
