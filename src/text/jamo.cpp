// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/jamo.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf8.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

using Keys = std::string_view;

// In the order in which syllables are numbered.
constexpr std::array<Keys, 19> kInitialKeys = {"r", "R", "s", "e", "E", "f", "a", "q", "Q", "t",
                                               "T", "d", "w", "W", "c", "z", "x", "v", "g"};
constexpr std::array<Keys, 21> kVowelKeys = {"k",  "o", "i", "O",  "j",  "p",  "u", "P", "h",  "hk", "ho",
                                             "hl", "y", "n", "nj", "np", "nl", "b", "m", "ml", "l"};
constexpr std::array<Keys, 28> kFinalKeys = {"",   "r",  "R",  "rt", "s",  "sw", "sg", "e", "f",  "fr",
                                             "fa", "fq", "ft", "fx", "fv", "fg", "a",  "q", "qt", "t",
                                             "T",  "d",  "w",  "c",  "z",  "x",  "v",  "g"};
// The keys of the lone consonants from U+3131 on; the lone vowels follow them in the order of kVowelKeys.
constexpr std::array<Keys, 30> kConsonantKeys = {"r",  "R",  "rt", "s",  "sw", "sg", "e", "E", "f", "fr",
                                                 "fa", "fq", "ft", "fx", "fv", "fg", "a", "q", "Q", "qt",
                                                 "t",  "T",  "d",  "w",  "W",  "c",  "z", "x", "v", "g"};
constexpr std::u32string_view kInitialLetters = U"ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
constexpr char32_t kFirstVowelJamo = 0x314F;

template <std::size_t N>
constexpr std::optional<unsigned> index_of(const std::array<Keys, N>& table, Keys keys) {
  for (unsigned i = 0; i < N; ++i) {
    if (table[i] == keys) return i;
  }
  return std::nullopt;
}

void append_keys(std::string& out, char32_t code) {
  if (is_syllable(code)) {
    const Syllable parts = parts_of(code);
    out += kInitialKeys[parts.initial];
    out += kVowelKeys[parts.vowel];
    out += kFinalKeys[parts.final];
  } else if (is_consonant_jamo(code)) {
    out += kConsonantKeys[code - 0x3131];
  } else if (is_vowel_jamo(code)) {
    out += kVowelKeys[code - kFirstVowelJamo];
  } else {
    append_utf8(out, code);
  }
}

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_consonant_key(char key) { return index_of(kInitialKeys, {&key, 1}).has_value(); }
bool is_vowel_key(char key) { return index_of(kVowelKeys, {&key, 1}).has_value(); }

// Reads keys from left to right, as an input method does: a consonant goes to the syllable before it,
// unless a vowel follows it.
class Composer {
 public:
  explicit Composer(std::string_view keys) : keys_(keys) {
    for (char& key : keys_) {
      if (!is_consonant_key(key) && !is_vowel_key(key)) key = lower(key);
    }
  }

  std::string compose(std::string_view original) {
    while (at_ < keys_.size()) {
      if (is_vowel(at_)) {
        append_utf8(out_, kFirstVowelJamo + take_vowel());
      } else if (is_consonant(at_) && is_vowel(at_ + 1)) {
        take_syllable();
      } else if (is_consonant(at_)) {
        append_utf8(out_, 0x3131 + *index_of(kConsonantKeys, keys(at_, 1)));
        ++at_;
      } else {
        out_ += original[at_++];
      }
    }
    return std::move(out_);
  }

 private:
  Keys keys(std::size_t at, std::size_t count) const { return Keys(keys_).substr(at, count); }
  bool is_vowel(std::size_t at) const { return at < keys_.size() && is_vowel_key(keys_[at]); }
  bool is_consonant(std::size_t at) const { return at < keys_.size() && is_consonant_key(keys_[at]); }
  bool may_be_final(std::size_t at) const { return is_consonant(at) && !is_vowel(at + 1); }

  unsigned take_vowel() {
    if (const auto compound = index_of(kVowelKeys, keys(at_, 2)); compound && is_vowel(at_ + 1)) {
      at_ += 2;
      return *compound;
    }
    return *index_of(kVowelKeys, keys(at_++, 1));
  }

  unsigned take_final() {
    if (!may_be_final(at_)) return 0;
    if (may_be_final(at_ + 1)) {
      if (const auto pair = index_of(kFinalKeys, keys(at_, 2))) {
        at_ += 2;
        return *pair;
      }
    }
    const auto single = index_of(kFinalKeys, keys(at_, 1));
    if (!single) return 0;
    ++at_;
    return *single;
  }

  void take_syllable() {
    const unsigned initial = *index_of(kInitialKeys, keys(at_++, 1));
    const unsigned vowel = take_vowel();
    append_utf8(out_, syllable_of({initial, vowel, take_final()}));
  }

  std::string keys_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string dubeolsik_keys(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar next = decode_utf8(text, at);
    append_keys(out, next.code);
    at += next.length;
  }
  return out;
}

std::string key_sequence(std::string_view text) {
  std::string keys = dubeolsik_keys(text);
  for (char& key : keys) key = lower(key);
  return keys;
}

bool keys_begin(std::string_view typed, std::string_view keys) {
  return typed.size() <= keys.size() &&
         std::equal(typed.begin(), typed.end(), keys.begin(),
                    [](char wanted, char key) { return wanted == key || wanted == lower(key); });
}

bool is_key_prefix(std::string_view typed, std::string_view word) {
  return keys_begin(dubeolsik_keys(typed), dubeolsik_keys(word));
}

bool has_shifted_keys(std::string_view text) { return dubeolsik_keys(text) != key_sequence(text); }

std::string compose_keys(std::string_view keys) { return Composer(keys).compose(keys); }

std::string initials(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar next = decode_utf8(text, at);
    append_utf8(out, is_syllable(next.code) ? kInitialLetters[parts_of(next.code).initial] : next.code);
    at += next.length;
  }
  return out;
}

bool is_all_initials(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar next = decode_utf8(text, at);
    if (!is_consonant_jamo(next.code)) return false;
    at += next.length;
  }
  return !text.empty();
}

}  // namespace nunmul
