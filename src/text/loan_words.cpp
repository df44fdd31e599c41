// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/loan_words.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/utf8.h"
#include "text/japanese.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

constexpr std::size_t kMinLoanLetters = 3, kMaxLoanLetters = 40, kMaxSkeletons = 4;

constexpr bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }
constexpr bool softens(char c) { return c == 'e' || c == 'i' || c == 'y'; }

// ---- English spelling to letters that are heard.

struct Rewriting {
  std::string_view from, to;
  enum class Where : std::uint8_t { Start, Anywhere, End } where;
};
constexpr Rewriting kRewritings[] = {
    {"kn", "n", Rewriting::Where::Start},         {"wr", "r", Rewriting::Where::Start},
    {"ps", "s", Rewriting::Where::Start},         {"gn", "n", Rewriting::Where::Start},
    {"x", "z", Rewriting::Where::Start},          {"mb", "m", Rewriting::Where::End},
    {"ght", "t", Rewriting::Where::Anywhere},     {"gh", "", Rewriting::Where::End},
    {"tion", "shon", Rewriting::Where::Anywhere}, {"ssion", "shon", Rewriting::Where::Anywhere},
    {"sion", "shon", Rewriting::Where::Anywhere}, {"cian", "shon", Rewriting::Where::Anywhere},
    {"tch", "ch", Rewriting::Where::Anywhere},    {"dge", "je", Rewriting::Where::Anywhere},
    {"ture", "cher", Rewriting::Where::Anywhere}, {"ph", "f", Rewriting::Where::Anywhere},
    {"ck", "k", Rewriting::Where::Anywhere},      {"qu", "kw", Rewriting::Where::Anywhere},
    {"x", "ks", Rewriting::Where::Anywhere},      {"sch", "sk", Rewriting::Where::Start},
    {"cce", "kse", Rewriting::Where::Anywhere},   {"cci", "ksi", Rewriting::Where::Anywhere},
    {"wh", "w", Rewriting::Where::Anywhere}};

std::string heard_letters(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const auto fits = [&](const Rewriting& row) {
      if (!word.substr(at).starts_with(row.from)) return false;
      if (row.where == Rewriting::Where::Start) return at == 0;
      return row.where == Rewriting::Where::Anywhere || at + row.from.size() == word.size();
    };
    const auto row = std::find_if(std::begin(kRewritings), std::end(kRewritings), fits);
    if (row != std::end(kRewritings)) {
      out += row->to;
      at += row->from.size();
    } else {
      if (out.empty() || out.back() != word[at] || is_vowel(word[at])) out += word[at];
      ++at;
    }
  }
  return out;
}

// ---- Skeletons.

// Grows with every choice, up to kMaxSkeletons.
class Skeletons {
 public:
  void add(std::string_view classes) {
    for (std::string& one : all_) append(one, classes);
  }
  void add_either(std::string_view first, std::string_view second) {
    std::vector<std::string> others = all_;
    add(first);
    for (std::string& one : others) {
      append(one, second);
      if (all_.size() < kMaxSkeletons) all_.push_back(std::move(one));
    }
  }
  void add_vowel() {
    for (std::string& one : all_) one += '.';
  }

  // Nasals before a stop of the lips are one, and vowels were there to keep equal consonants apart.
  std::vector<std::string> settled() const {
    std::vector<std::string> out;
    for (const std::string& one : all_) {
      std::string skeleton;
      for (const char c : one) {
        if (c == '.') continue;
        if (c == 'P' && skeleton.ends_with('M')) skeleton.back() = 'N';
        skeleton += c;
      }
      if (std::find(out.begin(), out.end(), skeleton) == out.end()) out.push_back(std::move(skeleton));
    }
    return out;
  }

 private:
  static void append(std::string& skeleton, std::string_view classes) {
    for (const char c : classes)
      if (skeleton.empty() || skeleton.back() != c) skeleton += c;
  }
  std::vector<std::string> all_ = {""};
};

// The class of a letter with only one; else ' '.
constexpr char class_of(char c) {
  switch (c) {
    case 'b':
    case 'p':
    case 'f':
    case 'v':
      return 'P';
    case 'd':
    case 't':
      return 'T';
    case 'k':
    case 'q':
      return 'K';
    case 's':
    case 'z':
    case 'j':
      return 'S';
    case 'l':
      return 'L';
    case 'm':
      return 'M';
    default:
      return ' ';
  }
}

