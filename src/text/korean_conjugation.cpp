// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/korean_conjugation.h"

#include <algorithm>
#include <array>
#include <span>

#include "text/syllable.h"

namespace nunmul {
namespace {

using Forms = std::span<const std::u32string_view>;

bool is_bright(char32_t syllable) {
  const unsigned vowel = parts_of(syllable).vowel;
  return vowel == kVowelA || vowel == kVowelYa || vowel == kVowelO;
}

// How the vowel of an open stem joins with that of an ending. Where `apart`, both are written as well (보아).
struct StemContraction {
  unsigned vowel, contracted;
  bool apart;
};
constexpr StemContraction kStemContractions[] = {
    {kVowelA, kVowelA, false},   {kVowelEo, kVowelEo, false}, {kVowelYeo, kVowelYeo, false},
    {kVowelAe, kVowelAe, true},  {kVowelE, kVowelE, true},    {kVowelO, kVowelWa, true},
    {kVowelU, kVowelWo, true},   {kVowelI, kVowelYeo, true},  {kVowelOe, kVowelWae, true},
    {kVowelWi, kVowelYeo, true}, {kVowelYe, kVowelYe, true},  {kVowelWae, kVowelWae, true},
    {kVowelWe, kVowelWe, true},
};

class Inflection {
 public:
  explicit Inflection(std::u32string_view base) : stem_(base.substr(0, base.size() - 1)) {}

  std::vector<ShapedStem> stems(KoreanVerbClass verb_class) {
    const char32_t last = stem_.back();
    const std::u32string before = stem_.substr(0, stem_.size() - 1);
    if (last == U'하') {
      open(stem_);
      infinitive(before + U'해');
      infinitive(stem_ + U'여');
      return std::move(out_);
    }
    const std::u32string soft = before + with_final(last, kFinalNone);
    switch (verb_class) {
      case KoreanVerbClass::Digeut:
        closed(before + with_final(last, kFinalRieul));
        break;
      case KoreanVerbClass::Bieup:
      case KoreanVerbClass::BieupO:
        add(stem_, StemShape::Plain);
        open(soft + U'우');
        infinitive(soft + (verb_class == KoreanVerbClass::BieupO ? U'와' : U'워'));
        break;
      case KoreanVerbClass::Siot:
        closed(soft);
        break;
      case KoreanVerbClass::Hieut:
      case KoreanVerbClass::HieutAe:
        add(stem_, StemShape::Plain);
        open(soft);
        infinitive(before + with_vowel(soft.back(), hieut_vowel(last, verb_class)));
        break;
      case KoreanVerbClass::Reu:
        open(stem_);
        if (!before.empty()) reu(before);
        break;
      case KoreanVerbClass::Reo:
        open(stem_);
        infinitive(stem_ + U'러');
        break;
      case KoreanVerbClass::U:
        open(stem_);
        infinitive(before + with_vowel(last, kVowelEo));
        break;
      case KoreanVerbClass::Regular:
        regular(before, soft);
        break;
    }
    return std::move(out_);
  }

 private:
  void add(std::u32string text, StemShape shape) { out_.push_back({std::move(text), shape}); }
  void add_with_final(const std::u32string& text, unsigned final, StemShape shape) {
    std::u32string closed = text;
    closed.back() += final;
    add(std::move(closed), shape);
  }

  // A stem on a vowel, with all that takes it as it is.
  void open(const std::u32string& text) {
    add(text, StemShape::Plain);
    add_with_final(text, kFinalNieun, StemShape::Adnominal);
    add_with_final(text, kFinalRieul, StemShape::Future);
    add_with_final(text, kFinalMieum, StemShape::Nominal);
    add_with_final(text, kFinalBieup, StemShape::Formal);
  }

  void infinitive(const std::u32string& text) {
    add(text, StemShape::Infinitive);
    add_with_final(text, kFinalSsangsiot, StemShape::Past);
  }

  // The stem itself before consonants, and another before vowels.
  void closed(const std::u32string& before_vowels) {
    add(stem_, StemShape::Plain);
    open(before_vowels + U'으');
    infinitive(before_vowels + (is_bright(before_vowels.back()) ? U'아' : U'어'));
  }

  void reu(std::u32string before) {
    const bool bright = is_bright(before.back());
    before.back() = with_final(before.back(), kFinalRieul);
    infinitive(before + (bright ? U'라' : U'러'));
  }

  static unsigned hieut_vowel(char32_t last, KoreanVerbClass verb_class) {
    if (verb_class == KoreanVerbClass::HieutAe) return kVowelAe;
    return parts_of(last).vowel + 1;  // ㅏ ㅐ, ㅑ ㅒ, ㅓ ㅔ, ㅕ ㅖ
  }

