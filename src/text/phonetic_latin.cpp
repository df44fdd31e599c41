// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/phonetic_latin.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace nunmul {
namespace {

constexpr std::size_t kMaxReadings = 64;

enum LatinChoice : unsigned {
  kSplitNg = 1,          // Yongin as yon-gin
  kDropR = 2,            // Park as Pak, River as Rive
  kVowelsFromRight = 4,  // noeul as no-eul, not noe-ul
  kEnglishVowels = 8,    // au, ow, ou as two vowels; nk with a ng sound
  kSpellLetters = 16,    // MC as em-si; IU only if it is all of the name
  kDropSurnameL = 32,    // Lee, Lim as Yi, Im
  kSilentE = 64,         // Vibe as vib
  kLongI = 128,          // … and its i as ai; only with kSilentE
  kShortA = 256,         // Black and Gary as blek, keri
  kOpenI = 512,          // Icon as aikon
};
// The likelier first: where readings are too many, those of the last are left out.
constexpr unsigned kChoices[] = {kSpellLetters, kDropSurnameL, kSilentE,         kLongI,   kOpenI,
                                 kDropR,        kShortA,       kVowelsFromRight, kSplitNg, kEnglishVowels};

struct Sound {
  std::string_view letters;
  std::string_view key;
};

// Groups of vowel letters, a longer one before each that it begins with or ends in.
constexpr Sound kVowelGroups[] = {
    {"yeoo", "o"}, {"yeou", "o"}, {"eye", "ai"}, {"woo", "o"}, {"yeo", "o"}, {"yoo", "o"}, {"you", "o"},
    {"yae", "e"},  {"wae", "e"},  {"eui", "i"},  {"yui", "i"}, {"wee", "i"}, {"eo", "o"},  {"eu", "o"},
    {"oo", "o"},   {"ou", "o"},   {"oe", "e"},   {"oi", "e"},  {"ae", "e"},  {"ai", "e"},  {"ay", "e"},
    {"ee", "i"},   {"ea", "i"},   {"ey", "i"},   {"ie", "i"},  {"ui", "i"},  {"wi", "i"},  {"yi", "i"},
    {"ye", "e"},   {"we", "e"},   {"ya", "a"},   {"wa", "a"},  {"yo", "o"},  {"yu", "o"},  {"wo", "o"},
    {"wu", "o"},   {"au", "o"},   {"aw", "o"},   {"ow", "o"},  {"a", "a"},   {"e", "e"},   {"i", "i"},
    {"o", "o"},    {"u", "o"},    {"y", "i"},    {"w", "o"},
};

constexpr Sound kSingleVowels[] = {{"a", "a"}, {"e", "e"}, {"i", "i"}, {"o", "o"},
                                   {"u", "o"}, {"y", "i"}, {"w", "o"}};

// English sounds of two vowels that Korean writes as two syllables (Brown, 브라운).
constexpr Sound kEnglishPairs[] = {{"au", "ao"}, {"ow", "ao"}, {"ou", "ao"}, {"ai", "ai"}, {"ea", "ea"},
                                   {"ie", "ai"}, {"oe", "oe"}, {"ae", "ae"}, {"ui", "oi"}, {"eu", "eo"}};

// Two letters that are one consonant.
constexpr Sound kConsonantPairs[] = {{"sh", "s"}, {"ch", "j"}, {"ck", "k"},
                                     {"ph", "p"}, {"th", "t"}, {"rh", "l"}};

// By letter; "" for those with rules of their own.
constexpr std::array<std::string_view, 26> kConsonants = {"",  "p", "",  "t", "",  "p", "k", "", "",
                                                          "j", "k", "l", "m", "n", "",  "p", "", "l",
                                                          "s", "t", "",  "p", "",  "",  "",  "j"};

// The Korean names of the Latin letters, in letters again.
constexpr std::array<std::string_view, 26> kLetterNames = {
    "ei", "pi", "si", "di",  "i",  "epeu", "ji", "eichi", "ai",   "jei", "kei", "el",  "em",
    "en", "o",  "pi", "kyu", "al", "es",   "ti", "yu",    "beui", "deo", "eks", "wai", "ji"};

constexpr std::array<std::string_view, 7> kSurnamesWithL = {"lee", "li", "rhee", "rhie", "lim", "rim", "yi"};

// Consonants with which words of English, or of romanised Korean and Japanese, begin.
constexpr std::array<std::string_view, 44> kFirstPairs = {
    "bh", "bl", "br", "ch", "cl", "cr", "dh", "dr", "dz", "fl", "fr", "gh", "gl", "gn", "gr",
    "hr", "kh", "kl", "kn", "kr", "mc", "ng", "ph", "pl", "pr", "ps", "rh", "sc", "sh", "sk",
    "sl", "sm", "sn", "sp", "sq", "sr", "st", "sw", "th", "tr", "ts", "tw", "wh", "wr"};

constexpr bool is_vowel_or_glide(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'w';
}

template <std::size_t N>
const Sound* find_prefix(const Sound (&table)[N], std::string_view letters) {
  for (const Sound& row : table) {
    if (letters[0] == row.letters[0] && letters.starts_with(row.letters)) return &row;
  }
  return nullptr;
}

template <std::size_t N>
const Sound* find_suffix(const Sound (&table)[N], std::string_view letters) {
  for (const Sound& row : table) {
    if (letters.back() == row.letters.back() && letters.ends_with(row.letters)) return &row;
  }
  return nullptr;
}

// One reading of the words under given choices.
class LatinReader {
 public:
  explicit LatinReader(unsigned choices) : choices_(choices) {}

