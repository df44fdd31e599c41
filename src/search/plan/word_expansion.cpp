// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/word_expansion.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>

#include "base/utf8.h"
#include "index/vocabulary.h"
#include "text/jamo.h"

namespace nunmul {
namespace {

// Gathers words over segments, then keeps what the limits allow.
class Gatherer {
 public:
  // Nothing if no documents are said to have it.
  void add(const Vocabulary& vocabulary, WordId id, std::uint8_t typos, bool prefix,
           std::uint64_t documents) {
    if (documents == 0) return;
    const std::string_view word = vocabulary.word(id);
    const auto [known, is_new] = numbers_.emplace(word, words_.size());
    if (is_new)
      words_.push_back(
          {std::string(word), std::string(vocabulary.stem(id)), vocabulary.script(id), typos, prefix, 0});
    words_[known->second].documents += documents;
  }

  std::vector<ExpandedWord> take(const ExpansionLimits& limits) {
    std::sort(words_.begin(), words_.end(), [](const ExpandedWord& a, const ExpandedWord& b) {
      if (a.typos != b.typos) return a.typos < b.typos;
      if (a.documents != b.documents) return a.documents > b.documents;
      return a.word < b.word;
    });
    std::vector<ExpandedWord> kept;
    std::uint64_t postings = 0;
    for (ExpandedWord& word : words_) {
      if (kept.size() >= limits.words) break;
      if (!kept.empty() && postings + word.documents > limits.postings)
        continue;  // a rarer one may still fit
      postings += word.documents;
      kept.push_back(std::move(word));
    }
    return kept;
  }

 private:
  std::vector<ExpandedWord> words_;
  std::unordered_map<std::string_view, std::size_t> numbers_;  // views into the vocabularies
};

// The commonest of a long run of words, so that a one-letter prefix need not copy them all.
void add_commonest(Gatherer& gatherer, const Vocabulary& vocabulary, std::vector<WordId> ids,
                   std::size_t limit) {
  const auto commoner = [&](WordId a, WordId b) { return vocabulary.documents(a) > vocabulary.documents(b); };
  if (ids.size() > limit) {
    std::nth_element(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(limit), ids.end(), commoner);
    ids.resize(limit);
  }
  for (const WordId id : ids) gatherer.add(vocabulary, id, 0, true, vocabulary.documents(id));
}

std::vector<ExpandedWord> find_words_with_prefix(const Generation& generation, const Token& token,
                                                 const ExpansionLimits& limits) {
  Gatherer gatherer;
  for (const LiveSegment& live : generation.segments()) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    std::vector<WordId> ids;
    if (token.script == Script::Hangul) {
      const auto found = vocabulary.hangul_with_keys(key_sequence(token.word));
      ids.assign(found.begin(), found.end());
      if (has_shifted_keys(token.word))
        std::erase_if(ids, [&](WordId id) { return !is_key_prefix(token.word, vocabulary.word(id)); });
    } else {
      const auto [first, last] = vocabulary.prefix_range(token.word);
      for (WordId id = first; id < last; ++id) ids.push_back(id);
    }
    std::erase_if(ids, [&](WordId id) { return vocabulary.word(id) == token.word; });
    add_commonest(gatherer, vocabulary, std::move(ids), 4 * limits.words);
  }
  return gatherer.take(limits);
}

// What a prefix may cost: the shorter it is, the more words begin with it and the less it says. And less
// where it is a common word itself.
ExpansionLimits limits_of_prefix(const Generation& generation, const Token& token) {
  constexpr std::array<std::uint64_t, 3> kPostings{6000, 10'000, 16'000};
  ExpansionLimits limits;
  limits.postings = kPostings[std::clamp<std::size_t>(typed_length(token), 1, kPostings.size()) - 1];
  limits.postings -= std::min(documents_of_word(generation, token.word), limits.postings - kPostings[0]);
  return limits;
}

bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Other forms of a stem begin like it, but for its last letter (happi, happy).
std::string_view root_of(std::string_view stem) {
  return utf8_prefix(stem, stem.size() > 4 ? stem.size() - 1 : stem.size());
}

constexpr WordId kEnoughForms = 2'000;

// Contractions that have a stem's letters, but for the apostrophe (ill, i'll).
std::uint64_t documents_of_contractions(const Vocabulary& vocabulary, std::string_view stem, WordId stem_id) {
  constexpr std::size_t kLongestEnd = 2;
  std::uint64_t total = 0;
  for (std::size_t end = 1; end <= kLongestEnd && end < stem.size(); ++end) {
    std::string word(stem);
    word.insert(word.size() - end, 1, '\'');
    if (const auto id = vocabulary.find(word); id && vocabulary.stem_id(*id) == stem_id)
      total += vocabulary.documents(*id);
  }
  return total;
}

// Where a word may be cut, by the documents that have the parts.
class Splitter {
 public:
  Splitter(const Generation& generation, std::u32string_view letters, Script script, bool known)
      : generation_(generation),
        letters_(letters),
        in_three_(script == Script::Latin && !known),
        least_(script == Script::Latin && known ? 2 : 1) {
    for (std::size_t cut = least_; cut + least_ <= letters_.size(); ++cut) {
      const std::uint64_t left = documents(0, cut);
      if (left == 0) continue;
      add(std::min(left, documents(cut, letters_.size())), {cut});
      for (std::size_t next = cut + least_; in_three_ && next + least_ <= letters_.size(); ++next)
        add(std::min({left, documents(cut, next), documents(next, letters_.size())}), {cut, next});
    }
  }