// Adds the sound at `at` and returns how many letters it has.
std::size_t add_english_sound(const std::string& word, std::size_t at, Skeletons& skeletons) {
  const char here = word[at], next = at + 1 < word.size() ? word[at + 1] : '\0';
  const bool vowel_next = is_vowel(next) || next == 'y';
  if (is_vowel(here) || here == 'y' || here == 'w') return skeletons.add_vowel(), 1;
  if (here == 'c' && next == 'h') return skeletons.add_either("S", "K"), 2;
  if (here == 's' && next == 'h') return skeletons.add("S"), 2;
  if (here == 't' && next == 'h') return skeletons.add_either("S", "T"), 2;
  if (here == 't' && (next == 's' || next == 'z')) return skeletons.add_either("TS", "S"), 2;
  if (here == 'c') return skeletons.add(softens(next) ? "S" : "K"), 1;
  if (here == 'g') return softens(next) ? skeletons.add_either("S", "K") : skeletons.add("K"), 1;
  if (here == 'r') return vowel_next ? skeletons.add("L") : void(), 1;
  if (here == 'h') return vowel_next && (at == 0 || is_vowel(word[at - 1])) ? skeletons.add("H") : void(), 1;
  if (here == 'n' && next == 'g') {
    const bool open = at + 2 < word.size() && (is_vowel(word[at + 2]) || word[at + 2] == 'l');
    const bool closed = at + 2 < word.size() && !open;
    return closed ? skeletons.add("N") : skeletons.add_either("N", "NK"), 2;
  }
  if (here == 'n') return skeletons.add("N"), 1;
  return skeletons.add(std::string(1, class_of(here))), 1;
}

constexpr std::array<std::string_view, 19> kInitialClasses = {
    "K", "K", "N", "T", "T", "L", "M", "P", "P", "S", "S", "", "S", "S", "S", "K", "T", "P", "H"};
constexpr std::string_view kFinalClasses = " KKKNNNTLKMLLLLLMPPTTNTTKTPT";

void add_hangul_classes(std::u32string_view word, Skeletons& skeletons) {
  for (const char32_t syllable : word) {
    const Syllable parts = parts_of(syllable);
    skeletons.add(kInitialClasses[parts.initial]);
    skeletons.add_vowel();
    if (parts.final != kFinalNone) skeletons.add(std::string(1, kFinalClasses[parts.final]));
  }
}

void add_kana_classes(const std::string& romaji, Skeletons& skeletons) {
  for (std::size_t at = 0; at < romaji.size();) {
    const std::string_view rest = std::string_view(romaji).substr(at);
    std::size_t length = 1;
    if (rest.starts_with("tch"))
      length = 1;
    else if (rest[0] == 'j')
      skeletons.add_either("S", "T");
    else if (rest.starts_with("tsu") || rest.starts_with("ch"))
      skeletons.add_either("S", "T"), length = 2;
    else if (rest.starts_with("sh"))
      skeletons.add("S"), length = 2;
    else if (is_vowel(rest[0]) || rest[0] == 'y' || rest[0] == 'w')
      skeletons.add_vowel();
    else if (rest[0] == 'h')
      skeletons.add("H");
    else if (rest[0] == 'g')
      skeletons.add("K");
    else if (rest[0] == 'r')
      skeletons.add("L");
    else if (rest[0] == 'n')
      skeletons.add("N");
    else
      skeletons.add(std::string(1, class_of(rest[0])));
    at += length;
  }
}

// In Hepburn letters, a long vowel twice (フロー: furoo).
std::string long_romaji(std::u32string_view katakana) {
  std::string romaji;
  for (std::size_t at = 0; at < katakana.size(); ++at) {
    const std::size_t end = std::min(katakana.find(kLongMark, at), katakana.size());
    romaji += kana_to_romaji(to_utf8(katakana.substr(at, end - at)));
    if (end < katakana.size() && !romaji.empty()) romaji += romaji.back();
    at = end;
  }
  return romaji;
}

