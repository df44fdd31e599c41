// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/name_sounds.h"

#include <algorithm>

#include "base/utf8.h"
#include "index/vocabulary.h"
#include "search/plan/word_expansion.h"
#include "text/japanese.h"
#include "text/phonetic.h"

namespace nunmul {
namespace {

// As measured on judged queries.
constexpr double kKnownWordSound = 0.2;
constexpr double kUnknownWordSound = 2;
constexpr double kUnknownWordSkeleton = 4;
constexpr double kNearSound = 0.6;
constexpr double kGivenName = 1;
constexpr std::size_t kMinGivenKey = 3, kMaxGivenKeys = 4;
constexpr std::size_t kMinSoundingLetters = 5;
constexpr std::size_t kMinKey = 4;
constexpr std::size_t kMinLatinSkeleton = 4;  // three consonants are in too many words (epsode, Post)
constexpr std::size_t kMinKnownKey = 4;       // of words that documents have

// Keys of names that sound nearly so.
std::vector<std::string> near_keys(const Generation& generation, std::string_view name) {
  std::vector<std::string> near;
  const std::vector<std::string> keys = fine_keys(name);
  constexpr std::size_t kMaxKeys = 20;
  for (const LiveSegment& live : generation.segments())
    for (const std::string& key : keys)
      for (const std::string_view spelling : live.segment->vocabulary().near_sounds(key))
        if (near.size() < kMaxKeys && std::find(near.begin(), near.end(), spelling) == near.end())
          near.emplace_back(spelling);
  return near;
}

void add_near(const Generation& generation, std::string_view name, std::vector<SoundTerm>& sounds) {
  for (std::string& key : near_keys(generation, name))
    sounds.push_back({Family::FineKey, std::move(key), kUnknownWordSound * kNearSound});
}

// The commonest family names, which are nearly all that there are.
constexpr std::u32string_view kFamilyNames =
    U"김이박최정강조윤장임림한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민나진지엄원채천방공현"
    U"함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용봉경";

const std::vector<std::string>& family_name_keys() {
  static const std::vector<std::string> instance = [] {
    std::vector<std::string> keys;
    for (const char32_t name : kFamilyNames) keys.push_back(fine_keys(to_utf8({&name, 1})).front());
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
  }();
  return instance;
}

// The key of two neighbours: doubled sounds are one, and i after e is not heard.
std::string sounds_joined(const std::string& first, std::string_view second) {
  if (first.back() == second.front() || (first.back() == 'e' && second.front() == 'i'))
    second.remove_prefix(1);
  return first + std::string(second);
}

bool may_sound(const Token& token, const SoundOptions& options) {
  if (count_chars(token.word) < 2) return false;
  if (token.script == Script::Han) return is_all_kana(token.word);
  // A short word that documents have sounds like too many others (four, Vol) where words are promised.
  return !(options.known && !options.guesses && token.script == Script::Latin &&
           count_chars(token.word) < kMinSoundingLetters);
}

}  // namespace

std::vector<SoundTerm> sounds_of_word(const Generation& generation, const Token& token,
                                      const SoundOptions& options) {
  std::vector<SoundTerm> sounds;
  if (!may_sound(token, options)) return sounds;
  const std::vector<std::string> keys = asked_fine_keys(token.word);
  for (const std::string& key : keys) {
    // Two letters of sound are too little beside other words: every Kim is a name by itself.
    if ((options.whole_query || key.size() >= kMinKey) && has_spelling(generation, Family::FineKey, key))
      sounds.push_back({Family::FineKey, key, options.known ? kKnownWordSound : kUnknownWordSound});
  }
  if (options.known || !options.guesses || !sounds.empty()) return sounds;
  if (options.whole_query) add_near(generation, token.word, sounds);
  const std::size_t least = token.script == Script::Latin ? kMinLatinSkeleton : 0;
  for (std::string& consonants : skeletons(keys))
    if (consonants.size() >= least && has_spelling(generation, Family::Skeleton, consonants))
      sounds.push_back({Family::Skeleton, std::move(consonants), kUnknownWordSkeleton});
  return sounds;
}

std::vector<SoundTerm> sounds_of_given_name(const Generation& generation, std::string_view word) {
  std::vector<SoundTerm> sounds;
  std::vector<std::string> keys = asked_fine_keys(word);
  if (keys.size() > kMaxGivenKeys) keys.resize(kMaxGivenKeys);
  for (const std::string& key : keys) {
    if (key.size() < kMinGivenKey) continue;
    for (const std::string& family : family_name_keys()) {
      std::string full = sounds_joined(family, key);
      if (has_spelling(generation, Family::FineKey, full))
        sounds.push_back({Family::FineKey, std::move(full), kGivenName});
    }
  }
  return sounds;
}

std::vector<SoundTerm> sounds_of_name(const Generation& generation, std::string_view name,
                                      const SoundOptions& options) {
  std::vector<SoundTerm> sounds;
  const std::vector<std::string> keys = asked_fine_keys(name);
  for (const std::string& key : keys)
    if ((!options.known || key.size() >= kMinKnownKey) && has_spelling(generation, Family::FineKey, key))
      sounds.push_back({Family::FineKey, key, kUnknownWordSound});
  if (sounds.empty() && !options.known && options.whole_query && options.guesses)
    add_near(generation, name, sounds);
  return sounds;
}

}  // namespace nunmul
