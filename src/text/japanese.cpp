// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/japanese.h"

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include "base/utf8.h"

namespace nunmul {
namespace {

// Consonants before each of the vowels a i u e o. Empty where there is no such syllable. Of several
// rows with one kana the first is the Hepburn one.
struct RomajiRow {
  std::string_view consonants;
  std::array<std::string_view, 5> kana;
};
constexpr std::string_view kVowels = "aiueo";
constexpr RomajiRow kRomaji[] = {
    {"", {"あ", "い", "う", "え", "お"}},
    {"k", {"か", "き", "く", "け", "こ"}},
    {"g", {"が", "ぎ", "ぐ", "げ", "ご"}},
    {"s", {"さ", "し", "す", "せ", "そ"}},
    {"sh", {"しゃ", "し", "しゅ", "しぇ", "しょ"}},
    {"z", {"ざ", "じ", "ず", "ぜ", "ぞ"}},
    {"j", {"じゃ", "じ", "じゅ", "じぇ", "じょ"}},
    {"t", {"た", "ち", "つ", "て", "と"}},
    {"ch", {"ちゃ", "ち", "ちゅ", "ちぇ", "ちょ"}},
    {"ts", {"つぁ", "つぃ", "つ", "つぇ", "つぉ"}},
    {"d", {"だ", "ぢ", "づ", "で", "ど"}},
    {"n", {"な", "に", "ぬ", "ね", "の"}},
    {"h", {"は", "ひ", "ふ", "へ", "ほ"}},
    {"f", {"ふぁ", "ふぃ", "ふ", "ふぇ", "ふぉ"}},
    {"b", {"ば", "び", "ぶ", "べ", "ぼ"}},
    {"p", {"ぱ", "ぴ", "ぷ", "ぺ", "ぽ"}},
    {"m", {"ま", "み", "む", "め", "も"}},
    {"y", {"や", "", "ゆ", "", "よ"}},
    {"r", {"ら", "り", "る", "れ", "ろ"}},
    {"w", {"わ", "うぃ", "", "うぇ", "を"}},
    {"v", {"ゔぁ", "ゔぃ", "ゔ", "ゔぇ", "ゔぉ"}},
    {"ky", {"きゃ", "", "きゅ", "", "きょ"}},
    {"gy", {"ぎゃ", "", "ぎゅ", "", "ぎょ"}},
    {"sy", {"しゃ", "", "しゅ", "", "しょ"}},
    {"zy", {"じゃ", "", "じゅ", "", "じょ"}},
    {"jy", {"じゃ", "", "じゅ", "", "じょ"}},
    {"ty", {"ちゃ", "", "ちゅ", "", "ちょ"}},
    {"dy", {"ぢゃ", "", "ぢゅ", "", "ぢょ"}},
    {"ny", {"にゃ", "", "にゅ", "", "にょ"}},
    {"hy", {"ひゃ", "", "ひゅ", "", "ひょ"}},
    {"by", {"びゃ", "", "びゅ", "", "びょ"}},
    {"py", {"ぴゃ", "", "ぴゅ", "", "ぴょ"}},
    {"my", {"みゃ", "", "みゅ", "", "みょ"}},
    {"ry", {"りゃ", "", "りゅ", "", "りょ"}},
    {"th", {"", "てぃ", "", "", ""}},
    {"dh", {"", "でぃ", "", "", ""}},
};

// The vowel of each hiragana from U+3041 on; - has none.
constexpr std::string_view kVowelOf =
    "aaiiuueeoo"       // ぁ to お
    "aaiiuueeoo"       // か to ご
    "aaiiuueeoo"       // さ to ぞ
    "aaii-uueeoo"      // た to ど, with っ
    "aiueo"            // な to の
    "aaaiiiuuueeeooo"  // は to ぽ
    "aiueo"            // ま to も
    "aauuoo"           // ゃ to よ
    "aiueo"            // ら to ろ
    "aaieo"            // ゎ わ ゐ ゑ を
    "-uae";            // ん ゔ ゕ ゖ
static_assert(kVowelOf.size() == 0x3097 - 0x3041);

// Whether this kana after a syllable with that vowel only makes it longer.
constexpr bool lengthens(char32_t kana, char before) {
  switch (kana) {
    case kLongMark:
      return true;
    case U'あ':
      return before == 'a';
    case U'い':
      return before == 'i' || before == 'e';
    case U'う':
      return before == 'u' || before == 'o';
    case U'え':
      return before == 'e';
    case U'お':
      return before == 'o';
    default:
      return false;
  }
}

struct RomajiSyllable {
  std::string_view kana;
  std::size_t letters = 0;  // that make it
};

// The syllable of at most three letters at the beginning of the romaji.
std::optional<RomajiSyllable> take_syllable(std::string_view romaji) {
  const std::size_t vowel_at = romaji.find_first_of(kVowels);
  if (vowel_at == std::string_view::npos || vowel_at > 2) return std::nullopt;
  const std::size_t vowel = kVowels.find(romaji[vowel_at]);
  for (const RomajiRow& row : kRomaji) {
    if (row.consonants != romaji.substr(0, vowel_at) || row.kana[vowel].empty()) continue;
    return RomajiSyllable{row.kana[vowel], vowel_at + 1};
  }
  return std::nullopt;
}

bool is_consonant(char c) { return c >= 'a' && c <= 'z' && kVowels.find(c) == std::string_view::npos; }

// ん, っ and the long mark: what stands without a vowel.
std::optional<RomajiSyllable> take_lone_consonant(std::string_view romaji) {
  const char here = romaji[0];
  const char next = romaji.size() > 1 ? romaji[1] : '\0';
  if (here == '-') return RomajiSyllable{"ー", 1};
  if (here == 'n' && next == '\'') return RomajiSyllable{"ん", 2};
  if (here == 'n' && next == 'n' && (romaji.size() == 2 || is_consonant(romaji[2])))
    return RomajiSyllable{"ん", 2};
  if (here == 'n' && next != 'y') return RomajiSyllable{"ん", 1};
  if (here == 'm' && (next == 'b' || next == 'm' || next == 'p')) return RomajiSyllable{"ん", 1};
  if (is_consonant(here) && (here == next || (here == 't' && next == 'c'))) return RomajiSyllable{"っ", 1};
  return std::nullopt;
}

struct SpecialLetters {
  std::string_view kana;
  std::string_view letters;
};
// Where Hepburn does not follow the row of the vowel, and what has no row.
constexpr SpecialLetters kHepburn[] = {
    {"し", "shi"},  {"ち", "chi"},  {"つ", "tsu"},  {"じ", "ji"},  {"ふ", "fu"}, {"ぢ", "ji"}, {"づ", "zu"},
    {"を", "o"},    {"ん", "n"},    {"ゐ", "i"},    {"ゑ", "e"},   {"ぁ", "a"},  {"ぃ", "i"},  {"ぅ", "u"},
    {"ぇ", "e"},    {"ぉ", "o"},    {"ゃ", "ya"},   {"ゅ", "yu"},  {"ょ", "yo"}, {"ゎ", "wa"}, {"てぃ", "ti"},
    {"でぃ", "di"}, {"ぢゃ", "ja"}, {"ぢゅ", "ju"}, {"ぢょ", "jo"}};

// The letters of one or two hiragana.
std::unordered_map<std::u32string, std::string> make_hepburn() {
  std::unordered_map<std::u32string, std::string> letters;
  for (const SpecialLetters& row : kHepburn) letters.emplace(to_utf32(row.kana), row.letters);
  for (const RomajiRow& row : kRomaji)
    for (std::size_t vowel = 0; vowel < row.kana.size(); ++vowel)
      letters.emplace(to_utf32(row.kana[vowel]), std::string(row.consonants) + kVowels[vowel]);
  letters.erase(std::u32string());
  return letters;
}

}  // namespace

char vowel_of(char32_t hiragana) { return is_hiragana(hiragana) ? kVowelOf[hiragana - 0x3041] : '-'; }

std::string to_hiragana(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar next = decode_utf8(text, at);
    append_utf8(out, hiragana_of(next.code));
    at += next.length;
  }
  return out;
}

