// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/phonetic.h"

#include <algorithm>
#include <cstdlib>

#include "base/utf8.h"
#include "text/japanese.h"
#include "text/phonetic_hangul.h"
#include "text/phonetic_latin.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxNameLetters = 100;
constexpr std::size_t kMaxKeys = 16;
constexpr std::size_t kMaxKoreanReadings = 64;
constexpr std::size_t kMaxWholeKeys = 4;
constexpr std::size_t kMaxTurnedReadings = 2;
constexpr std::size_t kMinSkeleton = 3;

enum class Alphabet { None, Latin, Hangul, Kana };

Alphabet alphabet_of(char32_t code) {
  if (code >= U'a' && code <= U'z') return Alphabet::Latin;
  if (is_syllable(code)) return Alphabet::Hangul;
  if (is_hiragana(code) || is_katakana(code) || code == kLongMark) return Alphabet::Kana;
  return Alphabet::None;
}

// Neighbouring words of one alphabet.
struct Part {
  Alphabet alphabet = Alphabet::None;
  std::vector<std::u32string> words;
};

std::vector<Part> script_parts(std::string_view name) {
  std::vector<Part> parts;
  bool begin_word = true;
  std::size_t letters = 0;
  for (std::size_t at = 0; at < name.size() && letters < kMaxNameLetters;) {
    const DecodedChar next = decode_utf8(name, at);
    at += next.length;
    const Alphabet alphabet = alphabet_of(next.code);
    if (alphabet == Alphabet::None) {
      begin_word = begin_word || next.code != U'\'';
      continue;
    }
    if (parts.empty() || parts.back().alphabet != alphabet) {
      parts.push_back({alphabet, {}});
      begin_word = true;
    }
    if (begin_word) parts.back().words.emplace_back();
    parts.back().words.back().push_back(next.code);
    begin_word = false;
    ++letters;
  }
  return parts;
}

std::vector<std::string> latin_words(const Part& part) {
  std::vector<std::string> words;
  for (const std::u32string& word : part.words) {
    const std::string bytes = to_utf8(word);
    words.push_back(part.alphabet == Alphabet::Kana ? kana_to_romaji(bytes) : bytes);
  }
  std::erase(words, std::string());
  return words;
}

bool is_romaji_vowel(char c) { return c == 'a' || c == 'i' || c == 'u' || c == 'e' || c == 'o' || c == 'y'; }

// Romaji without the vowels that only carry a foreign consonant: u, and o behind t and d, before another
// consonant and at the end (masukareedo → maskareed, paku → pak).
std::string without_loan_vowels(std::string_view romaji) {
  std::string out;
  for (std::size_t at = 0; at < romaji.size(); ++at) {
    const char here = romaji[at];
    const char before = at > 0 ? romaji[at - 1] : 'a';
    const bool carries =
        !is_romaji_vowel(before) && (here == 'u' || (here == 'o' && (before == 't' || before == 'd')));
    const bool open = at + 1 < romaji.size() && is_romaji_vowel(romaji[at + 1]);
    if (!carries || open) out += here;
  }
  return out;
}

// The words of a part in katakana, as names and words of other languages are written.
std::vector<std::string> loan_words(const Part& part) {
  std::vector<std::string> words;
  for (const std::u32string& word : part.words) {
    const std::string romaji = kana_to_romaji(to_utf8(word));
    words.push_back(is_katakana(word.front()) ? without_loan_vowels(romaji) : romaji);
  }
  std::erase(words, std::string());
  return words;
}

using Pronunciation = std::vector<std::string>;  // word by word

std::vector<Pronunciation> readings(const Part& part) {
  if (part.alphabet == Alphabet::Hangul) return read_hangul(part.words);
  const std::vector<std::string> words = latin_words(part);
  std::vector<Pronunciation> all = read_latin(words);
  if (part.alphabet != Alphabet::Kana) return all;
  const std::vector<std::string> loans = loan_words(part);
  if (loans == words) return all;
  for (Pronunciation& reading : read_latin(loans)) all.push_back(std::move(reading));
  return all;
}

void add_once(std::vector<std::string>& list, std::string value) {
  if (value.empty() || std::find(list.begin(), list.end(), value) != list.end()) return;
  list.push_back(std::move(value));
}

enum class LoanVowels { Keep, Drop };

