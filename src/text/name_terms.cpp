// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/name_terms.h"

#include <algorithm>
#include <array>
#include <span>
#include <unordered_set>

#include "base/utf8.h"
#include "text/han.h"
#include "text/jamo.h"
#include "text/japanese.h"
#include "text/phonetic.h"
#include "text/tokenizer.h"

namespace nunmul {
namespace {

constexpr std::size_t kMinKey = 2;  // letters; shorter keys fit too much
constexpr std::size_t kMaxTurnedWords = 4;
constexpr std::size_t kMinHanja = 2;
constexpr std::size_t kMaxHanja = 8;
constexpr std::size_t kMaxBracketedLetters = 2;  // of a bracket inside a word: f(x), (G)I-DLE

// Marks that part names if they stand between two words. A dash does so between spaces only.
constexpr std::u32string_view kPartingMarks = U"()[]{}<>\"/|,;:&+~\n（）［］「」『』【】〈〉《》“”、，。／｜";
constexpr std::u32string_view kDashes = U"-–—―";
constexpr std::array<std::string_view, 3> kPartingWords = {"feat", "ft", "featuring"};

// Surnames that Koreans read differently from the common reading of the character.
struct SurnameReading {
  char32_t character;
  char32_t reading;
};
constexpr SurnameReading kSurnames[] = {{U'金', U'김'}, {U'沈', U'심'}, {U'葉', U'섭'}};

using Words = std::span<const Token>;

bool is_parting_word(const Token& token) {
  return std::find(kPartingWords.begin(), kPartingWords.end(), token.word) != kPartingWords.end();
}

bool parts_names(std::string_view gap) {
  const std::u32string marks = to_utf32(gap);
  if (std::any_of(marks.begin(), marks.end(),
                  [](char32_t c) { return kPartingMarks.find(c) != std::u32string_view::npos; })) {
    return true;
  }
  return marks.size() >= 3 && marks.front() == U' ' && marks.back() == U' ' &&
         kDashes.find(marks[1]) != std::u32string_view::npos;
}

bool is_inside_word(std::string_view gap, const Token& before, const Token& after) {
  if (before.script != Script::Latin || after.script != Script::Latin) return false;
  if (gap == "(") return after.word.size() <= kMaxBracketedLetters;
  return gap == ")" && before.word.size() <= kMaxBracketedLetters;
}

class NameTerms {
 public:
  NameTerms(const LanguageResources& resources, std::string_view text) : resources_(resources), text_(text) {}

  std::vector<Term> of(Words tokens) {
    for (std::size_t begin = 0; begin < tokens.size();) {
      std::size_t end = begin + 1;
      while (end < tokens.size() && !begins_name(tokens, end)) ++end;
      if (begin > 0 && is_parting_word(tokens[begin]) && end - begin > 1) ++begin;
      name(tokens.subspan(begin, end - begin));
      begin = end;
    }
    return std::move(terms_);
  }

 private:
  bool begins_name(Words tokens, std::size_t at) const {
    const Token& before = tokens[at - 1];
    const Token& here = tokens[at];
    if (is_parting_word(here)) return true;
    if (here.begin == before.end) return false;
    const std::string_view gap = text_.substr(before.end, here.begin - before.end);
    return parts_names(gap) && !is_inside_word(gap, before, here);
  }

  void add(Family family, std::string value, const Token& token) {
    if (value.empty()) return;
    if (value.size() > kMaxTermValueBytes) value = utf8_prefix(value, kMaxTermValueBytes);
    std::string key(1, static_cast<char>(family));
    key += value;
    if (seen_.insert(std::move(key)).second) terms_.push_back({family, std::move(value), token.position});
  }

  void name(Words words) {
    sounds(words);
    for (std::size_t i = 0; i < words.size(); ++i) typed(words.subspan(i));
    for (std::size_t begin = 0; begin < words.size();) {
      std::size_t end = begin;
      while (end < words.size() && words[end].script == Script::Han) ++end;
      if (end > begin) characters(words.subspan(begin, end - begin));
      begin = std::max(end, begin + 1);
    }
  }

  void sounds(Words words) {
    for (const Token& word : words) {
      if (words.size() == 1 || !resources_.is_stop_word(word)) sound(fine_keys(word.word), word);
    }
    // A name beside its form in another script is two; two words may be one name (MC 몽).
    for (std::size_t begin = 0; begin < words.size();) {
      std::size_t end = begin + 1;
      while (end < words.size() && (words.size() == 2 || !changes_script(words, end))) ++end;
      if (end - begin > 1 && end - begin <= kMaxJoinedWords) whole_sound(words.subspan(begin, end - begin));
      begin = end;
    }
  }

