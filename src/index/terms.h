// SPDX-License-Identifier: GPL-2.0-or-later
// The terms in Xapian: their families, and the wdf code. Prefixes are written here and nowhere else; a change
// of one needs a new kSchemaVersion. No positions, values, or document data are kept in Xapian. The spellings
// of names are many and rare, so their postings stand beside the vocabulary instead, where they cost a
// fraction (vocabulary.h); a query names them by the same terms.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "text/token.h"

namespace nunmul {

constexpr std::uint32_t kSchemaVersion = 6;

enum class PostingsIn : std::uint8_t { Xapian, Vocabulary };

// The evidence that a term gives of a document: that it has a word of the query or a form of it; little by
// itself; that one of its names is spelt or sounds so; that it is about it, by the site owner's
// tables.
enum class Evidence : std::uint8_t { Word, Scrap, Name, Meaning };

struct FamilyRow {
  Family family;
  char prefix;
  double weight;    // of a term in a query, as measured on judged queries
  bool has_length;  // whether the number of its terms says how long a document is
  PostingsIn postings;
  // The least rarity of terms that stand for a word: a sound, a reading, a theme or a name is worth something
  // even on a site about one singer or one mood, where it is in every document.
  double min_rarity;
  Evidence evidence;
  std::string_view name;
  std::string_view example;  // of a term
};

// In the order of Family; token.h says what the values are made from.
inline constexpr std::array<FamilyRow, kFamilyCount> kFamilies = [] {
  using enum PostingsIn;
  using enum Evidence;
  return std::array<FamilyRow, kFamilyCount>{{
      // clang-format off
      // family           prefix weight length postings   rarity evidence  name          example
      {Family::LatinStem,    'L', 1,    true,  Xapian,     0,   Word,    "LatinStem",    "Lrain"},
      {Family::HangulStem,   'W', 0.3,  true,  Xapian,     0,   Word,    "HangulStem",   "W윤하"},
      {Family::HangulBigram, 'B', 1,    true,  Xapian,     0,   Scrap,   "HangulBigram", "B윤하"},
      {Family::HangulVerb,   'V', 0.2,  true,  Xapian,     0,   Word,    "HangulVerb",   "V걷다"},
      {Family::HanWord,      'H', 1,    true,  Xapian,     0,   Word,    "HanWord",      "H涙"},
      {Family::HanBigram,    'G', 0.6,  true,  Xapian,     0,   Word,    "HanBigram",    "G涙の"},
      {Family::Kanji,        'U', 0.3,  true,  Xapian,     0,   Scrap,   "Kanji",        "U涙"},
      {Family::KanaPair,     'P', 0.5,  false, Xapian,     0,   Scrap,   "KanaPair",     "Pれも"},
      {Family::FineKey,      'F', 0.5,  false, Vocabulary, 1,   Name,    "FineKey",      "Fonha"},
      {Family::Skeleton,     'S', 0.15, false, Vocabulary, 1,   Scrap,   "Skeleton",     "Sjnkjn"},
      {Family::KeySequence,  'J', 1,    false, Vocabulary, 1,   Name,    "KeySequence",  "Jdbsgk"},
      {Family::Initials,     'C', 1,    false, Vocabulary, 1,   Name,    "Initials",     "Cㅇㅎ"},
      {Family::Reading,      'R', 0.7,  false, Xapian,     1,   Word,    "Reading",      "Rなみ"},
      {Family::HanjaStem,    'K', 0.5,  false, Xapian,     1,   Word,    "HanjaStem",    "K소녀시대"},
      {Family::Concept,      'X', 0.3,  false, Xapian,     0.5, Meaning, "Concept",      "Xbreakup"},
      {Family::Name,         'A', 1,    false, Xapian,     0.5, Meaning, "Name",         "Asnsd"},
      // clang-format on
  }};
}();

constexpr const FamilyRow& row_of(Family family) { return kFamilies[static_cast<std::size_t>(family)]; }

// Longer values are cut, on a character border; Xapian refuses terms above 245 bytes.
constexpr std::size_t kMaxTermBytes = 180;

constexpr std::string_view term_value(std::string_view value) { return utf8_prefix(value, kMaxTermBytes); }

inline std::string term_of(Family family, std::string_view value) {
  value = term_value(value);
  std::string term;
  term.reserve(value.size() + 1);
  term += row_of(family).prefix;
  term += value;
  return term;
}

constexpr bool is_spelling(Family family) { return row_of(family).postings == PostingsIn::Vocabulary; }

// The families whose postings stand beside the vocabulary, numbered from 0 by spelling_number().
inline constexpr auto kSpellingFamilies = [] {
  std::array<Family, std::count_if(kFamilies.begin(), kFamilies.end(),
                                   [](const FamilyRow& row) { return is_spelling(row.family); })>
      families{};
  std::size_t count = 0;
  for (const FamilyRow& row : kFamilies)
    if (is_spelling(row.family)) families[count++] = row.family;
  return families;
}();
constexpr std::size_t spelling_number(Family family) {
  return static_cast<std::size_t>(std::find(kSpellingFamilies.begin(), kSpellingFamilies.end(), family) -
                                  kSpellingFamilies.begin());
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

// The count that a body step stands for, and the step of a count.
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