  std::vector<std::vector<std::string>> splits() {
    const std::size_t most = in_three_ ? 3 : 1;
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      return a.cuts.size() != b.cuts.size() ? a.cuts.size() < b.cuts.size() : a.documents > b.documents;
    });
    std::vector<std::vector<std::string>> splits;
    for (const Found& found : found_) {
      if (splits.size() == most) break;
      std::vector<std::string>& parts = splits.emplace_back();
      std::size_t begin = 0;
      for (const std::size_t cut : found.cuts) parts.push_back(part(std::exchange(begin, cut), cut));
      parts.push_back(part(begin, letters_.size()));
    }
    return splits;
  }

 private:
  struct Found {
    std::uint64_t documents;
    std::vector<std::size_t> cuts;
  };

  std::string part(std::size_t begin, std::size_t end) const {
    return to_utf8(letters_.substr(begin, end - begin));
  }
  std::uint64_t documents(std::size_t begin, std::size_t end) {
    const auto [known, is_new] = documents_.emplace(std::pair(begin, end), 0);
    if (is_new) known->second = documents_of_word(generation_, part(begin, end));
    return known->second;
  }
  void add(std::uint64_t documents, std::vector<std::size_t> cuts) {
    if (documents > 0) found_.push_back({documents, std::move(cuts)});
  }

  const Generation& generation_;
  std::u32string_view letters_;
  bool in_three_;      // words that are unknown, and of an alphabet
  std::size_t least_;  // letters of a part
  std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> documents_;
  std::vector<Found> found_;
};

// Documents that have a word, or else Korean words of that stem, which none may have without a particle.
// (Stems of other languages are no words.)
std::uint64_t documents_of_entry(const Vocabulary& vocabulary, WordId id) {
  std::uint64_t total = vocabulary.documents(id);
  if (total > 0 || vocabulary.script(id) != Script::Hangul) return total;
  const auto [first, last] = vocabulary.prefix_range(root_of(vocabulary.word(id)));
  for (WordId w = first; w < last && w - first < kEnoughForms; ++w)
    if (vocabulary.stem_id(w) == id) total += vocabulary.documents(w);
  return total;
}

std::vector<ExpandedWord> find_words_with_typos(const Generation& generation, const Token& token,
                                                std::uint32_t max_typos, bool as_prefix,
                                                const ExpansionLimits& limits) {
  Gatherer gatherer;
  const bool keys = token.script == Script::Hangul;
  const std::string typed = keys ? key_sequence(token.word) : token.word;
  for (const LiveSegment& live : generation.segments()) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    for (const FuzzyWord& found : vocabulary.fuzzy(typed, keys, max_typos, as_prefix))
      if (found.typos > 0)
        gatherer.add(vocabulary, found.word, static_cast<std::uint8_t>(found.typos), found.prefix,
                     documents_of_entry(vocabulary, found.word));
  }
  return gatherer.take(limits);
}

}  // namespace

std::uint64_t documents_of_word(const Generation& generation, std::string_view word) {
  std::uint64_t total = 0;
  for (const LiveSegment& live : generation.segments()) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    if (const auto id = vocabulary.find(word)) total += vocabulary.documents(*id);
  }
  return total;
}