bool is_katakana_word(std::u32string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char32_t c) { return is_katakana(c) || c == kLongMark; });
}
bool is_hangul_word(std::u32string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), is_syllable);
}

// ---- Spellings of each sound.

constexpr std::array kHangulInitials = {"g k/2 c/2",
                                        "g k/1 c/1",
                                        "n",
                                        "d t/2 th/1",
                                        "t d/1 th/1",
                                        "r l",
                                        "m",
                                        "b v p/3",
                                        "b/1 p/1",
                                        "s c sh/1 th/1 t/4 z/3",
                                        "s c th sh/2",
                                        "-",
                                        "j z g/1 s/2 d/3 ch/3",
                                        "z/1 j/1 ts/1",
                                        "ch t/3 c/4 ts/2 s/4 z/3",
                                        "k c ch/2",
                                        "t th/2",
                                        "p f",
                                        "h f/3 w/3 j/4"};
constexpr std::array kHangulVowels = {"a o/2 u/2 ar/1 e/4",
                                      "a e/1 ai/1 ea/3",
                                      "ya ia a/1 o/3",
                                      "ya ye",
                                      "er u o/1 a/1 ar/2 or/1 ur ir e/2 ou/2 io/1 ea/2 r/2 re/2",
                                      "e a/2 ea/1 ai/2 ay/2 ei/2 ie/3",
                                      "yo io/1 u/3 you ia/2 yea ea/1",
                                      "ye e/2 ie/2",
                                      "o oa/1 ow/1 au/1 aw/1 or/1 ou/2 oo/3 a/3 al/3",
                                      "wa ua o/4 oi/3",
                                      "we wa ue",
                                      "oe we o/4 oi/3",
                                      "yo io eo/2 o/3",
                                      "u oo ou/1 o/3 ew/1 ue/1 ui/2 w or/3",
                                      "wo wa/2 o/2 ur/3 our/3 war/1 wor/1",
                                      "we whe ue wa/2",
                                      "wi we/2 ui wea/2 wee",
                                      "u yu ew/1 eu/1 ou/2 iew/2 ue/1 you eau/2 -/3",
                                      "- e/2 u/3 o/2",
                                      "ui i/2",
                                      "i e/1 ee ea/1 y ie/1 ey/1 -/4"};
constexpr std::array kHangulFinals = {
    "-", "k c g/1 ch/3",   "k", "k",      "n ne/1", "n", "n", "t d/1", "l r/2 le/1",
    "k", "m me/1",         "l", "l",      "l",      "l", "l", "m",     "p b/1 f/4 v/4",
    "p", "t d/2 th/2 s/3", "t", "ng n/1", "t",      "t", "k", "t",     "p",
    "t"};

// A vowel and the syllable of one vowel behind it, which are one vowel in English.
struct VowelPair {
  unsigned first, second;  // by Unicode's numbers
  const char* spellings;
};
constexpr VowelPair kHangulPairs[] = {{0, 20, "i y igh ie ai/1 ei/2 ey/2 ye/1"},
                                      {5, 20, "a ai ay ea/2 ei e/2 ey/1 ae/2"},
                                      {0, 13, "ow ou au/1"},
                                      {8, 13, "o ow oa ou/1 oe/1"},
                                      {8, 20, "oi oy"},
                                      {20, 4, "ear eer ier ia io/1 ea/1 eo/2 ere/1 iu/2 ie/2"},
                                      {1, 20, "a ai ay ai"}};

