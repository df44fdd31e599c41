// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/vocabulary.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/keyboard.h"
#include "text/loan_words.h"
#include "text/name_terms.h"

namespace nunmul {
namespace {

constexpr std::size_t kFirstSpellingArray = 8;
constexpr std::size_t kSpellingArrays = 4;  // of each family
constexpr std::size_t kSoundArray = kFirstSpellingArray + kSpellingArrays * kSpellingFamilies.size();

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

// A sorted list of strings as a trie that is walked without being built: a node is a range of the list
// whose strings share their first `depth` bytes.
template <typename TextOf>
class FuzzyWalk {
 public:
  FuzzyWalk(TextOf text_of, std::u32string pattern, std::uint32_t max_typos, bool as_prefix,
            std::uint32_t budget)
      : text_of_(text_of),
        pattern_(std::move(pattern)),
        max_(max_typos),
        as_prefix_(as_prefix),
        budget_(budget) {}

  // Calls found(number, typos, goes_on) for each string that fits.
  template <typename Found>
  void walk(std::uint32_t first, std::uint32_t last, Found&& found) {
    // Deleting from the pattern's begin: the first letter counts two.
    Row start(pattern_.size() + 1);
    for (std::size_t j = 0; j < start.size(); ++j) start[j] = j == 0 ? 0 : static_cast<std::uint32_t>(j) + 1;
    visit(first, last, 0, 0, U'\0', start, start, found);
  }

 private:
  using Row = std::vector<std::uint32_t>;
  static constexpr std::uint32_t kFar = 1'000'000;

  // The end of the run of strings from `first` on that have `piece` at byte `depth`.
  std::uint32_t run_end(std::uint32_t first, std::uint32_t last, std::size_t depth,
                        std::string_view piece) const {
    const auto same = [&](std::uint32_t i) { return text_of_(i).substr(depth, piece.size()) == piece; };
    // Gallop, then bisect: `low` has the piece, everything from `high` on has not.
    std::uint32_t low = first, high = first + 1;
    for (std::uint32_t stride = 1; high < last && same(high); stride *= 2) {
      low = high;
      high = last - high > stride ? high + stride : last;
    }
    while (high - low > 1) {
      const std::uint32_t middle = low + (high - low) / 2;
      (same(middle) ? low : high) = middle;
    }
    return high;
  }

  template <typename Found>
  void visit(std::uint32_t first, std::uint32_t last, std::size_t depth, std::size_t letters, char32_t letter,
             const Row& row, const Row& row_before, Found& found) {
    const std::size_t m = pattern_.size();
    if (as_prefix_ && letters > 0 && row[m] <= max_) {
      // Everything below begins with something near enough.
      for (std::uint32_t i = first; i < last && budget_ > 0; ++i, --budget_)
        found(i, row[m], text_of_(i).size() > depth);
      return;
    }
    std::uint32_t at = first;
    if (at < last && text_of_(at).size() == depth) {
      if (letters > 0 && row[m] <= max_) found(at, row[m], false);
      ++at;
    }
    Row next(m + 1, kFar);
    while (at < last && budget_ > 0) {
      --budget_;
      const std::string_view text = text_of_(at);
      const DecodedChar c = decode_utf8(text, depth);
      const std::uint32_t end = run_end(at, last, depth, text.substr(depth, c.length));
      if (step(row, row_before, letters, letter, c.code, next) <= max_)
        visit(at, end, depth + c.length, letters + 1, c.code, next, row, found);
      at = end;
    }
  }

  // The row of optimal string alignment distances after one more letter; returns its least value. What is
  // more letters apart than there may be typos stays far away, so that a long word costs no more than a short
  // one.
  std::uint32_t step(const Row& row, const Row& before, std::size_t letters, char32_t letter, char32_t c,
                     Row& next) const {
    const bool first_letter = letters == 0;
    const std::size_t row_number = letters + 1, begin = row_number > max_ ? row_number - max_ : 1,
                      end = std::min<std::size_t>(pattern_.size(), row_number + max_);
    next[0] = static_cast<std::uint32_t>(letters) + 2;  // inserting in front of the first letter counts two
    std::uint32_t least = next[0];
    for (std::size_t j = begin; j <= end; ++j) {
      const bool at_first = first_letter && j == 1;
      std::uint32_t best = row[j - 1] + (pattern_[j - 1] == c ? 0 : at_first ? 2 : 1);
      best = std::min(best, row[j] + 1);
      best = std::min(best, next[j - 1] + 1);
      if (letters >= 1 && j >= 2 && pattern_[j - 1] == letter && pattern_[j - 2] == c)
        best = std::min(best, before[j - 2] + (letters == 1 && j == 2 ? 2 : 1));
      next[j] = best;
      least = std::min(least, best);
    }
    return least;
  }