std::uint64_t documents_of_stem(const Generation& generation, std::string_view stem) {
  std::uint64_t total = 0;
  for (const LiveSegment& live : generation.segments()) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    const auto id = vocabulary.find(stem);
    if (!id) continue;
    const auto [first, last] = vocabulary.prefix_range(root_of(stem));
    for (WordId w = first; w < last && w - first < kEnoughForms; ++w)
      if (vocabulary.stem_id(w) == *id) total += vocabulary.documents(w);
    if (vocabulary.script(*id) == Script::Latin) total += documents_of_contractions(vocabulary, stem, *id);
  }
  return total;
}

std::uint64_t documents_of_stem(const Generation& generation, std::string_view stem, StemLanguage language) {
  std::uint64_t total = 0;
  for (const LiveSegment& live : generation.segments()) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    const auto [first, last] = vocabulary.prefix_range(root_of(stem));
    for (WordId w = first; w < last && w - first < kEnoughForms; ++w)
      if (vocabulary.script(w) == Script::Latin && vocabulary.documents(w) > 0 &&
          latin_stem(std::string(vocabulary.word(w)), language) == stem)
        total += vocabulary.documents(w);
  }
  return total;
}

std::vector<ExpandedWord> words_with_prefix(const Generation& generation, const Token& token) {
  // Every keystroke of everybody begins with one of few short prefixes, whose words are many.
  return *generation.cached<std::vector<ExpandedWord>>("prefix " + token.word, [&] {
    return find_words_with_prefix(generation, token, limits_of_prefix(generation, token));
  });
}

std::size_t typed_length(const Token& token) {
  return token.script == Script::Hangul ? key_sequence(token.word).size() : count_chars(token.word);
}

bool is_short_hangul(const Token& token) {
  return token.script == Script::Hangul && count_chars(token.word) <= 2;
}

std::uint32_t allowed_typos(const TypoTolerance& tolerance, const Token& token) {
  if (!tolerance.enabled || (tolerance.disable_on_numbers && has_digit(token.word))) return 0;
  const std::size_t letters = typed_length(token);
  if (letters >= tolerance.two_typos) return 2;
  return letters >= tolerance.one_typo ? 1 : 0;
}

std::vector<ExpandedWord> words_with_typos(const Generation& generation, const Token& token,
                                           std::uint32_t max_typos, bool as_prefix,
                                           const ExpansionLimits& limits) {
  // Who types asks for each word again with every key of the next one, and most words of queries are common
  // ones: the walk for misspellings alone took 8 % of a mix of queries at 100,000 entries.
  const std::string key = "typos " + std::to_string(max_typos) + (as_prefix ? " p " : " w ") +
                          std::to_string(limits.words) + ' ' + std::to_string(limits.postings) + ' ' +
                          token.word;
  return *generation.cached<std::vector<ExpandedWord>>(
      key, [&] { return find_words_with_typos(generation, token, max_typos, as_prefix, limits); });
}

std::vector<std::vector<std::string>> splits_of(const Generation& generation, const Token& token,
                                                bool known) {
  constexpr std::size_t kMaxLetters = 30;
  const std::u32string letters = to_utf32(token.word);
  if (token.script == Script::Han || letters.size() > kMaxLetters) return {};
  return Splitter(generation, letters, token.script, known).splits();
}

bool has_spelling(const Generation& generation, Family family, std::string_view value) {
  const auto& segments = generation.segments();
  return std::any_of(segments.begin(), segments.end(), [&](const LiveSegment& live) {
    return live.segment->vocabulary().find_spelling(family, value).has_value();
  });
}

std::vector<std::string> spellings_with_prefix(const Generation& generation, Family family,
                                               std::string_view prefix, std::size_t limit) {
  std::vector<std::string_view> values;
  for (const LiveSegment& live : generation.segments()) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    const auto [first, last] = vocabulary.spelling_range(family, prefix);
    for (std::uint32_t i = first; i < last; ++i) values.push_back(vocabulary.spelling(family, i));
  }
  const auto shorter = [](std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  };
  if (values.size() > limit) {
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(limit), values.end(),
                     shorter);
    values.resize(limit);
  }
  std::sort(values.begin(), values.end(), shorter);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return {values.begin(), values.end()};
}

}  // namespace nunmul