struct SoundRow {
  std::string_view romaji;
  const char* spellings;
};
// The sounds of kana in Hepburn letters; a longer row before each that it begins with.
constexpr SoundRow kKanaSounds[] = {
    {"aa", "ar er ir/1 ur/1 a/1 or/1 al/3 ah/2 ear/2"},
    {"ii", "ee ea e i/1 y ie ey"},
    {"uu", "oo u ew ou ue ui/2 o/3"},
    {"ee", "a ai ay e/1 ea/2 ei"},
    {"oo", "o or oa ow au aw al/1 oh ore/1 our/1 a/3 oo/3 ou/1"},
    {"ai", "i y ai/1 ie igh ei/2 ye/1"},
    {"ei", "a ai ay e/1 ea/2 ei"},
    {"au", "ow ou au/2"},
    {"ou", "o ow oa ou/1"},
    {"oi", "oi oy"},
    {"ia", "ia ear/1 ier/1 ea/2 ya ere/1 io/3 eer/1"},
    {"ea", "are air ear/1 ea/1 eir/1 aya/1"},
    {"a", "a u o/2 er/1 or/1 ar/2 e/3 ou/2 ia/3 re/2"},
    {"i", "i y e/1 ee/1 ie/2 ea/2 -/3 ui/2"},
    {"u", "u - oo/1 o/3 ou/1 w e/4"},
    {"e", "e a/1 ea/1 ai/2 ie/3"},
    {"o", "o a/2 u/3 au/1 aw/2 ou/2 -/1 er/4"},
    {"sh", "sh s/1 c/2 ch/2"},
    {"ch", "ch t/2 c/3"},
    {"ts", "ts t/1 z/2"},
    {"k", "k c ch/2"},
    {"g", "g"},
    {"s", "s c th/1"},
    {"z", "z s/1 th/1"},
    {"j", "j g z/1 d/2 s/2"},
    {"t", "t th/2"},
    {"d", "d t/3 th/2"},
    {"n", "n m/1 ng/1"},
    {"h", "h w/3"},
    {"f", "f h/2 v/3"},
    {"b", "b v"},
    {"p", "p f/4"},
    {"m", "m"},
    {"y", "y i/1 -/1"},
    {"r", "r l"},
    {"w", "w -/3"},
    {"v", "v"},
};

struct SpellingTables {
  std::vector<std::vector<Spelling>> initials, vowels, finals;
  std::map<std::pair<unsigned, unsigned>, std::vector<Spelling>> pairs;
  std::vector<std::vector<Spelling>> kana;
  std::vector<std::vector<Spelling>> heard_kana;  // without silence

  SpellingTables() {
    for (const char* row : kHangulInitials) initials.push_back(parse_spellings(row));
    for (const char* row : kHangulVowels) vowels.push_back(parse_spellings(row));
    for (const char* row : kHangulFinals) finals.push_back(parse_spellings(row));
    for (const VowelPair& row : kHangulPairs) pairs[{row.first, row.second}] = parse_spellings(row.spellings);
    for (const SoundRow& row : kKanaSounds) {
      kana.push_back(parse_spellings(row.spellings));
      heard_kana.push_back(kana.back());
      std::erase_if(heard_kana.back(), [](const Spelling& spelling) { return spelling.letters.empty(); });
    }
  }
};

const SpellingTables& spelling_tables() {
  static const SpellingTables instance;
  return instance;
}

std::vector<SpellingSlot> hangul_slots(std::u32string_view word) {
  const SpellingTables& rows = spelling_tables();
  std::vector<SpellingSlot> slots;
  for (std::size_t at = 0; at < word.size(); ++at) {
    const Syllable parts = parts_of(word[at]);
    slots.push_back(&rows.initials[parts.initial]);
    if (parts.final == kFinalNone && at + 1 < word.size()) {
      const Syllable next = parts_of(word[at + 1]);
      const auto pair = rows.pairs.find({parts.vowel, next.vowel});
      if (next.initial == kInitialIeung && pair != rows.pairs.end()) {
        slots.push_back(&pair->second);
        slots.push_back(&rows.finals[next.final]);
        ++at;
        continue;
      }
    }
    slots.push_back(&rows.vowels[parts.vowel]);
    if (parts.final != kFinalNone) {
      // A final l before an initial one is the same.
      const bool again = parts.final == kFinalRieul && at + 1 < word.size() &&
                         parts_of(word[at + 1]).initial == kInitialRieul;
      if (!again) slots.push_back(&rows.finals[parts.final]);
    }
  }
  return slots;
}

// A vowel may be silent behind a consonant only (ト, but not the オ of オハイオ).
const std::vector<Spelling>& kana_spellings(std::string_view romaji, std::size_t at, std::size_t row) {
  const bool heard = is_vowel(romaji[at]) && (at == 0 || is_vowel(romaji[at - 1]));
  return heard ? spelling_tables().heard_kana[row] : spelling_tables().kana[row];
}

