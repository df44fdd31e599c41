// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/vocabulary.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "index/fuzzy_walk.h"
#include "text/keyboard.h"
#include "text/loan_words.h"
#include "text/name_terms.h"

namespace nunmul {
namespace {

constexpr Family kNearFamily = Family::FineKey;  // of which near_sounds looks for

std::uint32_t sound_hash(std::string_view skeleton) { return static_cast<std::uint32_t>(hash64(skeleton)); }

// Of a whole name, which may be in Hangul (by its keys) or katakana.
void add_name_sounds(std::string_view letters, std::uint32_t number, std::vector<SoundEntry>& entries) {
  const OtherLayout hangul = as_if_hangul(letters);
  std::vector<std::string> skeletons =
      loan_skeletons(hangul.complete ? std::string_view(hangul.text) : letters);
  for (std::string& skeleton : english_skeletons(letters)) skeletons.push_back(std::move(skeleton));
  for (const std::string& skeleton : skeletons) entries.push_back({sound_hash(skeleton), number});
}

void add_sounds(std::string_view letters, std::uint32_t number, std::vector<SoundEntry>& entries) {
  for (const std::string& skeleton : english_skeletons(letters))
    entries.push_back({sound_hash(skeleton), number});
}

void add_sorted(BinaryFileWriter& file, std::vector<SoundEntry> entries) {
  std::sort(entries.begin(), entries.end(), [](const SoundEntry& a, const SoundEntry& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.number < b.number;
  });
  file.add(entries);
}

std::span<const SoundEntry> entries_with(std::span<const SoundEntry> all, std::string_view skeleton) {
  const std::uint32_t hash = sound_hash(skeleton);
  const auto first =
      std::partition_point(all.begin(), all.end(), [&](const SoundEntry& one) { return one.hash < hash; });
  const auto last =
      std::partition_point(first, all.end(), [&](const SoundEntry& one) { return one.hash == hash; });
  return {first, last};
}

// The place of a string in a sorted list.
template <typename TextOf>
std::optional<std::uint32_t> find_in(std::uint32_t size, TextOf text_of, std::string_view wanted) {
  std::uint32_t low = 0, high = size;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const int order = text_of(middle).compare(wanted);
    if (order == 0) return middle;
    order < 0 ? low = middle + 1 : high = middle;
  }
  return std::nullopt;
}

// The range of a sorted list whose strings begin with `prefix`.
template <typename TextOf>
std::pair<std::uint32_t, std::uint32_t> range_with_prefix(std::uint32_t size, TextOf text_of,
                                                          std::string_view prefix) {
  const auto bound = [&](bool upper) {
    std::uint32_t low = 0, high = size;
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      const std::string_view head = text_of(middle).substr(0, prefix.size());
      (upper ? head <= prefix : head < prefix) ? low = middle + 1 : high = middle;
    }
    return low;
  };
  return {bound(false), bound(true)};
}

struct TextList {
  std::vector<std::uint32_t> offsets{0};
  std::string text;
  void add(std::string_view value) {
    text += value;
    offsets.push_back(static_cast<std::uint32_t>(text.size()));
  }
  void write(BinaryFileWriter& file) const {
    file.add(offsets);
    file.begin_array();
    file.append(text);
  }
  std::size_t size() const { return offsets.size() - 1; }
  std::string_view operator[](std::size_t number) const {
    return std::string_view(text).substr(offsets[number], offsets[number + 1] - offsets[number]);
  }
  // What FuzzyWalk reads.
  void write_shared(BinaryFileWriter& file) const {
    std::vector<std::uint8_t> shared, least;
    for (std::size_t i = 0; i < size(); ++i)
      SharedBytes::add(i == 0 ? std::string_view() : (*this)[i - 1], (*this)[i], shared, least);
    file.add(shared);
    file.add(least);
  }
  void write_filter(BinaryFileWriter& file) const {
    std::vector<std::uint64_t> words = StringFilter::words_for(size());
    for (std::size_t i = 0; i < size(); ++i) StringFilter::add((*this)[i], words);
    file.add(words);
  }
};

std::vector<std::uint32_t> stem_ids(const std::vector<VocabularyWord>& words) {
  std::vector<std::uint32_t> stems;
  stems.reserve(words.size());
  for (const VocabularyWord& word : words) {
    const auto found =
        word.stem == word.word
            ? words.begin() + static_cast<std::ptrdiff_t>(stems.size())
            : std::lower_bound(words.begin(), words.end(), word.stem,
                               [](const VocabularyWord& a, std::string_view b) { return a.word < b; });
    stems.push_back(static_cast<std::uint32_t>(found - words.begin()));
  }
  return stems;
}

}  // namespace

