// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/romanization.h"

#include <array>
#include <map>
#include <vector>

#include "text/spelling_slots.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

// By the numbers that Unicode gives to the letters of a syllable.
constexpr std::array kInitials = {"g k",
                                  "kk gg/1 k/1 g/2",
                                  "n",
                                  "d t/1",
                                  "tt dd/1 t/1 d/2",
                                  "r l",
                                  "m",
                                  "b p/1",
                                  "pp bb p b",
                                  "s sh/1",
                                  "ss s",
                                  "-",
                                  "j ch z/2",
                                  "jj j ch/1",
                                  "ch c/1 tch/1",
                                  "k c/1 kh/1",
                                  "t th/1",
                                  "p f/1 ph/1",
                                  "h"};
constexpr std::array kVowelSpellings = {"a ah/1",
                                        "ae e/2 ai/1 a/3",
                                        "ya ia/2",
                                        "yae ye/2",
                                        "eo u/1 o/2 uh/1 er/3",
                                        "e ei/2 ae/2 ay/3",
                                        "yeo yu/1 you/1 yo/2 eo/3 yuh/2",
                                        "ye e/1 yae/2 ae/3",
                                        "o oh/1 ou/2",
                                        "wa oa/2 hwa/4",
                                        "wae we/2",
                                        "oe we/2 oi/2 wae/2 o/4",
                                        "yo yoh/1 io/2",
                                        "u oo wu/1 woo/1 ou/2",
                                        "wo weo/1 won/4 uo/2",
                                        "we wae/2",
                                        "wi wee/1 ui/2",
                                        "yu yoo you/1 u/3",
                                        "eu u/2 e/3 ue/2",
                                        "ui ee/2 i/2 eui/1 hui/3 yi/3",
                                        "i ee/1 yi/2 ie/2 y/2 ea/2"};
constexpr std::array kFinals = {"-",     "k g/1 c/2 ck/2",
                                "k",     "k",
                                "n",     "n",
                                "n",     "t d/1",
                                "l r/2", "k",
                                "m",     "l",
                                "l",     "l",
                                "l",     "l",
                                "m",     "p b/1",
                                "p",     "t s/2",
                                "t s/2", "ng n/5",
                                "t",     "t",
                                "k",     "t",
                                "p",     "t"};

struct FamilyName {
  char32_t syllable;
  const char* spellings;
};
constexpr FamilyName kFamilyNames[] = {{U'이', "lee yi rhee/1 li/1 ri/2 i"},
                                       {U'박', "park bak pak"},
                                       {U'최', "choi choe choy/1"},
                                       {U'김', "kim gim"},
                                       {U'임', "lim im rim/1 yim/1"},
                                       {U'오', "oh o"},
                                       {U'서', "seo suh/1"},
                                       {U'안', "ahn an"},
                                       {U'노', "noh roh no ro/1"},
                                       {U'유', "yoo yu you/1 ryu/3 lyu/3"},
                                       {U'류', "ryu ryoo/1 lyu/1 yoo/2 yu/2 ryou/1"},
                                       {U'정', "jung jeong chung cheong/1 joung/1"},
                                       {U'조', "cho jo joe/1"},
                                       {U'구', "koo gu ku goo/1"},
                                       {U'허', "heo hur huh her/1"},
                                       {U'우', "woo u wu/1"},
                                       {U'백', "baek paik baik/1 paek/1 back/1 bek/2"},
                                       {U'여', "yeo yuh/1"},
                                       {U'양', "yang ryang/3"},
                                       {U'엄', "um eom uhm/1"},
                                       {U'장', "jang chang"},
                                       {U'전', "jeon jun chun/1 cheon/1"},
                                       {U'성', "sung seong"},
                                       {U'현', "hyun hyeon"},
                                       {U'선', "sun seon"},
                                       {U'원', "won weon/1"},
                                       {U'경', "kyung gyeong kyeong"},
                                       {U'영', "young yeong yong/3"},
                                       {U'병', "byung byeong byoung/1"},
                                       {U'명', "myung myeong"},
                                       {U'형', "hyung hyeong"},
                                       {U'승', "seung sung/2"},
                                       {U'석', "seok suk sok/3"},
                                       {U'혁', "hyuk hyeok"},
                                       {U'준', "jun joon june/1"},
                                       {U'희', "hee hui heui/1"},
                                       {U'훈', "hoon hun"},
                                       {U'운', "woon un"},
                                       {U'은', "eun un/2"},
                                       {U'연', "yeon yun/2 youn/1"},
                                       {U'윤', "yoon yun youn/1"},
                                       {U'주', "joo ju"},
                                       {U'수', "soo su"},
                                       {U'규', "kyu gyu kyoo/1"},
                                       {U'균', "kyun gyun"}};

template <std::size_t N>
std::vector<std::vector<Spelling>> parsed(const std::array<const char*, N>& rows) {
  std::vector<std::vector<Spelling>> slots;
  for (const char* row : rows) slots.push_back(parse_spellings(row));
  return slots;
}

struct RomanTables {
  std::vector<std::vector<Spelling>> initials = parsed(kInitials), vowels = parsed(kVowelSpellings),
                                     finals = parsed(kFinals);
  std::map<char32_t, std::vector<Spelling>> whole;  // syllables with spellings of their own

  RomanTables() {
    for (const FamilyName& row : kFamilyNames) whole[row.syllable] = parse_spellings(row.spellings);
  }
};

const RomanTables& roman_tables() {
  static const RomanTables instance;
  return instance;
}

constexpr LetterCosts kEachLetter = {[](char, char) { return 1.0F; }, [](char) { return 1.0F; },
                                     [](std::string_view, std::size_t) { return 1.0F; }};

}  // namespace

float romanization_distance(std::string_view letters, std::u32string_view syllables) {
  std::vector<SpellingSlot> slots;
  const RomanTables& rows = roman_tables();
  for (const char32_t syllable : syllables) {
    if (!is_syllable(syllable)) return static_cast<float>(letters.size());
    if (const auto whole = rows.whole.find(syllable); whole != rows.whole.end()) {
      slots.push_back(&whole->second);
      continue;
    }
    const Syllable parts = parts_of(syllable);
    slots.push_back(&rows.initials[parts.initial]);
    slots.push_back(&rows.vowels[parts.vowel]);
    slots.push_back(&rows.finals[parts.final]);
  }
  return spelling_distance(slots, letters, kEachLetter);
}

}  // namespace nunmul