  void regular(const std::u32string& before, const std::u32string& soft) {
    const char32_t last = stem_.back();
    if (final_of(last) == kFinalNone) {
      open(stem_);
      contract(before);
      return;
    }
    closed(stem_);
    if (final_of(last) != kFinalRieul) return;
    open(soft);
    add(stem_, StemShape::Future);
    add(before + with_final(last, kFinalRieulMieum), StemShape::Nominal);
  }

  void contract(const std::u32string& before) {
    const char32_t last = stem_.back();
    if (parts_of(last).vowel == kVowelEu) {
      const bool bright = !before.empty() && is_bright(before.back());
      infinitive(before + with_vowel(last, bright ? kVowelA : kVowelEo));
      return;
    }
    bool apart = true;
    for (const StemContraction& row : kStemContractions) {
      if (row.vowel != parts_of(last).vowel) continue;
      infinitive(before + with_vowel(last, row.contracted));
      apart = row.apart;
    }
    if (apart) infinitive(stem_ + (is_bright(last) ? U'아' : U'어'));
  }

  const std::u32string stem_;
  std::vector<ShapedStem> out_;
};

// ---- Tails.

constexpr std::u32string_view kPlainTails[] = {
    U"고",     U"고서",   U"고는",   U"고도",     U"고요", U"고자",   U"곤",     U"거나",   U"거든",
    U"거든요", U"거니와", U"건",     U"건만",     U"게",   U"게끔",   U"게도",   U"게요",   U"겠지만",
    U"구나",   U"군",     U"군요",   U"길",       U"긴",   U"기만",   U"나",     U"나요",   U"냐",
    U"냐고",   U"냐는",   U"네",     U"네요",     U"니",   U"니까",   U"느냐",   U"느라",   U"느라고",
    U"는구나", U"는군",   U"는군요", U"다",       U"다가", U"다고",   U"다는",   U"다니",   U"다며",
    U"다면",   U"다만",   U"더군",   U"더군요",   U"더니", U"더라",   U"더라고", U"더라도", U"더라면",
    U"더라구", U"도록",   U"든",     U"든지",     U"듯",   U"듯이",   U"디",     U"라",     U"라고",
    U"라는",   U"라며",   U"래",     U"래요",     U"러",   U"려",     U"려고",   U"려는",   U"려면",
    U"려다",   U"려다가", U"리",     U"며",       U"면",   U"면서",   U"면서도", U"면은",   U"므로",
    U"소",     U"습니다", U"습니까", U"습니다만", U"자",   U"자고",   U"자는",   U"자마자", U"자며",
    U"자면",   U"잖아",   U"잖아요", U"재",       U"죠",   U"쥬",     U"지",     U"지는",   U"지도",
    U"지를",   U"지만",   U"지만은", U"지요",     U"진",   U"질",     U"구요",   U"구",     U"는다",
    U"는다고", U"는다는", U"는다면", U"는다며",   U"는대", U"는대요", U"대",     U"대요",   U"고파",
    U"나니"};

constexpr std::u32string_view kParticles[] = {
    U"",     U"이",     U"가",     U"을",     U"를",   U"은",     U"는",   U"에",   U"에도",
    U"에는", U"도",     U"과",     U"와",     U"의",   U"만",     U"으로", U"로",   U"으로써",
    U"까지", U"부터",   U"이다",   U"이란",   U"이라", U"이라고", U"에서", U"인데", U"에게",
    U"보다", U"까지는", U"까지의", U"때문에", U"위해", U"위한"};

constexpr std::u32string_view kAdnominalTails[] = {
    U"",     U"데",   U"데도", U"데요", U"데서", U"지",     U"지도", U"지를", U"지는",
    U"지에", U"지요", U"가",   U"가요", U"가를", U"걸",     U"걸요", U"건",   U"건지",
    U"거",   U"걸까", U"듯",   U"듯이", U"채",   U"채로",   U"다",   U"다고", U"다는",
    U"다면", U"다며", U"다니", U"대",   U"대요", U"다더라", U"이",   U"만큼", U"대로",
    U"척",   U"편",   U"것",   U"것이", U"것은", U"것을",   U"게",   U"날",   U"줄"};

constexpr std::u32string_view kFutureTails[] = {
    U"",       U"까",   U"까요", U"까봐",   U"때",   U"때는", U"때면", U"때마다", U"때의", U"때도", U"수",
    U"수록",   U"지",   U"지도", U"지라도", U"게",   U"게요", U"께",   U"께요",   U"걸",   U"걸요", U"거야",
    U"거예요", U"거",   U"건",   U"것",     U"것이", U"래",   U"래요", U"만",     U"만큼", U"만한", U"뿐",
    U"듯",     U"듯이", U"듯한", U"줄",     U"텐데", U"테니", U"테야", U"쯤",     U"즈음", U"리",   U"정도"};

constexpr std::u32string_view kFormalTails[] = {U"니다", U"니까", U"니다만", U"시다", U"시오", U"니당"};

constexpr std::u32string_view kInfinitiveTails[] = {
    U"",   U"서",   U"서는", U"서도", U"서야",   U"서요", U"서인지", U"선",     U"도",   U"도요",
    U"야", U"야만", U"야지", U"야죠", U"야지요", U"야할", U"야한다", U"야하는", U"야해", U"요",
    U"용", U"라",   U"라고", U"라는", U"라도",   U"다",   U"다가",   U"다니"};

constexpr std::u32string_view kPastTails[] = {
    U"다",     U"다가",     U"다고",   U"다는",   U"다니",   U"다며",   U"다면",     U"다면서", U"다지만",
    U"다더라", U"던",       U"던가",   U"던데",   U"던지",   U"던가요", U"던것",     U"는데",   U"는데도",
    U"는데요", U"는지",     U"는지도", U"는지를", U"는가",   U"는가요", U"나",       U"나요",   U"나봐",
    U"냐",     U"냐고",     U"네",     U"네요",   U"느냐",   U"고",     U"고요",     U"구요",   U"거나",
    U"거든",   U"거든요",   U"건",     U"구나",   U"군",     U"군요",   U"기",       U"기에",   U"기도",
    U"기를",   U"기는",     U"기로",   U"기만",   U"길래",   U"지",     U"지만",     U"지요",   U"죠",
    U"쥬",     U"잖아",     U"잖아요", U"을",     U"을까",   U"을까요", U"을때",     U"을지",   U"을지도",
    U"을걸",   U"을텐데",   U"을뿐",   U"음",     U"음을",   U"음이",   U"음에",     U"음에도", U"음은",
    U"음으로", U"으며",     U"으면",   U"으면서", U"으나",   U"으니",   U"으니까",   U"으므로", U"으리라",
    U"더니",   U"더라",     U"더라도", U"더라면", U"더라고", U"듯",     U"듯이",     U"자",     U"습니다",
    U"습니까", U"습니다만", U"어",     U"어요",   U"어도",   U"어야",   U"어서",     U"어용",   U"었다",
    U"었던",   U"었고",     U"었는데", U"었지만", U"었어",   U"었어요", U"었습니다", U"었나요", U"었음",
    U"소",     U"대",       U"대요",   U"음에"};

bool contains(Forms forms, std::u32string_view form) {
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

// A syllable that begins a tail and what follows it: 는 as in 먹는지, 시 as in 가신다.
struct Opening {
  std::u32string_view begin;
  StemShape then;
};
constexpr Opening kPlainOpenings[] = {
    {U"는", StemShape::Adnominal},  {U"던", StemShape::Adnominal}, {U"겠", StemShape::Past},
    {U"기", StemShape::Nominal},    {U"시", StemShape::Plain},     {U"신", StemShape::Adnominal},
    {U"실", StemShape::Future},     {U"심", StemShape::Nominal},   {U"십", StemShape::Formal},
    {U"셔", StemShape::Infinitive}, {U"셨", StemShape::Past},      {U"세", StemShape::Infinitive}};
// 어지다
constexpr Opening kInfinitiveOpenings[] = {{U"지", StemShape::Plain},  {U"진", StemShape::Adnominal},
                                           {U"질", StemShape::Future}, {U"짐", StemShape::Nominal},
                                           {U"집", StemShape::Formal}, {U"져", StemShape::Infinitive},
                                           {U"졌", StemShape::Past}};

bool opens(std::span<const Opening> openings, std::u32string_view tail) {
  return std::any_of(openings.begin(), openings.end(), [&](const Opening& opening) {
    return tail.starts_with(opening.begin) && takes_tail(opening.then, tail.substr(opening.begin.size()));
  });
}

constexpr std::u32string_view kJoinedVerbs[] = {U"보다", U"주다",   U"버리다", U"오다", U"가다", U"있다",
                                                U"두다", U"내다",   U"놓다",   U"대다", U"싶다", U"않다",
                                                U"되다", U"하다",   U"못하다", U"말다", U"나다", U"나가다",
                                                U"달다", U"드리다", U"다니다"};

// ---- Words of no dictionary.

// The stem of a past (털렸) with what its last vowel was before it joined with that of the ending.
struct PastVowel {
  unsigned joined, stem;
};
constexpr PastVowel kPastVowels[] = {{kVowelA, kVowelA},   {kVowelEo, kVowelEo}, {kVowelYeo, kVowelI},
                                     {kVowelWa, kVowelO},  {kVowelWo, kVowelU},  {kVowelAe, kVowelAe},
                                     {kVowelWae, kVowelOe}};

constexpr std::u32string_view kPlainVerbTails[] = {U"는다", U"는다고", U"는다는", U"습니다", U"습니까"};
// Before 다 at the end of a verb, where what is before it is no noun with 이다.
constexpr std::u32string_view kVerbSuffixes = U"리지기치히키";

std::u32string unjoined(std::u32string_view past) {
  const char32_t last = past.back();
  for (const PastVowel& row : kPastVowels)
    if (row.joined == parts_of(last).vowel && last != U'했' && last != U'됐' && last != U'였')
      return std::u32string(past.substr(0, past.size() - 1)) +
             with_vowel(with_final(last, kFinalNone), row.stem) + U'다';
  return {};
}

std::u32string verb_of_past(std::u32string_view past) {
  const char32_t last = past.back();
  const std::u32string_view stem = past.substr(0, past.size() - 1);
  if (last != U'었' && last != U'았') return unjoined(past);
  const unsigned final = final_of(stem.back());
  return final == kFinalNone || final == kFinalSsangsiot ? std::u32string() : std::u32string(stem) + U'다';
}

bool may_be_base(std::u32string_view word) {
  if (word.back() != U'다') return false;
  const char32_t last = word[word.size() - 2];
  const unsigned final = final_of(last);
  if (final == kFinalNone) return kVerbSuffixes.find(last) != std::u32string_view::npos;
  return final != kFinalNieun && final != kFinalSsangsiot;
}

}  // namespace

std::vector<ShapedStem> korean_verb_stems(std::u32string_view base, KoreanVerbClass verb_class) {
  if (base.size() < 2 || base.back() != U'다' || !std::all_of(base.begin(), base.end(), is_syllable))
    return {};
  return Inflection(base).stems(verb_class);
}

bool takes_tail(StemShape shape, std::u32string_view tail) {
  switch (shape) {
    case StemShape::Plain:
      return contains(kPlainTails, tail) || opens(kPlainOpenings, tail);
    case StemShape::Adnominal:
      return contains(kAdnominalTails, tail);
    case StemShape::Future:
      return contains(kFutureTails, tail);
    case StemShape::Nominal:
      return contains(kParticles, tail);
    case StemShape::Formal:
      return contains(kFormalTails, tail);
    case StemShape::Infinitive:
      return contains(kInfinitiveTails, tail) || opens(kInfinitiveOpenings, tail);
    case StemShape::Past:
      return contains(kPastTails, tail);
  }
  return false;
}

std::vector<std::size_t> joins_verb(StemShape shape, std::u32string_view tail) {
  if (tail.size() < 1) return {};
  if (shape == StemShape::Infinitive) return {0};
  const bool leads = shape == StemShape::Plain && tail.size() > 1 &&
                     (tail.front() == U'고' || tail.front() == U'지' || tail.front() == U'게');
  return leads ? std::vector<std::size_t>{1} : std::vector<std::size_t>{};
}

bool is_joined_verb(std::u32string_view base) { return contains(kJoinedVerbs, base); }

std::u32string verb_by_tail(std::u32string_view word) {
  constexpr std::size_t kMinStem = 2;
  if (word.size() <= kMinStem || !std::all_of(word.begin(), word.end(), is_syllable)) return {};
  for (const std::u32string_view tail : kPlainVerbTails) {
    if (!word.ends_with(tail) || word.size() < kMinStem + tail.size()) continue;
    const std::u32string_view stem = word.substr(0, word.size() - tail.size());
    const unsigned final = final_of(stem.back());
    if (final == kFinalSsangsiot) break;
    return final == kFinalNone ? std::u32string() : std::u32string(stem) + U'다';
  }
  for (std::size_t at = kMinStem - 1; at + 1 < word.size(); ++at) {
    const bool past = final_of(word[at]) == kFinalSsangsiot && word[at] != U'있' && word[at] != U'겠';
    if (!past || !takes_tail(StemShape::Past, word.substr(at + 1))) continue;
    if (std::u32string base = verb_of_past(word.substr(0, at + 1)); base.size() > kMinStem) return base;
  }
  return may_be_base(word) ? std::u32string(word) : std::u32string();
}

}  // namespace nunmul