void Vocabulary::write(const std::filesystem::path& path, const std::vector<VocabularyWord>& words,
                       const std::array<NameSpellings, kSpellingFamilies.size()>& spellings) {
  BinaryFileWriter file(path);
  TextList texts;
  std::vector<std::uint32_t> documents;
  std::vector<std::uint8_t> scripts;
  std::vector<LetterSet> letters;
  std::vector<WordId> hangul;
  for (WordId id = 0; id < words.size(); ++id) {
    texts.add(words[id].word);
    documents.push_back(words[id].documents);
    scripts.push_back(static_cast<std::uint8_t>(words[id].script));
    letters.emplace_back(words[id].word);
    if (!words[id].keys.empty()) hangul.push_back(id);
  }
  texts.write(file);
  texts.write_shared(file);
  texts.write_filter(file);
  file.add(stem_ids(words));
  file.add(documents);
  file.add(scripts);
  file.add(letters);

  std::sort(hangul.begin(), hangul.end(), [&](WordId a, WordId b) { return words[a].keys < words[b].keys; });
  TextList keys;
  for (const WordId id : hangul) keys.add(words[id].keys);
  keys.write(file);
  keys.write_shared(file);
  file.add(hangul);

  for (const NameSpellings& family : spellings) {
    TextList values;
    for (const std::string_view value : family.values) values.add(value);
    values.write(file);
    values.write_filter(file);
    file.add(family.ends);
    file.add(family.postings);
  }

  std::vector<SoundEntry> sounding;
  for (WordId id = 0; id < words.size(); ++id)
    if (words[id].script == Script::Latin && words[id].documents > 0)
      add_sounds(words[id].word, id, sounding);
  add_sorted(file, std::move(sounding));
  sounding.clear();
  const std::vector<std::string_view>& names = spellings[spelling_number(Family::KeySequence)].values;
  for (std::uint32_t number = 0; number < names.size(); ++number)
    if (is_whole_name(names[number])) add_name_sounds(names[number].substr(1), number, sounding);
  add_sorted(file, std::move(sounding));
  TextList near;
  for (const std::string_view value : spellings[spelling_number(kNearFamily)].values) near.add(value);
  near.write_shared(file);
  file.finish();
}

Vocabulary::Vocabulary(const std::filesystem::path& path) : file_(path) {
  std::size_t next = 0;  // the arrays as write() puts them
  const auto read = [&]<typename T>(std::span<const T>& array) { array = file_.array<T>(next++); };
  const auto read_text = [&](std::string_view& text) { text = file_.array_bytes(next++); };
  const auto read_shared = [&](SharedBytes& shared) {
    shared = {file_.array<std::uint8_t>(next), file_.array<std::uint8_t>(next + 1)};
    next += 2;
  };
  const auto read_filter = [&](StringFilter& filter) {
    filter = StringFilter(file_.array<std::uint64_t>(next++));
  };
  read(word_offsets_);
  read_text(word_text_);
  read_shared(word_shared_);
  read_filter(word_filter_);
  read(stems_);
  read(documents_);
  read(scripts_);
  read(letters_);
  read(key_offsets_);
  read_text(key_text_);
  read_shared(key_shared_);
  read(key_words_);
  bool damaged = word_offsets_.size() != documents_.size() + 1 || word_shared_.size() != documents_.size() ||
                 key_offsets_.size() != key_words_.size() + 1 || key_shared_.size() != key_words_.size() ||
                 word_filter_.size() == 0;
  for (Spellings& list : spellings_) {
    read(list.offsets);
    read_text(list.text);
    read_filter(list.filter);
    read(list.ends);
    read(list.postings);
    damaged = damaged || list.offsets.size() != list.ends.size() + 1 || list.filter.size() == 0;
  }
  read(sounding_words_);
  read(sounding_names_);
  read_shared(near_shared_);
  if (damaged || near_shared_.size() != spellings(kNearFamily).ends.size())
    throw Error(ErrorCode::IoError, "The file " + path.string() + " is damaged.");
}

std::optional<WordId> Vocabulary::find(std::string_view word) const {
  if (!word_filter_.may_have(word)) return std::nullopt;
  return find_in(
      size(), [this](std::uint32_t i) { return this->word(i); }, word);
}

std::pair<WordId, WordId> Vocabulary::prefix_range(std::string_view prefix) const {
  return range_with_prefix(
      size(), [this](std::uint32_t i) { return word(i); }, prefix);
}

std::span<const WordId> Vocabulary::hangul_with_keys(std::string_view keys) const {
  const auto count = static_cast<std::uint32_t>(key_words_.size());
  const auto [first, last] = range_with_prefix(
      count, [this](std::uint32_t i) { return text(key_offsets_, key_text_, i); }, keys);
  return key_words_.subspan(first, last - first);
}