  TextOf text_of_;
  std::u32string pattern_;
  std::uint32_t max_;
  bool as_prefix_;
  std::uint32_t budget_;
};

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
  std::vector<WordId> hangul;
  for (WordId id = 0; id < words.size(); ++id) {
    texts.add(words[id].word);
    documents.push_back(words[id].documents);
    scripts.push_back(static_cast<std::uint8_t>(words[id].script));
    if (!words[id].keys.empty()) hangul.push_back(id);
  }
  texts.write(file);
  file.add(stem_ids(words));
  file.add(documents);
  file.add(scripts);

  std::sort(hangul.begin(), hangul.end(), [&](WordId a, WordId b) { return words[a].keys < words[b].keys; });
  TextList keys;
  for (const WordId id : hangul) keys.add(words[id].keys);
  keys.write(file);
  file.add(hangul);

  for (const NameSpellings& family : spellings) {
    TextList values;
    for (const std::string_view value : family.values) values.add(value);
    values.write(file);
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
  file.finish();
}

Vocabulary::Vocabulary(const std::filesystem::path& path)
    : file_(path),
      word_offsets_(file_.array<std::uint32_t>(0)),
      word_text_(file_.array_bytes(1)),
      stems_(file_.array<std::uint32_t>(2)),
      documents_(file_.array<std::uint32_t>(3)),
      scripts_(file_.array<std::uint8_t>(4)),
      key_offsets_(file_.array<std::uint32_t>(5)),
      key_text_(file_.array_bytes(6)),
      key_words_(file_.array<WordId>(7)) {
  const auto damaged = [&] {
    return Error(ErrorCode::IoError, "The file " + path.string() + " is damaged.");
  };
  if (word_offsets_.size() != documents_.size() + 1 || key_offsets_.size() != key_words_.size() + 1)
    throw damaged();
  for (std::size_t i = 0; i < spellings_.size(); ++i) {
    const std::size_t first = kFirstSpellingArray + kSpellingArrays * i;
    spellings_[i] = {file_.array<std::uint32_t>(first), file_.array_bytes(first + 1),
                     file_.array<std::uint32_t>(first + 2), file_.array<SpellingPosting>(first + 3)};
    if (spellings_[i].offsets.size() != spellings_[i].ends.size() + 1) throw damaged();
  }
  sounding_words_ = file_.array<SoundEntry>(kSoundArray);
  sounding_names_ = file_.array<SoundEntry>(kSoundArray + 1);
}

std::optional<WordId> Vocabulary::find(std::string_view word) const {
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
  const auto run = [&](auto text_of, std::uint32_t first, std::uint32_t last, auto id_of) {
    FuzzyWalk walk(text_of, pattern, max_typos, as_prefix, budget);
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
    run(text_of, first, last, [this](std::uint32_t i) { return key_words_[i]; });
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
    run(text_of, first, last, [](std::uint32_t i) { return i; });
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

std::vector<std::string_view> Vocabulary::near_spellings(Family family, std::string_view value) const {
  constexpr std::size_t kMinLetters = 4;
  constexpr std::uint32_t kBudget = 100'000;
  std::vector<std::string_view> found;
  if (value.size() < kMinLetters) return found;
  const Spellings& list = spellings(family);
  const auto text_of = [&](std::uint32_t i) { return text(list.offsets, list.text, i); };
  const auto [first, last] = spelling_range(family, value.substr(0, 1));
  FuzzyWalk walk(text_of, to_utf32(value), 1, false, kBudget);
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