// The spellings of a word with each ン as n and as ng.
void add_korean_spellings(std::u32string_view word, LoanVowels vowels, std::vector<std::string>& all) {
  constexpr std::size_t kMostNasals = 3;
  std::vector<std::string> spellings = {""};
  const bool hwa = word.starts_with(U"ファ");
  if (hwa) word.remove_prefix(2), spellings[0] = "hwa";
  for (std::size_t begin = 0, nasals = 0; begin <= word.size(); ++nasals) {
    const std::size_t end = std::min(word.find_first_of(U"ンん", begin), word.size());
    std::string between = kana_to_romaji(to_utf8(word.substr(begin, end - begin)));
    const bool nasal = end < word.size();
    if (vowels == LoanVowels::Drop && !between.empty()) {
      between = without_loan_vowels(between + (nasal ? "a" : ""));  // before ン a vowel carries a syllable
      if (nasal) between.pop_back();
    }
    const std::size_t size = spellings.size();
    for (std::size_t i = 0; i < size; ++i) {
      spellings[i] += between;
      if (nasal && nasals < kMostNasals) spellings.push_back(spellings[i] + "ng");
      if (nasal) spellings[i] += 'n';
    }
    begin = end + 1;
  }
  for (std::string& spelling : spellings) add_once(all, std::move(spelling));
}

// Katakana leave open of a Korean name: ン is n or ng, ファ may be hwa, and each word may or may not end
// in the vowel that only carries a consonant (パク ヘス is pak hesu).
std::vector<std::string> korean_spellings(std::u32string_view word) {
  std::vector<std::string> spellings;
  for (const LoanVowels vowels : {LoanVowels::Keep, LoanVowels::Drop})
    add_korean_spellings(word, vowels, spellings);
  return spellings;
}

std::vector<Pronunciation> korean_readings(const Part& part) {
  std::vector<std::vector<std::string>> names = {{}};
  for (const std::u32string& word : part.words) {
    std::vector<std::vector<std::string>> longer;
    for (const std::string& spelling : korean_spellings(word))
      for (const std::vector<std::string>& before : names) {
        if (longer.size() == kMaxKoreanReadings) break;
        longer.push_back(before);
        longer.back().push_back(spelling);
      }
    names = std::move(longer);
  }
  std::vector<Pronunciation> all;
  for (const std::vector<std::string>& name : names) all.push_back(read_latin(name).front());
  return all;
}

// Each reading of a part with each of the parts before it.
std::vector<Pronunciation> readings(std::string_view name) {
  std::vector<Pronunciation> all = {{}};
  for (const Part& part : script_parts(name)) {
    std::vector<Pronunciation> longer;
    for (const Pronunciation& reading : readings(part)) {
      for (const Pronunciation& before : all) {
        if (longer.size() == kMaxKeys * 2) break;
        longer.push_back(before);
        longer.back().insert(longer.back().end(), reading.begin(), reading.end());
      }
    }
    if (!longer.empty()) all = std::move(longer);
  }
  return all;
}

// The key of a reading, its words taken from `first` on and round. Doubled letters are one, and i after e
// is not heard.
std::string settled(const Pronunciation& reading, std::size_t first = 0) {
  std::string key;
  char before = 0;
  for (std::size_t i = 0; i < reading.size(); ++i) {
    for (const char letter : reading[(first + i) % reading.size()]) {
      const bool doubled = letter == before;
      before = letter;
      if (doubled || key.ends_with(letter) || (letter == 'i' && key.ends_with('e'))) continue;
      key += letter;
    }
  }
  return key;
}

}  // namespace

std::vector<std::string> fine_keys(std::string_view name) {
  std::vector<std::string> keys;
  for (const Pronunciation& reading : readings(name)) {
    if (keys.size() < kMaxKeys) add_once(keys, settled(reading));
  }
  return keys;
}

std::vector<std::string> asked_fine_keys(std::string_view name) {
  std::vector<std::string> keys = fine_keys(name);
  const std::vector<Part> parts = script_parts(name);
  if (parts.size() != 1 || parts[0].alphabet != Alphabet::Kana || !is_katakana(parts[0].words[0][0]))
    return keys;
  for (const Pronunciation& reading : korean_readings(parts[0])) add_once(keys, settled(reading));
  return keys;
}

std::vector<std::string> turned_fine_keys(std::string_view name) {
  std::vector<std::string> keys;
  const std::vector<Pronunciation> all = readings(name);
  for (const Pronunciation& reading : all) {
    if (keys.size() < kMaxWholeKeys) add_once(keys, settled(reading));
  }
  for (std::size_t i = 0; i < std::min(all.size(), kMaxTurnedReadings); ++i) {
    const std::size_t words = all[i].size();
    if (words < 2) break;
    add_once(keys, settled(all[i], 1));
    add_once(keys, settled(all[i], words - 1));
  }
  return keys;
}

std::string skeleton(std::string_view fine_key) {
  std::string out;
  for (char letter : fine_key) {
    if (letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o') continue;
    if (letter == 'N') letter = 'n';
    if (out.empty() || out.back() != letter) out += letter;
  }
  return out.size() < kMinSkeleton ? std::string() : out;
}

std::vector<std::string> skeletons(const std::vector<std::string>& keys) {
  std::vector<std::string> out;
  for (const std::string& key : keys) add_once(out, skeleton(key));
  return out;
}

}  // namespace nunmul
