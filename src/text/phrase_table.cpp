// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/phrase_table.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/inflection.h"
#include "text/segment.h"

namespace nunmul {
namespace {

constexpr std::uint32_t kMaxGapBytes = 4;  // between words that may be one phrase: a space, ・, ’ and a space
constexpr std::size_t kMaxPhraseLetters = 64;
constexpr std::size_t kLongHiragana = 4;  // letters from which on hiragana need not be all of a run
constexpr std::size_t kMinJoined = 6;     // letters of a Latin name from which on it may be written apart

constexpr std::uint64_t edge_key(std::uint32_t node, char32_t letter) {
  return (std::uint64_t{node} << 21 | letter) + 1;
}

constexpr std::size_t slot_of(std::uint64_t key, std::size_t size) {
  return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15u) >> 20) & (size - 1);
}

// One letter of a text and what it borders on.
struct Letter {
  char32_t code;
  CharKind kind;
  Script script;
  std::uint32_t token;
  bool begins_token;
  bool ends_token;
  bool ends_stem;
  bool joined_before;  // to the letter before it: no separator between them
};

}  // namespace

std::uint32_t PhraseTable::child(std::uint32_t node, char32_t letter) const {
  const std::uint64_t key = edge_key(node, letter);
  for (std::size_t slot = slot_of(key, edges_.size());; slot = (slot + 1) & (edges_.size() - 1)) {
    if (edges_[slot].key == key) return edges_[slot].node;
    if (edges_[slot].key == 0) return 0;
  }
}

void PhraseTable::grow() {
  std::vector<Edge> larger(edges_.size() * 2);
  for (const Edge& edge : edges_) {
    if (edge.key == 0) continue;
    std::size_t slot = slot_of(edge.key, larger.size());
    while (larger[slot].key != 0) slot = (slot + 1) & (larger.size() - 1);
    larger[slot] = edge;
  }
  edges_ = std::move(larger);
}

std::uint32_t PhraseTable::child_or_new(std::uint32_t node, char32_t letter) {
  if (const std::uint32_t known = child(node, letter)) return known;
  if (edge_count_ * 2 >= edges_.size()) grow();
  const auto made = static_cast<std::uint32_t>(nodes_.size());
  nodes_.emplace_back();
  const std::uint64_t key = edge_key(node, letter);
  std::size_t slot = slot_of(key, edges_.size());
  while (edges_[slot].key != 0) slot = (slot + 1) & (edges_.size() - 1);
  edges_[slot] = {key, made};
  ++edge_count_;
  return made;
}

void PhraseTable::add_entry(std::u32string_view letters, Entry added) {
  if (letters.empty() || letters.size() > kMaxPhraseLetters) return;
  first_letters_[letters.front() & 0xFFFF] = true;
  std::uint32_t node = 0;
  for (const char32_t letter : letters) node = child_or_new(node, letter);
  for (std::uint32_t at = nodes_[node].first_entry; at != 0; at = entries_[at - 1].next) {
    Entry& known = entries_[at - 1];
    if (known.entry.owner != added.entry.owner || known.words != 0 || added.words != 0) continue;
    known.entry.ambiguous = known.entry.ambiguous && added.entry.ambiguous;
    known.entry.beginning = known.entry.beginning || added.entry.beginning;
    return;
  }
  added.next = nodes_[node].first_entry;
  entries_.push_back(added);
  nodes_[node].first_entry = static_cast<std::uint32_t>(entries_.size());
  ++size_;
}

void PhraseTable::add_stem(std::u32string_view letters, PhraseEntry entry) {
  add_entry(letters, {entry, 0, 0});
}

void PhraseTable::add(std::span<const Token> phrase, PhraseEntry entry) {
  Entry added{entry, 0, 0};
  const auto is_latin = [](const Token& token) { return token.script == Script::Latin; };
  if (std::all_of(phrase.begin(), phrase.end(), is_latin)) {
    std::vector<std::string>& words = latin_words_.emplace_back();
    for (const Token& token : phrase) words.push_back(token.word);
    added.words = static_cast<std::uint32_t>(latin_words_.size());
  }
  add_entry(letters_of(phrase), added);
}