bool is_all_kana(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar next = decode_utf8(text, at);
    if (!is_hiragana(next.code) && !is_katakana(next.code) && next.code != kLongMark) return false;
    at += next.length;
  }
  return !text.empty();
}

std::string without_long_vowels(std::string_view hiragana) {
  std::string out;
  char before = '-';
  for (std::size_t at = 0; at < hiragana.size();) {
    const DecodedChar next = decode_utf8(hiragana, at);
    at += next.length;
    if (lengthens(next.code, before)) continue;
    append_utf8(out, next.code);
    before = vowel_of(next.code);
  }
  return out;
}

std::optional<std::string> romaji_to_hiragana(std::string_view latin) {
  std::string out;
  while (!latin.empty()) {
    std::optional<RomajiSyllable> syllable = take_syllable(latin);
    if (!syllable) syllable = take_lone_consonant(latin);
    if (!syllable) return std::nullopt;
    out += syllable->kana;
    latin.remove_prefix(syllable->letters);
  }
  if (out.empty()) return std::nullopt;
  return out;
}

std::vector<std::string> kana_begun_by(std::string_view consonants) {
  std::vector<std::string> kana;
  if (consonants.empty()) {
    for (char32_t code = U'ぁ'; code <= U'ん'; ++code) kana.push_back(to_utf8({&code, 1}));
    return kana;
  }
  const auto add = [&](std::string_view syllable) {
    std::string first(syllable.substr(0, decode_utf8(syllable, 0).length));
    if (!first.empty() && std::find(kana.begin(), kana.end(), first) == kana.end())
      kana.push_back(std::move(first));
  };
  for (const RomajiRow& row : kRomaji)
    if (row.consonants.starts_with(consonants))
      for (const std::string_view syllable : row.kana) add(syllable);
  if (!kana.empty() && consonants.size() == 1) add(consonants == "n" ? "ん" : "っ");
  return kana;
}

std::string kana_to_romaji(std::string_view kana) {
  static const auto hepburn =
      std::make_unique<const std::unordered_map<std::u32string, std::string>>(make_hepburn());
  const std::u32string text = to_utf32(to_hiragana(kana));
  std::string out;
  bool doubled = false;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = at + 1 < text.size() ? 2 : 1;
    auto letters = hepburn->find(text.substr(at, length));
    if (letters == hepburn->end() && length == 2) letters = hepburn->find(text.substr(at, length = 1));
    if (letters != hepburn->end()) {
      if (doubled) out += letters->second.front() == 'c' ? 't' : letters->second.front();
      out += letters->second;
    }
    doubled = text[at] == U'っ';
    at += length;
  }
  return out;
}

}  // namespace nunmul