std::vector<SpellingSlot> kana_slots(std::string_view romaji) {
  std::vector<SpellingSlot> slots;
  for (std::size_t at = 0; at < romaji.size();) {
    const auto row = std::find_if(std::begin(kKanaSounds), std::end(kKanaSounds), [&](const SoundRow& sound) {
      return romaji.substr(at).starts_with(sound.romaji);
    });
    const bool doubled = (at > 0 && romaji[at] == romaji[at - 1] && !is_vowel(romaji[at])) ||
                         romaji.substr(at).starts_with("tch");
    const bool known = row != std::end(kKanaSounds);
    if (known && !doubled)
      slots.push_back(&kana_spellings(romaji, at, static_cast<std::size_t>(row - std::begin(kKanaSounds))));
    at += known && !doubled ? row->romaji.size() : 1;
  }
  return slots;
}

float left_over(std::string_view letters, std::size_t at) {
  const char c = letters[at], next = at + 1 < letters.size() ? letters[at + 1] : '\0';
  if (at > 0 && letters[at - 1] == c) return 0.1F;
  if (c == 'e') return next == '\0' ? 0.1F : 0.3F;
  if (c == 'r') return is_vowel(next) ? 1.0F : 0.15F;
  if (c == 'h') return 0.3F;
  if (c == 's' && next == '\0') return 0.4F;
  if (c == 'w') return 0.4F;
  if (c == 'l' && (next == 'k' || next == 'm' || next == 'f')) return 0.3F;  // talk, calm, half
  return is_vowel(c) || c == 'y' ? 0.5F : 1.0F;
}

constexpr LetterCosts kSounds = {
    [](char wanted, char found) { return is_vowel(wanted) && is_vowel(found) ? 0.6F : 1.2F; },
    [](char wanted) { return is_vowel(wanted) ? 0.6F : 1.0F; }, left_over};

}  // namespace

std::vector<std::string> english_skeletons(std::string_view word) {
  const bool letters = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!letters || word.size() < kMinLoanLetters || word.size() > kMaxLoanLetters) return {};
  const std::string heard = heard_letters(word);
  Skeletons skeletons;
  for (std::size_t at = 0; at < heard.size();) at += add_english_sound(heard, at, skeletons);
  return skeletons.settled();
}

std::vector<std::string> loan_skeletons(std::string_view word) {
  const std::u32string letters = to_utf32(word);
  Skeletons skeletons;
  if (is_hangul_word(letters))
    add_hangul_classes(letters, skeletons);
  else if (is_katakana_word(letters))
    add_kana_classes(kana_to_romaji(word), skeletons);
  else
    return {};
  return skeletons.settled();
}

std::vector<std::string> near_skeletons(const std::string& skeleton) {
  constexpr std::string_view kClasses = "KTPSLMNH";
  std::vector<std::string> near;
  for (std::size_t at = 0; at <= skeleton.size(); ++at) {
    for (const char c : kClasses) {
      std::string one = skeleton;
      one.insert(one.begin() + static_cast<std::ptrdiff_t>(at), c);
      near.push_back(std::move(one));
    }
    if (at < skeleton.size() && skeleton.size() > 1) {
      std::string one = skeleton;
      one.erase(at, 1);
      near.push_back(std::move(one));
    }
  }
  std::sort(near.begin(), near.end());
  near.erase(std::unique(near.begin(), near.end()), near.end());
  return near;
}

LoanWord::LoanWord(std::string_view word) {
  const std::u32string letters = to_utf32(word);
  constexpr std::size_t kShortHangul = 2;
  if (is_hangul_word(letters)) {
    slots_ = hangul_slots(letters);
    if (letters.size() <= kShortHangul) each_ = 2;
  } else if (is_katakana_word(letters)) {
    slots_ = kana_slots(long_romaji(letters));
  }
}

float LoanWord::distance(std::string_view english) const {
  return each_ * spelling_distance(slots_, heard_letters(english), kSounds);
}

float LoanWord::most_likely(std::string_view english) {
  constexpr float kLeast = 0.2F, kOff = 0.1F, kEachLetter = 0.11F, kMost = 1.1F;
  return std::clamp(kEachLetter * static_cast<float>(english.size()) - kOff, kLeast, kMost);
}

}  // namespace nunmul
