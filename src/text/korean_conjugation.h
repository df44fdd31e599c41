// SPDX-License-Identifier: GPL-2.0-or-later
// How Korean verbs and adjectives are inflected. A form is a stem in one of a few shapes (걷, 걸으, 걸은,
// 걸어, 걸었 of 걷다) and a tail that this shape takes (고, 면, "", 서, 습니다). The shapes of a verb follow
// from its class, of which there are ten; the tails are the same for all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

// The change at the end of a stem before a vowel. Verbs on ㄹ and ㅡ do as all of them do, and 하다 is told
// by its letters, so they are regular here.
enum class KoreanVerbClass : std::uint8_t {
  Regular,  // 먹다 먹어, 가다 가, 오다 와, 살다 사는, 쓰다 써, 하다 해
  Digeut,   // 걷다 걸어
  Bieup,    // 돕다 도와 and 춥다 추워: ㅏ and ㅗ as a table of few has it
  BieupO,   //
  Siot,     // 짓다 지어
  Hieut,    // 파랗다 파래, 허옇다 허예
  HieutAe,  // 그렇다 그래
  Reu,      // 빠르다 빨라
  Reo,      // 푸르다 푸르러
  U,        // 푸다 퍼
};

enum class StemShape : std::uint8_t {
  Plain,       // 먹, 먹으, 가: 고, 면
  Adnominal,   // 먹은, 간
  Future,      // 먹을, 갈
  Nominal,     // 먹음, 감
  Formal,      // 갑: 니다
  Infinitive,  // 먹어, 가, 와
  Past,        // 먹었, 갔: 다
};

struct ShapedStem {
  std::u32string text;
  StemShape shape = StemShape::Plain;
};

// The stems of a verb in the form that ends in 다; none for other words.
std::vector<ShapedStem> korean_verb_stems(std::u32string_view base, KoreanVerbClass verb_class);

// Whether a stem of that shape takes the tail, which may be empty. A tail that goes on with another verb (어
// + 주다, 고 + 싶다) is none of these; joins_verb() tells where that begins.
bool takes_tail(StemShape shape, std::u32string_view tail);

// How many syllables of the tail lead over to a verb written behind it: 0 in 들어|주는, 1 in 듣|고|싶은.
// Several where the tail may be read so.
std::vector<std::size_t> joins_verb(StemShape shape, std::u32string_view tail);

// The verbs of which others are followed in one word.
bool is_joined_verb(std::u32string_view base);

// The verb that a word is a form of by its tail alone (킹받았다, 털렸습니다), for words that no dictionary
// has, taken as regular; "" for words of which that cannot be said.
std::u32string verb_by_tail(std::u32string_view word);

}  // namespace nunmul