std::vector<FuzzyWord> Vocabulary::fuzzy(std::string_view word, bool keys, std::uint32_t max_typos,
                                         bool as_prefix, std::uint32_t budget) const {
  std::vector<FuzzyWord> found;
  const std::u32string pattern = to_utf32(word);
  if (pattern.empty() || max_typos == 0) return found;
  const auto run = [&](auto text_of, const SharedBytes& shared, std::uint32_t first, std::uint32_t last,
                       auto id_of) {
    FuzzyWalk walk(text_of, shared, pattern, max_typos, as_prefix, budget);
    walk.walk(first, last, [&](std::uint32_t number, std::uint32_t typos, bool goes_on) {
      found.push_back({id_of(number), typos, goes_on});
    });
  };
  if (keys) {
    const auto text_of = [this](std::uint32_t i) { return text(key_offsets_, key_text_, i); };
    const auto count = static_cast<std::uint32_t>(key_words_.size());
    // With one typo the first letter must be right, which leaves a small part of the list.
    const auto [first, last] =
        max_typos > 1 ? std::pair{0U, count} : range_with_prefix(count, text_of, word.substr(0, 1));
    run(text_of, key_shared_, first, last, [this](std::uint32_t i) { return key_words_[i]; });
  } else {
    const auto text_of = [this](std::uint32_t i) { return this->word(i); };
    const std::size_t first_letter = decode_utf8(word, 0).length;
    // Beyond the letters of alphabets come Hangul, kana and Han, which are no typos of them.
    constexpr std::string_view kEndOfAlphabets = "\u1100";
    auto [first, last] = prefix_range(word.substr(0, first_letter));
    if (max_typos > 1) {
      const bool alphabet = word < kEndOfAlphabets;
      const WordId border = [&] {
        WordId low = 0, high = size();
        while (low < high) {
          const WordId middle = low + (high - low) / 2;
          this->word(middle) < kEndOfAlphabets ? low = middle + 1 : high = middle;
        }
        return low;
      }();
      first = alphabet ? 0 : border;
      last = alphabet ? border : size();
    }
    run(text_of, word_shared_, first, last, [](std::uint32_t i) { return i; });
  }
  return found;
}

std::span<const SoundEntry> Vocabulary::words_with_skeleton(std::string_view skeleton) const {
  return entries_with(sounding_words_, skeleton);
}

std::span<const SoundEntry> Vocabulary::names_with_skeleton(std::string_view skeleton) const {
  return entries_with(sounding_names_, skeleton);
}

std::pair<std::uint32_t, std::uint32_t> Vocabulary::spelling_range(Family family,
                                                                   std::string_view prefix) const {
  const Spellings& list = spellings(family);
  return range_with_prefix(
      static_cast<std::uint32_t>(list.ends.size()),
      [&](std::uint32_t i) { return text(list.offsets, list.text, i); }, prefix);
}

std::vector<std::string_view> Vocabulary::near_sounds(std::string_view value) const {
  constexpr std::size_t kMinLetters = 4;
  constexpr std::uint32_t kBudget = 100'000;
  std::vector<std::string_view> found;
  if (value.size() < kMinLetters) return found;
  const Spellings& list = spellings(kNearFamily);
  const auto text_of = [&](std::uint32_t i) { return text(list.offsets, list.text, i); };
  const auto [first, last] = spelling_range(kNearFamily, value.substr(0, 1));
  FuzzyWalk walk(text_of, near_shared_, to_utf32(value), 1, false, kBudget);
  walk.walk(first, last, [&](std::uint32_t number, std::uint32_t typos, bool) {
    if (typos == 1) found.push_back(text_of(number));
  });
  return found;
}

std::string_view Vocabulary::spelling(Family family, std::uint32_t number) const {
  const Spellings& list = spellings(family);
  return text(list.offsets, list.text, number);
}

std::optional<std::uint32_t> Vocabulary::find_spelling(Family family, std::string_view value) const {
  const Spellings& list = spellings(family);
  if (!list.filter.may_have(value)) return std::nullopt;
  return find_in(
      static_cast<std::uint32_t>(list.ends.size()),
      [&](std::uint32_t i) { return text(list.offsets, list.text, i); }, value);
}

std::span<const SpellingPosting> Vocabulary::spelling_postings(Family family, std::uint32_t number) const {
  const Spellings& list = spellings(family);
  const std::uint32_t begin = number == 0 ? 0 : list.ends[number - 1];
  return list.postings.subspan(begin, list.ends[number] - begin);
}

}  // namespace nunmul