class PhraseTable::Finder {
 public:
  Finder(const PhraseTable& table, std::span<const Token> tokens, std::vector<Letter>& letters)
      : table_(table), tokens_(tokens), letters_(letters) {
    letters_.clear();
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) add_letters(i);
  }

  std::vector<PhraseMatch> find() {
    std::vector<PhraseMatch> matches;
    for (std::size_t begin = 0; begin < letters_.size();) {
      best_end_ = 0;
      if (may_begin(begin)) follow(begin, begin, 0);
      if (best_end_ == 0) {
        ++begin;
        continue;
      }
      add_matches(matches, begin);
      begin = best_end_;
    }
    return matches;
  }

 private:
  void add_letters(std::uint32_t number) {
    const Token& token = tokens_[number];
    const bool by_stem = table_.latin_form_ == LatinForm::Stem && token.script == Script::Latin;
    const std::string_view text = by_stem ? token.stem : token.word;
    const std::size_t begin = letters_.size();
    const bool joined = number > 0 && !token.separated && tokens_[number - 1].script == token.script;
    for (std::size_t at = 0; at < text.size();) {
      const DecodedChar next = decode_utf8(text, at);
      at += next.length;
      if (next.code == U'\'') {
        // A possessive may be the name itself.
        if (letters_.size() > begin && text.substr(at) == "s") letters_.back().ends_stem = true;
        continue;
      }
      const bool first = letters_.size() == begin;
      const bool at_stem_end = token.script == Script::Hangul && at == token.stem.size();
      letters_.push_back({next.code, char_kind(next.code), token.script, number, first, false, at_stem_end,
                          first ? joined : true});
    }
    if (letters_.size() > begin) letters_.back().ends_token = true;
  }

  bool may_begin(std::size_t at) const {
    const Letter& letter = letters_[at];
    if (!table_.first_letters_[letter.code & 0xFFFF]) return false;
    if (letter.begins_token) return true;
    if (letter.script != Script::Han) return false;
    return letter.kind != CharKind::Katakana || letters_[at - 1].kind != CharKind::Katakana;
  }

  // Follows the letters from `at`, where the phrase so far has led to `node`.
  void follow(std::size_t begin, std::size_t at, std::uint32_t node) {
    for (; at < letters_.size(); ++at) {
      const Letter& letter = letters_[at];
      if (at > begin && letter.begins_token && !may_join(at)) return;
      node = table_.child(node, letter.code);
      if (node == 0) return;
      note(begin, at, node);
      // A particle may stand between the words of a phrase.
      if (letter.ends_stem && !letter.ends_token) {
        const std::size_t next = next_token(at);
        if (next < letters_.size() && may_join(next)) follow(begin, next, node);
      }
    }
  }

  std::size_t next_token(std::size_t at) const {
    while (at < letters_.size() && !letters_[at].ends_token) ++at;
    return at + 1;
  }

  bool may_join(std::size_t at) const {
    const std::uint32_t number = letters_[at].token;
    return tokens_[number].begin - tokens_[number - 1].end <= kMaxGapBytes;
  }

  void note(std::size_t begin, std::size_t at, std::uint32_t node) {
    if (table_.nodes_[node].first_entry == 0 || at + 1 <= best_end_) return;
    for (std::uint32_t i = table_.nodes_[node].first_entry; i != 0; i = table_.entries_[i - 1].next) {
      if (!fits(table_.entries_[i - 1], begin, at)) continue;
      best_end_ = at + 1;
      best_node_ = node;
      return;
    }
  }

  bool fits(const Entry& entry, std::size_t begin, std::size_t at) const {
    if (!may_end(begin, at) && !(entry.entry.beginning && may_go_on(at))) return false;
    return entry.words == 0 || fits_words(table_.latin_words_[entry.words - 1], begin, at);
  }

  // Whether what is left of a Hangul word may be an ending.
  bool may_go_on(std::size_t at) const {
    if (letters_[at].script != Script::Hangul) return false;
    return letters_[at].ends_token || may_be_korean_ending(std::u32string_view(&letters_[at + 1].code, 1));
  }

  bool fits_words(const std::vector<std::string>& words, std::size_t begin, std::size_t at) const {
    const std::uint32_t first = letters_[begin].token;
    const std::size_t count = letters_[at].token - first + 1;
    if (table_.latin_form_ == LatinForm::Word) return count <= words.size() || at + 1 - begin >= kMinJoined;
    if (count != words.size()) return false;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_english_form(tokens_[first + i].word, words[i])) return false;
    }
    return true;
  }

  bool may_end(std::size_t begin, std::size_t at) const {
    const Letter& letter = letters_[at];
    if (letter.script != Script::Han) return letter.ends_token || letter.ends_stem;
    const bool joined_after = at + 1 < letters_.size() && letters_[at + 1].joined_before;
    const CharKind after = joined_after ? letters_[at + 1].kind : CharKind::Separator;
    if (letter.kind == CharKind::Katakana && after == CharKind::Katakana && !letter.ends_token) return false;
    if (letter.kind == CharKind::Kanji && at == begin)
      return after != CharKind::Kanji && !follows_kanji(begin);
    return !is_hiragana(begin, at) || keeps_apart(begin, at, joined_after);
  }

  bool follows_kanji(std::size_t begin) const {
    return letters_[begin].joined_before && letters_[begin - 1].kind == CharKind::Kanji;
  }

  bool is_hiragana(std::size_t begin, std::size_t at) const {
    for (std::size_t i = begin; i <= at; ++i) {
      if (letters_[i].kind != CharKind::Hiragana) return false;
    }
    return true;
  }

  bool keeps_apart(std::size_t begin, std::size_t at, bool joined_after) const {
    if (at + 1 - begin >= kLongHiragana) return letters_[begin].begins_token;
    return !letters_[begin].joined_before && !joined_after;
  }

  void add_matches(std::vector<PhraseMatch>& matches, std::size_t begin) const {
    const std::uint32_t first = letters_[begin].token;
    const std::uint32_t last = letters_[best_end_ - 1].token;
    for (std::uint32_t i = table_.nodes_[best_node_].first_entry; i != 0; i = table_.entries_[i - 1].next) {
      const Entry& entry = table_.entries_[i - 1];
      if (!fits(entry, begin, best_end_ - 1)) continue;
      matches.push_back({first, last - first + 1, best_end_ - begin, entry.entry});
    }
  }

  const PhraseTable& table_;
  std::span<const Token> tokens_;
  std::vector<Letter>& letters_;
  std::size_t best_end_ = 0;  // behind the last letter of the longest phrase; 0 if there is none
  std::uint32_t best_node_ = 0;
};

std::u32string PhraseTable::letters_of(std::span<const Token> phrase) const {
  std::u32string out;
  for (const Token& token : phrase) {
    const bool by_stem = latin_form_ == LatinForm::Stem && token.script == Script::Latin;
    for (const char32_t code : to_utf32(by_stem ? token.stem : token.word)) {
      if (code != U'\'') out.push_back(code);
    }
  }
  return out;
}

std::vector<PhraseMatch> PhraseTable::find(std::span<const Token> tokens) const {
  if (size_ == 0) return {};
  thread_local std::vector<Letter> letters;
  return Finder(*this, tokens, letters).find();
}

}  // namespace nunmul