  static bool changes_script(Words words, std::size_t at) {
    return words[at].separated && words[at].script != words[at - 1].script;
  }

  void whole_sound(Words words) {
    std::string name;
    for (const Token& word : words) (name += word.word) += ' ';
    sound(words.size() <= kMaxTurnedWords ? turned_fine_keys(name) : fine_keys(name), words[0]);
  }

  void sound(std::vector<std::string> keys, const Token& token) {
    for (std::string& key : keys) {
      add(Family::Skeleton, skeleton(key), token);
      if (key.size() >= kMinKey) add(Family::FineKey, std::move(key), token);
    }
  }

  // Adds what is typed from the first of these words on.
  void typed(Words words) {
    const Token& first = words[0];
    if (first.script == Script::Han) return;
    std::string letters;
    for (std::size_t i = 0; i < words.size() && letters.size() < kMaxTypedBytes; ++i)
      letters += words[i].word;
    std::erase(letters, '\'');
    add(Family::KeySequence, std::string(utf8_prefix(key_sequence(letters), kMaxTypedBytes)), first);
    if (first.script != Script::Hangul) return;
    add(Family::Initials, std::string(utf8_prefix(initials(letters), kMaxTypedBytes)), first);
  }

  // Neighbouring words of Han characters and kana.
  void characters(Words words) {
    readings(words);
    if (resources_.hanja().size() > 0) hanja(words);
  }

  void readings(Words words) {
    std::string letters;
    for (const Token& word : words) letters += word.word;
    const KanaReader* reader = resources_.kana_reader();
    const bool all_kana = is_all_kana(letters);
    const std::string reading = reader && !all_kana ? reader->read(letters) : to_hiragana(letters);
    reading_pairs(reading, words[0]);
    reading_pairs(without_long_vowels(reading), words[0]);
  }

  void reading_pairs(std::string_view reading, const Token& token) {
    const std::u32string kana = to_utf32(reading);
    const auto is_kana = [](char32_t c) { return is_hiragana(c) || c == kLongMark; };
    if (!kana.empty() && is_kana(kana[0]))
      add(Family::Reading, reading_start(to_utf8(std::u32string_view(kana).substr(0, 1))), token);
    if (kana.size() == 1 && is_kana(kana[0])) add(Family::Reading, std::string(reading), token);
    for (std::size_t i = 0; i + 1 < kana.size(); ++i) {
      if (is_kana(kana[i]) && is_kana(kana[i + 1]))
        add(Family::Reading, to_utf8(std::u32string_view(kana).substr(i, 2)), token);
    }
  }

  void hanja(Words words) {
    std::u32string row;
    const Token* first = nullptr;
    for (const Token& word : words) {
      const std::u32string letters = to_utf32(word.word);
      const bool all_kanji = std::all_of(letters.begin(), letters.end(), is_kanji);
      if (all_kanji) hanja_word(letters, word);
      for (const char32_t code : letters) {
        if (is_kanji(code)) {
          if (row.empty()) first = &word;
          row.push_back(code);
        } else {
          if (first) hanja_word(row, *first);
          row.clear();
        }
      }
    }
    if (first) hanja_word(row, *first);
  }

  void hanja_word(std::u32string_view word, const Token& token) {
    if (word.size() < kMinHanja || word.size() > kMaxHanja) return;
    std::u32string reading = resources_.hanja().read(word);
    add(Family::HanjaStem, to_utf8(reading), token);
    for (const SurnameReading& surname : kSurnames) {
      if (reading.empty() || word[0] != surname.character) continue;
      reading[0] = surname.reading;
      add(Family::HanjaStem, to_utf8(reading), token);
    }
  }

  const LanguageResources& resources_;
  std::string_view text_;
  std::vector<Term> terms_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

std::string whole_name(std::string_view letters) {
  return "^" + std::string(utf8_prefix(letters, kMaxTypedBytes));
}

std::string typed_letters(const std::vector<Token>& tokens) {
  std::string letters;
  for (const Token& token : tokens) letters += key_sequence(token.word);
  std::erase(letters, '\'');
  return letters;
}

std::vector<Term> name_terms(const LanguageResources& resources, std::string_view text,
                             const std::vector<Token>& tokens) {
  return NameTerms(resources, text).of(tokens);
}

}  // namespace nunmul
