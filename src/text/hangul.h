// SPDX-License-Identifier: GPL-2.0-or-later
// Korean words without a dictionary: particles and verb endings are taken off the end of a word by a
// table, where they agree with the sound before them (a form with a final consonant, batchim, takes 은,
// one without takes 는). So 비가 → 비 and 날에는 → 날, while 사과, 아이 and 나이 stay whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "text/syllable.h"

namespace nunmul {

class HangulStemmer {
 public:
  HangulStemmer() = default;
  // Forms as written, without a hyphen ("에서", "으로", "습니다").
  HangulStemmer(const std::vector<std::string>& particles, const std::vector<std::string>& endings);

  // A word that is never shortened by itself (이소라, 정의), and that a longer word is shortened to if
  // what follows is a particle (이소라의).
  void keep_whole(std::u32string word);

  // How many syllables of the word are its stem; all of them if nothing can be taken off.
  std::size_t stem_length(std::u32string_view word) const;

  std::size_t form_count() const { return form_count_; }

 private:
  enum class Agreement : std::uint8_t {
    Any,
    AfterConsonant,
    AfterVowel,
    AfterVowelOrRieul,
    AfterConsonantButRieul
  };
  // Most words are none of those kept, which so many numbers of first and last syllables tell at a look.
  static constexpr std::size_t kEnds = 1 << 16;
  static std::size_t ends_of(std::u32string_view word) {
    return (word.front() * 31 + word.back() * 1009) % kEnds;
  }
  struct Node {  // of a tree of forms read backwards
    bool particle = false;
    bool ending = false;
    Agreement agreement = Agreement::Any;  // of the particle
    bool after_one_syllable = false;       // the particle may leave one syllable
  };

  static Agreement agreement_of(std::u32string_view particle);
  static bool agrees(Agreement agreement, char32_t before);
  void add(std::u32string_view form, bool particle);
  std::uint32_t child(std::uint32_t node, char32_t code) const;
  bool may_take_off(const Node& node, std::u32string_view stem) const;
  bool is_kept(std::u32string_view word) const;

  std::vector<Node> nodes_{Node{}};
  std::unordered_map<std::uint64_t, std::uint32_t> edges_;
  std::vector<bool> last_syllables_ =
      std::vector<bool>(kLastSyllable - kFirstSyllable + 1);  // that some form ends in
  std::unordered_set<std::u32string> kept_;
  std::vector<bool> kept_ends_ = std::vector<bool>(kEnds);  // by the first and the last syllable of each
  std::size_t longest_kept_ = 0;
  std::size_t form_count_ = 0;
};

}  // namespace nunmul
