// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/korean_lexicon.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace nunmul {
namespace {

// The kinds of words in ko.dic, which are the numbers of hunspell's affix classes.
constexpr unsigned kNounKinds[] = {8, 10, 19, 20, 21, 22, 23, 25, 28};
constexpr unsigned kOtherKinds[] = {0, 9, 11, 12, 13, 14, 15, 16, 17, 18, 24, 26, 27, 29, 67};
constexpr unsigned kFirstVerbKind = 33, kLastVerbKind = 66;

struct VerbKind {
  unsigned kind;
  KoreanVerbClass verb_class;
};
constexpr VerbKind kIrregularKinds[] = {
    {50, KoreanVerbClass::Reo},    {51, KoreanVerbClass::Reo},    {52, KoreanVerbClass::Reu},
    {53, KoreanVerbClass::Reu},    {54, KoreanVerbClass::U},      {55, KoreanVerbClass::Digeut},
    {56, KoreanVerbClass::Bieup},  {57, KoreanVerbClass::Bieup},  {58, KoreanVerbClass::BieupO},
    {59, KoreanVerbClass::BieupO}, {60, KoreanVerbClass::Siot},   {61, KoreanVerbClass::Siot},
    {62, KoreanVerbClass::Hieut},  {63, KoreanVerbClass::HieutAe}};

constexpr std::u32string_view kEmptyVerbs[] = {U"이다", U"있다", U"하다", U"되다", U"않다", U"아니다"};

constexpr std::size_t kMaxWord = 16;  // syllables; longer ones are no form of one verb

bool contains(const auto& list, const auto& value) {
  return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

std::uint64_t next_hash(std::uint64_t hash, char32_t code) { return (hash ^ code) * 0x100000001B3; }
constexpr std::uint64_t kEmptyHash = 0xCBF29CE484222325;
std::uint64_t hash_of(std::u32string_view word) {
  std::uint64_t hash = kEmptyHash;
  for (const char32_t code : word) hash = next_hash(hash, code);
  return hash;
}

// Conjoining jamo to syllables; nothing if there is anything else.
std::u32string composed(std::string_view jamo) {
  std::u32string word;
  for (std::size_t at = 0; at < jamo.size();) {
    const DecodedChar next = decode_utf8(jamo, at);
    at += next.length;
    if (next.code >= 0x1100 && next.code <= 0x1112)
      word.push_back(syllable_of({next.code - 0x1100, 0, 0}));
    else if (next.code >= 0x1161 && next.code <= 0x1175 && !word.empty())
      word.back() = with_vowel(word.back(), next.code - 0x1161);
    else if (next.code >= 0x11A8 && next.code <= 0x11C2 && !word.empty())
      word.back() = with_final(word.back(), next.code - 0x11A7);
    else if (is_syllable(next.code))
      word.push_back(next.code);
    else
      return {};
  }
  return word;
}

KoreanVerbClass class_of(unsigned kind) {
  for (const VerbKind& row : kIrregularKinds)
    if (row.kind == kind) return row.verb_class;
  return KoreanVerbClass::Regular;
}

// HangulStemmer takes this off as an ending already.
bool is_noun_with_verb(std::u32string_view word) {
  return word.size() >= 4 && (word.ends_with(U"하다") || word.ends_with(U"되다"));
}

}  // namespace

KoreanLexicon::KoreanLexicon(std::string_view word_list) {
  while (!word_list.empty()) {
    const std::size_t end = std::min(word_list.find('\n'), word_list.size());
    const std::string_view line = word_list.substr(0, end);
    word_list.remove_prefix(std::min(end + 1, word_list.size()));
    const std::size_t slash = line.find('/');
    unsigned kind = 0;
    if (slash != std::string_view::npos)
      for (std::size_t at = slash + 1; at < line.size() && line[at] >= '0' && line[at] <= '9' && kind < 1000;
           ++at)
        kind = 10 * kind + static_cast<unsigned>(line[at] - '0');
    const bool inflected_form = kind >= 2 && kind <= 7;
    if (!inflected_form) add(composed(line.substr(0, slash)), kind);
  }
  std::sort(nouns_.begin(), nouns_.end());
  std::sort(other_words_.begin(), other_words_.end());
  add_stems();
}

void KoreanLexicon::add(const std::u32string& word, unsigned kind) {
  if (word.empty() || word.size() > kMaxWord) return;
  if (contains(kNounKinds, kind))
    nouns_.push_back(hash_of(word));
  else if (contains(kOtherKinds, kind))
    other_words_.push_back(hash_of(word));
  else if (kind >= kFirstVerbKind && kind <= kLastVerbKind && !is_noun_with_verb(word))
    verbs_.push_back({word, class_of(kind)});
}

void KoreanLexicon::add_stems() {
  std::sort(verbs_.begin(), verbs_.end(), [](const Verb& a, const Verb& b) { return a.word < b.word; });
  for (std::uint32_t number = 0; number < verbs_.size(); ++number)
    for (const ShapedStem& stem : korean_verb_stems(verbs_[number].word, verbs_[number].verb_class)) {
      stems_.push_back({hash_of(stem.text), number, stem.shape});
      first_syllables_[stem.text.front() - kFirstSyllable] = true;
    }
  std::sort(stems_.begin(), stems_.end());
}

bool KoreanLexicon::has_noun(std::u32string_view word) const {
  return std::binary_search(nouns_.begin(), nouns_.end(), hash_of(word));
}

bool KoreanLexicon::has_other_word(std::u32string_view word) const {
  return std::binary_search(other_words_.begin(), other_words_.end(), hash_of(word));
}

// One syllable behind one is more often a particle (배가) than a verb, but for these (써봐).
bool KoreanLexicon::is_joined(std::u32string_view before, std::u32string_view word) const {
  constexpr std::u32string_view kShort = U"봐줘둬놔";
  if (before.size() == 1 && word.size() == 1 && kShort.find(word) == std::u32string_view::npos) return false;
  std::vector<std::uint32_t> second;
  find_verbs(word, true, second);
  return !second.empty();
}

// One syllable is a form of many verbs and most often none; 큰 and 써 are. What is a noun too is one, as 가게
// and 사고 are, but for 파란 and for the verb itself.
bool KoreanLexicon::is_plain_form(const Stem& stem, std::u32string_view word) const {
  const std::u32string& verb = verbs_[stem.verb].word;
  const bool contracted = stem.shape == StemShape::Infinitive && !verb.starts_with(word);
  if (word.size() == 1 && stem.shape != StemShape::Adnominal && !contracted) return false;
  const bool like_verb = word == verb || (stem.shape == StemShape::Adnominal && word.size() > 1);
  return like_verb || !(has_noun(word) || has_other_word(word));
}

// The verbs of which the word is a form; with `joined`, only those that stand behind others.
void KoreanLexicon::find_verbs(std::u32string_view word, bool joined,
                               std::vector<std::uint32_t>& found) const {
  std::uint64_t hash = kEmptyHash;
  for (std::size_t length = 1; length <= word.size(); ++length) {
    hash = next_hash(hash, word[length - 1]);
    const std::u32string_view tail = word.substr(length);
    const auto [first, last] = std::equal_range(stems_.begin(), stems_.end(), Stem{hash});
    for (auto stem = first; stem != last; ++stem) {
      if (joined && !is_joined_verb(verbs_[stem->verb].word)) continue;
      bool fits = takes_tail(stem->shape, tail);
      if (!fits && !joined)
        for (const std::size_t lead : joins_verb(stem->shape, tail))
          fits = fits || is_joined(word.substr(0, length), tail.substr(lead));
      if (fits && (joined || is_plain_form(*stem, word))) found.push_back(stem->verb);
    }
  }
}

std::vector<std::string> KoreanLexicon::verbs_of(std::u32string_view word) const {
  std::vector<std::string> verbs;
  if (empty() || word.empty() || word.size() > kMaxWord || !is_syllable(word.front())) return verbs;
  std::vector<std::uint32_t> found;
  if (first_syllables_[word.front() - kFirstSyllable]) find_verbs(word, false, found);
  if (found.empty() && !has_noun(word))
    if (const std::u32string base = verb_by_tail(word); !base.empty()) verbs.push_back(to_utf8(base));
  for (const std::uint32_t verb : found) {
    const std::u32string& word_of_verb = verbs_[verb].word;
    std::string base = to_utf8(word_of_verb);
    if (!contains(kEmptyVerbs, word_of_verb) && !contains(verbs, base)) verbs.push_back(std::move(base));
  }
  return verbs;
}

std::u32string KoreanLexicon::first_syllables_of(std::string_view verb) const {
  const std::u32string word = to_utf32(verb);
  std::u32string firsts = word.substr(0, 1);
  auto known =
      std::lower_bound(verbs_.begin(), verbs_.end(), word,
                       [](const Verb& one, const std::u32string& wanted) { return one.word < wanted; });
  for (; known != verbs_.end() && known->word == word; ++known)
    for (const ShapedStem& stem : korean_verb_stems(known->word, known->verb_class))
      if (firsts.find(stem.text.front()) == std::u32string::npos) firsts.push_back(stem.text.front());
  return firsts;
}

std::size_t KoreanLexicon::end_of_noun_over(std::u32string_view word, std::size_t stem) const {
  for (std::size_t begin = 0; begin < stem && !empty(); ++begin)
    for (std::size_t end = word.size(); end > stem && end - begin >= 2; --end)
      if (has_noun(word.substr(begin, end - begin))) return end;
  return stem;
}

}  // namespace nunmul
