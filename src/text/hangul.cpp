// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/hangul.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace nunmul {
namespace {

// The one-syllable particles that may leave a stem of one syllable (비가, 날에). Others of one syllable
// are too often the end of a noun (시도, 가로 are lost to 도 and 로 already).
constexpr std::u32string_view kShortParticles = U"은는이가을를의에와과도로만";

// Particles that need a vowel before them; after a consonant they take 이 or 으 in front.
constexpr std::array<std::u32string_view, 25> kAfterVowel = {
    U"는",   U"가", U"를",   U"와", U"란", U"랑", U"라는", U"라고", U"라",   U"나",   U"며",   U"고",  U"다",
    U"였다", U"든", U"라도", U"여", U"야", U"면", U"냐",   U"예요", U"라서", U"라면", U"와의", U"와는"};
constexpr std::array<std::u32string_view, 8> kAfterConsonant = {U"은",   U"이",   U"을",   U"과",
                                                                U"과의", U"과는", U"과도", U"아"};
constexpr std::array<std::u32string_view, 7> kAfterVowelOrRieul = {U"로",   U"로서", U"로써", U"로부터",
                                                                   U"로는", U"로도", U"로의"};

template <std::size_t N>
bool contains(const std::array<std::u32string_view, N>& forms, std::u32string_view form) {
  return std::find(forms.begin(), forms.end(), form) != forms.end();
}

constexpr std::uint64_t particle_edge(std::uint32_t node, char32_t code) {
  return (std::uint64_t{node} << 32) | code;
}

}  // namespace

HangulStemmer::Agreement HangulStemmer::agreement_of(std::u32string_view particle) {
  if (contains(kAfterConsonant, particle)) return Agreement::AfterConsonant;
  if (contains(kAfterVowel, particle) || particle == U"와도") return Agreement::AfterVowel;
  if (contains(kAfterVowelOrRieul, particle)) return Agreement::AfterVowelOrRieul;
  if (particle.front() == U'으') return Agreement::AfterConsonantButRieul;
  // The longer forms of 이다 are written after vowels as well.
  if (particle.front() == U'이' && particle.size() <= 2) return Agreement::AfterConsonant;
  return Agreement::Any;
}

bool HangulStemmer::agrees(Agreement agreement, char32_t before) {
  const unsigned final = final_of(before);
  switch (agreement) {
    case Agreement::Any:
      return true;
    case Agreement::AfterConsonant:
      return final != kFinalNone;
    case Agreement::AfterVowel:
      return final == kFinalNone;
    case Agreement::AfterVowelOrRieul:
      return final == kFinalNone || final == kFinalRieul;
    case Agreement::AfterConsonantButRieul:
      return final != kFinalNone && final != kFinalRieul;
  }
  return true;
}

HangulStemmer::HangulStemmer(const std::vector<std::string>& particles,
                             const std::vector<std::string>& endings) {
  for (const std::string& form : particles) add(to_utf32(form), true);
  for (const std::string& form : endings) add(to_utf32(form), false);
}

void HangulStemmer::add(std::u32string_view form, bool particle) {
  if (form.empty() || !std::all_of(form.begin(), form.end(), is_syllable)) return;
  std::uint32_t at = 0;
  for (auto code = form.rbegin(); code != form.rend(); ++code) {
    const auto [edge, added] =
        edges_.try_emplace(particle_edge(at, *code), static_cast<std::uint32_t>(nodes_.size()));
    if (added) nodes_.emplace_back();
    at = edge->second;
  }
  Node& node = nodes_[at];
  form_count_ += particle ? !node.particle : !node.ending;
  if (particle) {
    node.particle = true;
    node.agreement = agreement_of(form);
    node.after_one_syllable = form.size() >= 2 || kShortParticles.find(form) != std::u32string_view::npos;
  } else {
    node.ending = true;
  }
  last_syllables_[form.back() - kFirstSyllable] = true;
}

void HangulStemmer::keep_whole(std::u32string word) {
  if (word.size() < 2) return;
  longest_kept_ = std::max(longest_kept_, word.size());
  kept_ends_[ends_of(word)] = true;
  kept_.insert(std::move(word));
}

std::uint32_t HangulStemmer::child(std::uint32_t node, char32_t code) const {
  const auto edge = edges_.find(particle_edge(node, code));
  return edge == edges_.end() ? 0 : edge->second;
}

bool HangulStemmer::is_kept(std::u32string_view word) const {
  return word.size() <= longest_kept_ && kept_ends_[ends_of(word)] && kept_.contains(std::u32string(word));
}

bool HangulStemmer::may_take_off(const Node& node, std::u32string_view stem) const {
  const bool long_enough = stem.size() >= 2;
  if (node.particle && agrees(node.agreement, stem.back()) && (long_enough || node.after_one_syllable))
    return true;
  return node.ending && long_enough;
}

std::size_t HangulStemmer::stem_length(std::u32string_view word) const {
  if (word.size() < 2 || !is_syllable(word.back()) || !last_syllables_[word.back() - kFirstSyllable])
    return word.size();
  if (is_kept(word)) return word.size();
  std::size_t shortest = word.size();
  std::uint32_t at = 0;
  for (std::size_t length = word.size() - 1; length > 0; --length) {
    at = child(at, word[length]);
    if (at == 0) break;
    const std::u32string_view stem = word.substr(0, length);
    if (!may_take_off(nodes_[at], stem)) continue;
    if (is_kept(stem)) return length;
    shortest = length;
  }
  return shortest;
}

}  // namespace nunmul