  std::vector<std::string> read(const std::vector<std::string>& words) {
    std::vector<std::string> pieces;
    for (std::size_t i = 0; i < words.size(); ++i) {
      out_.clear();
      may_be_surname_ = i == 0 || i + 1 == words.size();
      letters_ = spelled_letters(words[i], words.size() == 1);
      read_word(words[i]);
      pieces.push_back(out_);
    }
    return pieces;
  }

  // The choices that mattered somewhere.
  unsigned met() const { return met_; }

 private:
  static constexpr std::size_t kNoLongI = std::string::npos;

  bool take(LatinChoice choice) {
    met_ |= choice;
    return (choices_ & choice) != 0;
  }

  char at(std::size_t i) const { return i < word_.size() ? word_[i] : '\0'; }

  // How many letters at the start may be spelled: all of two letters and of consonants alone (IU, NCT), and
  // two consonants with which no word begins (CNBLUE).
  static std::size_t spelled_letters(std::string_view word, bool alone) {
    constexpr std::size_t kMostLetters = 4;
    if (word.size() <= 2 && (alone || !has_vowel(word))) return word.size();
    if (word.size() <= kMostLetters && !has_vowel(word)) return word.size();
    if (word.size() <= kMostLetters || is_vowel_or_glide(word[0]) || is_vowel_or_glide(word[1]) ||
        word[0] == word[1])
      return 0;
    const bool begins_words =
        std::find(kFirstPairs.begin(), kFirstPairs.end(), word.substr(0, 2)) != kFirstPairs.end();
    return begins_words ? 0 : 2;
  }

  static bool has_vowel(std::string_view word) {
    return std::any_of(word.begin(), word.end(), is_vowel_or_glide);
  }

  void read_word(const std::string& word) {
    long_i_ = kNoLongI;
    word_ = word;
    if (letters_ > 0 && take(kSpellLetters)) {
      for (const char letter : word.substr(0, letters_)) {
        word_ = kLetterNames[static_cast<std::size_t>(letter - 'a')];
        read_sounds();
      }
      word_ = word.substr(letters_);
      if (word_.empty()) return;
    }
    if (may_be_surname_) drop_surname_l();
    drop_silent_e();
    read_sounds();
  }

  void read_sounds() {
    for (std::size_t i = 0; i < word_.size();) i = read_sound(i);
  }

