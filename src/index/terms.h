// SPDX-License-Identifier: GPL-2.0-or-later
// The terms in Xapian. Prefixes and the wdf code are written here and nowhere else; a change here
// needs a new kSchemaVersion. No positions, values, or document data are kept in Xapian. The spellings of
// names (FineKey to Initials) are many and rare, so their postings stand beside the vocabulary instead,
// where they cost a fraction (vocabulary.h); a query names them by the same terms.
//   family        prefix  example      made from            weight (query)
//   LatinStem     L       Lrain        every field          1
//   HangulStem    W       W윤하        every field          0.3
//   HangulBigram  B       B윤하        every field          1
//   HanWord       H       H涙          every field          1
//   HanBigram     G       G涙の        every field          1
//   Kanji         U       U涙          every field          0.4
//   FineKey       F       Fonha        name fields          0.5
//   Skeleton      S       Sjnkjn       name fields          0.15
//   KeySequence   J       Jdbsgk       name fields          1
//   Initials      C       Cㅇㅎ        name fields          1
//   Reading       R       Rなみ        name fields          1, for kana and romaji queries
//   HanjaStem     K       K소녀시대    name fields          0.5
//   Concept       X       Xbreakup     every field          0.3
//   Name          A       Asnsd        every field          1
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "text/token.h"

namespace nunmul {

constexpr std::uint32_t kSchemaVersion = 4;

constexpr std::array<char, kFamilyCount> kFamilyPrefix{'L', 'W', 'B', 'H', 'G', 'U', 'F', 'S', 'J', 'C', 'R', 'K', 'X', 'A'};

// Longer values are cut, on a character border; Xapian refuses terms above 245 bytes.
constexpr std::size_t kMaxTermBytes = 180;

inline std::string_view term_value(std::string_view value) {
  std::size_t length = std::min(value.size(), kMaxTermBytes);
  while (length < value.size() && length > 0 && (static_cast<unsigned char>(value[length]) & 0xC0) == 0x80)
    --length;
  return value.substr(0, length);
}

inline std::string term_of(Family family, std::string_view value) {
  value = term_value(value);
  std::string term;
  term.reserve(value.size() + 1);
  term += kFamilyPrefix[static_cast<std::size_t>(family)];
  term += value;
  return term;
}

// The families whose postings stand beside the vocabulary, numbered from 0 by spelling_number().
inline constexpr std::array kSpellingFamilies{Family::FineKey, Family::Skeleton, Family::KeySequence, Family::Initials};
constexpr bool is_spelling(Family family) { return family >= Family::FineKey && family <= Family::Initials; }
constexpr std::size_t spelling_number(Family family) {
  return static_cast<std::size_t>(family) - static_cast<std::size_t>(Family::FineKey);
}

// A posting's wdf carries a code instead of a count, which the weighting scheme decodes: how often the
// term stands in name fields and in body fields, and how long the document is in terms of this family.
// Kept to ten bits, since Xapian adds wdfs up in 32 bits.
struct PostingCode {
  std::uint32_t name_count = 0;  // 0 to 3, more count as 3
  std::uint32_t body_count = 0;  // 0 to 7 and then by steps, see body_step
  std::uint32_t length = 0;      // a length step, see length_step
};

constexpr std::uint32_t kNameSteps = 4;
constexpr std::uint32_t kBodySteps = 8;
constexpr std::uint32_t kLengthSteps = 32;
constexpr std::uint32_t kPostingCodes = kNameSteps * kBodySteps * kLengthSteps;

// What a body step stands for, and the step of a count.
constexpr std::array<float, kBodySteps> kBodyStepCount{0, 1, 2, 3, 4, 6, 10, 20};
constexpr std::uint32_t body_step(std::uint32_t count) {
  if (count <= 4) return count;
  return count <= 7 ? 5 : count <= 14 ? 6 : 7;
}

// Lengths in steps of a factor of 2^(3/8): 1, 1.3, 1.68 … up to about 3,100.
std::uint32_t length_step(std::uint32_t length);
float length_of_step(std::uint32_t step);

// A wdf is never 0.
constexpr std::uint32_t wdf_of(const PostingCode& code) {
  return 1 + (code.name_count | code.body_count << 2 | code.length << 5);
}
constexpr PostingCode posting_code(std::uint32_t wdf) {
  const std::uint32_t bits = (wdf - 1) % kPostingCodes;
  return {bits & 3, bits >> 2 & 7, bits >> 5};
}

}  // namespace nunmul
