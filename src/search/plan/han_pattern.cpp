// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/han_pattern.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/japanese.h"
#include "text/kana_spelling.h"

namespace nunmul {
namespace {

std::uint16_t chars(std::string_view text) { return static_cast<std::uint16_t>(count_chars(text)); }

bool begins_char(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

constexpr std::uint64_t bit(char32_t letter) { return 1ULL << (letter % 61); }

// What a kana may be spelled as, behind others too: a long mark is a vowel, and ヴ with a small vowel ば to
// ぼ.
std::uint64_t bits_of_kana(char32_t kana) {
  if (kana == kLongMark)
    return bit(U'あ') | bit(U'い') | bit(U'う') | bit(U'え') | bit(U'お') | bit(kLongMark);
  const std::u32string spelled = spelled_in_hiragana(std::u32string_view(&kana, 1));
  if (spelled == U"ぶ") return bit(U'ば') | bit(U'び') | bit(U'ぶ') | bit(U'べ') | bit(U'ぼ');
  return bit(spelled[0]);
}

constexpr char32_t kFirstKana = 0x3041, kLastKana = 0x30FF;

const std::array<std::uint64_t, kLastKana - kFirstKana + 1>& kana_bits() {
  static const auto bits = [] {
    std::array<std::uint64_t, kLastKana - kFirstKana + 1> made{};
    for (char32_t kana = kFirstKana; kana <= kLastKana; ++kana) made[kana - kFirstKana] = bits_of_kana(kana);
    return made;
  }();
  return bits;
}

}  // namespace

HanText::HanText(std::string_view word) : word_(word) {
  for (std::size_t at = 0; at < word.size();) {
    const DecodedChar next = decode_utf8(word, at);
    letters_ |= bit_of(next.code);
    at += next.length;
  }
}

std::uint64_t HanText::bit_of(char32_t letter) {
  static const auto& kana = kana_bits();
  return letter >= kFirstKana && letter <= kLastKana ? kana[letter - kFirstKana] : bit(letter);
}

const std::string& HanText::spelled() const {
  if (!spelled_) spelled_ = has_kana(word_) ? spelled_in_hiragana(word_) : std::string(word_);
  return *spelled_;
}

const std::string& HanText::without_okurigana() const {
  if (!han_) han_ = nunmul::without_okurigana(word_);
  return *han_;
}

std::string_view HanPattern::as(const HanText& text, Spelling kind) {
  if (kind == Spelling::Okurigana) return text.without_okurigana();
  return kind == Spelling::Kana ? std::string_view(text.spelled()) : text.word();
}

void HanPattern::add(Spelling kind, std::string letters) {
  const bool known = std::any_of(spellings_.begin(), spellings_.end(), [&](const Letters& one) {
    return one.kind == kind && one.letters == letters;
  });
  if (letters.empty() || known) return;
  first_letters_ |= HanText::bit_of(decode_utf8(letters, 0).code);
  spellings_.push_back({kind, std::move(letters)});
}

void HanPattern::begin(const HanText& text, std::vector<HanPlace>& places) const {
  if ((text.letters() & first_letters_) == 0) return;
  std::vector<HanPlace> going_on;
  for (std::size_t s = 0; s < spellings_.size(); ++s) {
    const std::string_view letters = spellings_[s].letters;
    const std::string_view here = as(text, spellings_[s].kind);
    const auto number = static_cast<std::uint8_t>(s);
    if (spellings_[s].kind == Spelling::Okurigana) {
      begin_okurigana(text, number, places);
      continue;
    }
    if (const std::size_t at = here.find(letters); at != std::string_view::npos) {
      const std::size_t end = at + letters.size();
      places.push_back(
          {number, 0, chars(here.substr(0, at)), chars(here.substr(0, end)), end == here.size()});
    }
    // A beginning of the letters at the end of the word.
    for (std::size_t length = std::min(here.size(), letters.size() - 1); length > 0; --length) {
      const std::size_t at = here.size() - length;
      if (here[at] != letters[0] || !begins_char(letters[length]) ||
          here.substr(at) != letters.substr(0, length))
        continue;
      going_on.push_back(
          {number, static_cast<std::uint16_t>(letters.size() - length), chars(here.substr(0, at))});
    }
  }
  places.insert(places.end(), going_on.begin(), going_on.end());
}

// Over several words only behind Han characters alone (立 and 直す): the kana of 大きな are no okurigana of
// 大人.
void HanPattern::begin_okurigana(const HanText& text, std::uint8_t spelling,
                                 std::vector<HanPlace>& places) const {
  const std::string& letters = spellings_[spelling].letters;
  if (text.without_okurigana() == letters)
    places.push_back({spelling, 0, 0, chars(text.word()), true});
  else if (letters.size() > text.word().size() && letters.starts_with(text.word()))
    places.push_back({spelling, static_cast<std::uint16_t>(letters.size() - text.word().size())});
}

std::optional<HanPlace> HanPattern::go_on(const HanPlace& place, std::string_view next_word) const {
  const Letters& spelling = spellings_[place.spelling];
  const HanText text(next_word);
  if (spelling.kind == Spelling::Okurigana) return go_on_okurigana(place, text);
  const std::string_view rest =
      std::string_view(spelling.letters).substr(spelling.letters.size() - place.left);
  const std::string_view here = as(text, spelling.kind);
  HanPlace next = place;
  if (rest.size() > here.size()) {
    if (here.empty() || !rest.starts_with(here)) return std::nullopt;
    next.left = static_cast<std::uint16_t>(rest.size() - here.size());
    return next;
  }
  if (!here.starts_with(rest)) return std::nullopt;
  next.left = 0;
  next.end_chars = chars(rest);
  next.ends_word = rest.size() == here.size();
  return next;
}

std::optional<HanPlace> HanPattern::go_on_okurigana(const HanPlace& place, const HanText& text) const {
  const std::string_view letters = spellings_[place.spelling].letters;
  const std::string_view rest = letters.substr(letters.size() - place.left);
  const std::string han = han_characters_of(text.word());
  if (han.empty() || is_hiragana(decode_utf8(text.word(), 0).code) || !rest.starts_with(han))
    return std::nullopt;
  HanPlace next = place;
  next.left = static_cast<std::uint16_t>(rest.size() - han.size());
  if (!next.is_whole() && han.size() != text.word().size()) return std::nullopt;
  next.end_chars = chars(text.word());
  return next;
}

}  // namespace nunmul