  void drop_surname_l() {
    const bool known = std::find(kSurnamesWithL.begin(), kSurnamesWithL.end(), word_) != kSurnamesWithL.end();
    if (known && take(kDropSurnameL)) word_.erase(0, word_.starts_with("rh") ? 2 : 1);
    // Roh is said Noh, Ryu often Yoo.
    if ((word_ == "roh" || word_ == "ro") && take(kDropSurnameL)) word_[0] = 'n';
    if ((word_ == "ryu" || word_ == "ryoo") && take(kDropSurnameL)) word_.erase(0, 1);
  }

  void drop_silent_e() {
    const std::size_t size = word_.size();
    if (size <= 2 || word_[size - 1] != 'e') return;
    const char before = word_[size - 2];
    const bool after_vowel = is_vowel_or_glide(word_[size - 3]);
    // Silent in vibe, dance and blue.
    if (is_vowel_or_glide(before) ? before != 'u' || after_vowel : !after_vowel && before != 'c') return;
    if (!take(kSilentE)) return;
    word_.pop_back();
    if (word_.back() == 'c') word_.back() = 's';  // it was soft before e
    if (word_.back() == 'g') word_.back() = 'j';
    if (word_[size - 3] == 'i' && take(kLongI)) long_i_ = size - 3;
  }

  // Each takes the sound at `i` if it is of its kind, and returns where the next one begins.
  std::size_t read_sound(std::size_t i) {
    const char here = at(i);
    const char next = at(i + 1);
    if (here == 'w' && next == 'h') return put("h", i + 2);
    if (here == 'w' && next == 'r') return i + 1;
    if (here == 'w' && i + 1 == long_i_) return i + 1;  // a glide, as in twice
    if (i == long_i_) return put("ai", i + 1);
    if (is_vowel_or_glide(here)) return read_vowels(i);
    if (here == 'n' && next == 'g') return read_ng(i);
    if (here == 'n' && next == 'k' && take(kEnglishVowels)) return put("Nk", i + 2);
    if (here == 'g' && next == 'h') return read_gh(i);
    if (const std::size_t end = end_of_tion(i); end > 0 && take(kEnglishVowels)) return put("son", end);
    if (const Sound* pair = find_prefix(kConsonantPairs, std::string_view(word_).substr(i)))
      return put(pair->key, i + 2);
    return read_consonant(i, here, next);
  }

  std::size_t put(std::string_view key, std::size_t next) {
    out_ += key;
    return next;
  }

  std::size_t read_vowels(std::size_t i) {
    std::size_t end = i;
    while (end < word_.size() && is_vowel_or_glide(word_[end]) && end != long_i_) ++end;
    const std::string_view group = std::string_view(word_).substr(i, end - i);
    if (group.back() == 'i' && at(end) == 'g' && at(end + 1) == 'h' && !is_vowel_or_glide(at(end + 2))) {
      return put("ai", end + 2);  // high, night
    }
    if (at(end) == 'r' && !is_vowel_or_glide(at(end + 1)) && (group == "e" || group == "i" || group == "u") &&
        take(kDropR)) {
      return put("o", end + 1);  // river, girl, burn
    }
    if (group == "a" && (is_closed(end) || at(end) == 'r') && take(kShortA)) return put("e", end);
    if (group == "i" && i == 0 && is_open(end) && take(kOpenI)) return put("ai", end);
    read_group(group);
    return end;
  }

  // Whether consonants from `at` on close the syllable before them.
  bool is_closed(std::size_t at) const {
    return at < word_.size() && (at + 1 == word_.size() || !is_vowel_or_glide(word_[at + 1]));
  }

  // Whether the consonant at `at` begins the next syllable.
  bool is_open(std::size_t at) const {
    return at + 1 < word_.size() && !is_vowel_or_glide(word_[at]) && is_vowel_or_glide(word_[at + 1]);
  }

