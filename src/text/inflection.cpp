// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/inflection.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "text/han.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

// Finals that endings add to an open syllable: ㄴ (헤어진), ㄹ (헤어질), ㅁ (헤어짐), ㅂ (헤어집니다).
constexpr unsigned kAddedFinals[] = {kFinalNieun, kFinalRieul, kFinalMieum, kFinalBieup};

// How the vowel of an open stem joins with the vowel of an ending.
struct VowelContraction {
  unsigned vowel, contracted;
};
constexpr VowelContraction kVowelContractions[] = {
    {kVowelI, kVowelYeo},  // 지다 → 져
    {kVowelA, kVowelA},    // 가다 → 가, 갔다
    {kVowelEo, kVowelEo},  // 서다 → 섰다
    {kVowelU, kVowelWo},   // 배우다 → 배워
    {kVowelO, kVowelWa},   // 오다 → 와
    {kVowelAe, kVowelAe},  // 보내다 → 보냈다
};
constexpr char32_t kHa = U'하';
constexpr char32_t kHae = U'해';

void add_contracted(std::vector<std::u32string>& out, const std::u32string& stem) {
  const char32_t last = stem.back();
  const std::u32string before = stem.substr(0, stem.size() - 1);
  if (last == kHa) {
    out.push_back(before + kHae);
    out.push_back(before + static_cast<char32_t>(kHae + kFinalSsangsiot));
    return;
  }
  const unsigned vowel = parts_of(last).vowel;
  for (const VowelContraction& row : kVowelContractions) {
    if (row.vowel != vowel) continue;
    const char32_t contracted = with_vowel(last, row.contracted);
    if (contracted != last) out.push_back(before + contracted);
    out.push_back(before + static_cast<char32_t>(contracted + kFinalSsangsiot));
  }
}

// The columns of a verb's last kana: before ない, before ます, before ば, before よう, before た.
struct KanaColumn {
  char32_t dictionary;
  std::u32string_view others;
};
constexpr KanaColumn kVerbEndings[] = {
    {U'う', U"わいえおっ"}, {U'く', U"かきけこい"}, {U'ぐ', U"がぎげごい"},
    {U'す', U"さしせそ"},   {U'つ', U"たちてとっ"}, {U'ぬ', U"なにねのん"},
    {U'ぶ', U"ばびべぼん"}, {U'む', U"まみめもん"}, {U'る', U"らりれろっ"},
};
constexpr std::u32string_view kAdjectiveEndings =
    U"くさけかそ";  // 悲しく, 悲しさ, 悲しければ, 悲しかった, 悲しそう
constexpr std::u32string_view kAdjectiveForms = U"くさけかそすみ";
// For verbs that lose る (見る, 来る): 見た, 見て, 見ない, 見ます, 見よう, 見られる, 見れば, 見ろ, 見ず,
// 見つつ …
constexpr std::u32string_view kBehindOneLetter = U"たてなまよられろさずつせちに";
constexpr std::u32string_view kSuruForms = U"しさせ";
// A verb on る after one of these may lose it altogether (別れる → 別れた).
constexpr std::u32string_view kBeforeDroppedRu = U"いきぎしじちにひびみりえけげせぜてでねへべめれ";

// First syllables of Korean endings, and of particles after a verb made a noun by ㅁ.
constexpr std::u32string_view kEndingBeginnings =
    U"고지게면며서니는던기네었았였려러도자다나죠요어아여을은거까때데음이의과므든듯";

// The endings of English words. A word on e loses it before a vowel, one on y has i there.
constexpr std::string_view kEnglishEndings[] = {"s", "es", "'s", "d", "ed", "ing", "ness"};

bool takes_ending(std::string_view word, std::string_view lemma) {
  if (!word.starts_with(lemma)) return false;
  return std::find(std::begin(kEnglishEndings), std::end(kEnglishEndings), word.substr(lemma.size())) !=
         std::end(kEnglishEndings);
}

}  // namespace

std::vector<std::u32string> korean_stems(std::u32string_view word) {
  std::vector<std::u32string> out;
  if (word.size() < 3 || word.back() != U'다' || !std::all_of(word.begin(), word.end(), is_syllable))
    return out;
  const std::u32string stem(word.substr(0, word.size() - 1));
  out.push_back(stem);
  if (final_of(stem.back()) != 0) return out;
  for (const unsigned final : kAddedFinals) {
    out.push_back(stem.substr(0, stem.size() - 1) + static_cast<char32_t>(stem.back() + final));
  }
  add_contracted(out, stem);
  return out;
}

std::vector<std::u32string> japanese_stems(std::u32string_view word) {
  std::vector<std::u32string> out;
  if (word.size() < 2 || !is_kanji(word.front()) || is_kanji(word.back())) return out;
  const std::u32string stem(word.substr(0, word.size() - 1));
  if (word.back() == U'い') {
    for (const char32_t kana : kAdjectiveEndings) out.push_back(stem + kana);
    return out;
  }
  if (word.back() == U'る' && kBeforeDroppedRu.find(stem.back()) != std::u32string_view::npos) {
    out.push_back(stem);
    return out;
  }
  for (const KanaColumn& column : kVerbEndings) {
    if (column.dictionary != word.back()) continue;
    for (const char32_t kana : column.others) out.push_back(stem + kana);
  }
  return out;
}

std::vector<std::u32string> japanese_forms(std::u32string_view base, std::string_view inflection) {
  std::vector<std::u32string> out;
  if (base.size() < 2) return out;
  const std::u32string stem(base.substr(0, base.size() - 1));
  const auto add = [&](std::u32string_view kana) {
    for (const char32_t one : kana) out.push_back(stem + one);
  };
  if (inflection.starts_with("形容詞")) {
    add(kAdjectiveForms);
  } else if (inflection.starts_with("一段")) {
    // One letter begins many other words, too.
    if (stem.size() > 1)
      out.push_back(stem);
    else
      add(kBehindOneLetter);
  } else if (inflection.starts_with("サ変")) {
    if (stem.size() > 1) {
      const std::u32string noun = stem.substr(0, stem.size() - 1);
      for (const char32_t one : kSuruForms) out.push_back(noun + one);
    }
  } else if (inflection.starts_with("カ変") && base == U"来る") {
    add(kBehindOneLetter);
  } else if (inflection.starts_with("五段")) {
    for (const KanaColumn& column : kVerbEndings)
      if (column.dictionary == base.back()) add(column.others);
    if (inflection.find("促音便") != std::string_view::npos && base.back() == U'く') add(U"っ");
  }
  return out;
}

bool may_be_korean_ending(std::u32string_view rest) {
  return rest.empty() || kEndingBeginnings.find(rest.front()) != std::u32string_view::npos;
}

bool is_english_form(std::string_view word, std::string_view lemma) {
  if (word == lemma || takes_ending(word, lemma)) return true;
  if (word.empty() || lemma.size() < 3) return false;
  const std::string_view shorter = lemma.substr(0, lemma.size() - 1);
  const char last = lemma.back();
  if (last == 's' && word == shorter) return true;
  if (last == 'e') return word.starts_with(shorter) && word.substr(shorter.size()) == "ing";
  if (last == 'y' && word.starts_with(shorter)) {
    const std::string_view rest = word.substr(shorter.size());
    return rest == "ies" || rest == "ied" || rest == "iness";
  }
  const std::string doubled = std::string(lemma) + last;  // stop, stopped
  return word == doubled + "ed" || word == doubled + "ing";
}

}  // namespace nunmul