  void read_group(std::string_view group) {
    if (group.size() == 1) {
      out_ += find_prefix(kSingleVowels, group)->key;
      return;
    }
    const std::string from_left = group_from_left(group);
    const std::string from_right = group_from_right(group);
    out_ += from_left != from_right && take(kVowelsFromRight) ? from_right : from_left;
  }

  std::string group_from_left(std::string_view group) {
    std::string key;
    while (!group.empty()) {
      const Sound* sound = find_prefix(kEnglishPairs, group);
      if (!sound || !take(kEnglishVowels)) sound = find_prefix(kVowelGroups, group);
      key += sound->key;
      group.remove_prefix(sound->letters.size());
    }
    return key;
  }

  static std::string group_from_right(std::string_view group) {
    std::string reversed;
    while (!group.empty()) {
      const Sound* sound = find_suffix(kVowelGroups, group);
      reversed.append(sound->key.rbegin(), sound->key.rend());
      group.remove_suffix(sound->letters.size());
    }
    return {reversed.rbegin(), reversed.rend()};
  }

  std::size_t read_ng(std::size_t i) {
    if (is_vowel_or_glide(at(i + 2)) && take(kSplitNg)) return put("nk", i + 2);
    return put("N", at(i + 2) == 'g' ? i + 3 : i + 2);
  }

  // Behind an ending that English speaks as shon (emotion, musician), or 0.
  std::size_t end_of_tion(std::size_t i) const {
    constexpr std::array<std::string_view, 4> kEndings = {"tion", "ssion", "sion", "cian"};
    const std::string_view rest = std::string_view(word_).substr(i);
    for (const std::string_view ending : kEndings)
      if (i > 0 && rest.starts_with(ending) &&
          (rest.size() == ending.size() || rest.substr(ending.size()) == "s"))
        return i + ending.size();
    return 0;
  }

  std::size_t read_gh(std::size_t i) {
    const bool silent = i > 0 && is_vowel_or_glide(at(i - 1)) && !is_vowel_or_glide(at(i + 2));
    return silent ? i + 2 : put("k", i + 2);
  }

  std::size_t read_consonant(std::size_t i, char here, char next) {
    switch (here) {
      case 'c':
        return put(next == 'e' || next == 'i' || next == 'y' ? "s" : "k", i + 1);
      case 'x':
        return put("ks", i + 1);
      case 'q':
        return put("k", next == 'u' ? i + 2 : i + 1);
      case 'h':
        return i > 0 && is_vowel_or_glide(at(i - 1)) && !is_vowel_or_glide(next) ? i + 1 : put("h", i + 1);
      case 'r':
        if (!is_vowel_or_glide(next) && take(kDropR)) return i + 1;
        break;
      default:
        break;
    }
    return put(kConsonants[static_cast<std::size_t>(here - 'a')], i + 1);
  }

  const unsigned choices_;
  unsigned met_ = 0;
  std::string word_;
  bool may_be_surname_ = false;
  std::size_t letters_ = 0;  // that may be spelled, from the word's start
  std::size_t long_i_ = kNoLongI;
  std::string out_;
};

}  // namespace

// From the plainest reading on, each choice that mattered is taken the other way as well; what a choice
// brings up is met in turn.
std::vector<std::vector<std::string>> read_latin(const std::vector<std::string>& words) {
  std::vector<std::vector<std::string>> readings;
  std::vector<unsigned> reached = {0};
  for (std::size_t i = 0; i < reached.size() && i < kMaxReadings; ++i) {
    LatinReader reader(reached[i]);
    std::vector<std::string> reading = reader.read(words);
    if (std::find(readings.begin(), readings.end(), reading) == readings.end())
      readings.push_back(std::move(reading));
    for (const unsigned choice : kChoices) {
      const unsigned next = reached[i] | choice;
      if (!(reader.met() & choice) || next == reached[i]) continue;
      if (std::find(reached.begin(), reached.end(), next) == reached.end()) reached.push_back(next);
    }
  }
  return readings;
}

}  // namespace nunmul
