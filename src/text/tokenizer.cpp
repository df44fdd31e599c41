// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/tokenizer.h"

#include "base/utf8.h"
#include "text/han.h"
#include "text/japanese.h"
#include "text/kana_spelling.h"

namespace nunmul {
namespace {

constexpr std::size_t kPieceBytes = 4096;
constexpr std::size_t kMaxKeptChars = 1 << 16;  // of room for the work, kept by a thread
constexpr std::size_t kMaxSymbols = 200;        // in a text without words; a longer one is an ornament

// Room for the work on one piece; each thread has one.
struct Workroom {
  std::vector<FoldedChar> chars;
  std::vector<CharKind> kinds;
  std::vector<Run> runs;
  HanWordBreaker han_words;
  std::u32string word;
};

// Where the piece that begins at `from` may end: before a space or a Japanese full stop or comma.
std::size_t piece_end(std::string_view text, std::size_t from) {
  for (std::size_t at = from + kPieceBytes; at < text.size(); ++at) {
    if (static_cast<unsigned char>(text[at]) <= ' ') return at;
    if (text.substr(at, 3) == "、" || text.substr(at, 3) == "。") return at;
  }
  return text.size();
}

class Reading {
 public:
  Reading(const HangulStemmer& stemmer, const KoreanLexicon& lexicon, const KanjiForms& kanji_forms,
          const WordRules& rules, Workroom& room, AnalyzedText& out, StemLanguage language, bool with_terms)
      : stemmer_(stemmer),
        lexicon_(lexicon),
        kanji_forms_(kanji_forms),
        rules_(rules),
        room_(room),
        out_(out),
        language_(language),
        with_terms_(with_terms) {}

  void piece(std::string_view text, std::size_t from, std::size_t to) {
    room_.chars.clear();
    room_.runs.clear();
    fold_into(room_.chars, text, from, to);
    find_runs(room_.runs, room_.chars, rules_, room_.kinds);
    if (room_.runs.empty() && out_.tokens.empty() && from == 0 && to == text.size()) return symbols_alone();
    break_han_runs();
    std::size_t han_run = 0;
    for (const Run& run : room_.runs) {
      if (run.whole) {
        whole(run);
      } else if (run.script == Script::Latin) {
        latin(run);
      } else if (run.script == Script::Hangul) {
        hangul(run);
      } else {
        han(run, room_.han_words.words(han_run++));
      }
    }
    if (with_terms_ && !out_.tokens.empty()) symbols(0, room_.chars.size());
  }

 private:
  void load_word(std::size_t begin, std::size_t end) {
    room_.word.clear();
    for (std::size_t at = begin; at < end; ++at) room_.word.push_back(room_.chars[at].code);
  }

  void break_han_runs() {
    room_.han_words.clear();
    for (const Run& run : room_.runs) {
      if (run.script != Script::Han || run.whole) continue;
      load_word(run.begin, run.end);
      room_.han_words.add_run(room_.word);
      if (kanji_forms_.empty()) continue;
      for (std::size_t at = run.begin; at < run.end; ++at) {
        room_.chars[at].code = kanji_forms_.modern(room_.chars[at].code);
      }
    }
    room_.han_words.find_words();
  }

  // A token of the folded characters [begin, end). Where one character of the text became several
  // tokens (㍿), the first has its bytes and the others an empty range at its end.
  Token& add_token(Script script, std::size_t begin, std::size_t end) {
    Token& token = out_.tokens.emplace_back();
    token.script = script;
    for (std::size_t at = begin; at < end; ++at) append_utf8(token.word, room_.chars[at].code);
    token.begin = std::max(room_.chars[begin].begin, last_end_);
    token.end = std::max(room_.chars[end - 1].end, token.begin);
    token.separated = out_.tokens.size() == 1 || token.begin != last_end_;
    token.position = static_cast<std::uint32_t>(out_.tokens.size() - 1);
    last_end_ = token.end;
    return token;
  }

  void add_term(Family family, std::string value) {
    out_.terms.push_back({family, std::move(value), out_.tokens.back().position});
  }
  void add_term(Family family, std::size_t begin, std::size_t end) {
    Term& term = out_.terms.emplace_back();
    term.family = family;
    term.position = out_.tokens.back().position;
    for (std::size_t at = begin; at < end; ++at) append_utf8(term.value, room_.chars[at].code);
    if (term.value.size() > kMaxTermValueBytes) term.value = utf8_prefix(term.value, kMaxTermValueBytes);
  }

  static Family stem_family(Script script) {
    if (script == Script::Hangul) return Family::HangulStem;
    return script == Script::Latin ? Family::LatinStem : Family::HanWord;
  }

  // A text without words has its symbols for words, as a space parts them.
  void symbols_alone() {
    if (room_.chars.size() > kMaxSymbols) return;
    const auto is_blank = [&](std::size_t at) {
      return room_.chars[at].code <= U' ' || room_.chars[at].code == 0x3000;
    };
    for (std::size_t at = 0; at < room_.chars.size();) {
      std::size_t end = at;
      while (end < room_.chars.size() && !is_blank(end)) ++end;
      if (end > at) {
        Token& token = add_token(Script::Latin, at, end);
        token.stem = utf8_prefix(token.word, kMaxTermValueBytes);
        if (with_terms_) add_term(Family::LatinStem, token.stem);
        if (with_terms_ && end - at > 1) symbols(at, end);
      }
      at = end + 1;
    }
  }

  // They are found, but no words of the text: between two words a ♥ is no third.
  void symbols(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at)
      if (room_.kinds[at] == CharKind::Symbol) add_term(Family::LatinStem, at, at + 1);
  }

  void whole(const Run& run) {
    Token& token = add_token(run.script, run.begin, run.end);
    token.stem = utf8_prefix(token.word, kMaxTermValueBytes);
    if (with_terms_) add_term(stem_family(run.script), token.stem);
  }

  void latin(const Run& run) {
    Token& token = add_token(Script::Latin, run.begin, run.end);
    if (token.word.size() > kMaxTermValueBytes) {
      token.stem = utf8_prefix(token.word, kMaxTermValueBytes);
    } else {
      token.stem = latin_stem(token.word, language_);
    }
    if (with_terms_) add_term(Family::LatinStem, token.stem);
  }

  // Whether the first letters of a word of Hangul are a noun of the dictionary with a particle behind it, or
  // with nothing. Of two syllables the second is more often a particle than the end of a noun (비가), but for
  // a few.
  bool is_noun(std::u32string_view word, std::size_t length) const {
    constexpr std::u32string_view kEndsOfNouns = U"도로만의과와";
    if (length < 2 || !lexicon_.has_noun(word.substr(0, length))) return false;
    if (length == word.size())
      return length > 2 || kEndsOfNouns.find(word.back()) != std::u32string_view::npos;
    // So near to its end nothing longer than a particle can be taken off.
    return stemmer_.stem_length(word.substr(length - 2)) == 2;
  }

  std::size_t hangul_stem(std::u32string_view word) const {
    const std::size_t shortest = stemmer_.stem_length(word);
    for (std::size_t length = word.size(); length > shortest; --length)
      if (is_noun(word, length)) return length;
    return shortest;
  }

  void hangul(const Run& run) {
    load_word(run.begin, run.end);
    const std::size_t stem_end = run.begin + hangul_stem(room_.word);
    Token& token = add_token(Script::Hangul, run.begin, run.end);
    for (std::size_t at = run.begin; at < stem_end && token.stem.size() + 4 <= kMaxTermValueBytes; ++at) {
      append_utf8(token.stem, room_.chars[at].code);
    }
    if (!with_terms_) return;
    add_term(Family::HangulStem, token.stem);
    if (stem_end - run.begin == 1) add_term(Family::HangulBigram, run.begin, stem_end);
    // The part cut off may be the end of a noun; its pairs are there too.
    const std::size_t pairs_end = run.begin + lexicon_.end_of_noun_over(room_.word, stem_end - run.begin);
    for (std::size_t at = run.begin; at + 1 < pairs_end; ++at) add_term(Family::HangulBigram, at, at + 2);
    for (std::string& verb : lexicon_.verbs_of(room_.word)) add_term(Family::HangulVerb, std::move(verb));
  }

  void han(const Run& run, std::span<const std::uint32_t> word_ends) {
    load_word(run.begin, run.end);
    const std::u32string_view codes = room_.word;
    std::size_t word_begin = 0;
    for (const std::uint32_t word_end : word_ends) {
      Token& token = add_token(Script::Han, run.begin + word_begin, run.begin + word_end);
      token.stem = utf8_prefix(token.word, kMaxTermValueBytes);
      if (with_terms_) han_terms(run, codes, word_begin, word_end);
      word_begin = word_end;
    }
    if (with_terms_) kana_pairs(codes);
  }

  void kana_pairs(std::u32string_view run) {
    const std::u32string spelled = spelled_in_hiragana(run);
    for (std::size_t at = 0; at + 1 < spelled.size(); ++at) {
      if (!is_hiragana(spelled[at]) || !is_hiragana(spelled[at + 1])) continue;
      std::string pair;
      append_utf8(pair, spelled[at]);
      append_utf8(pair, spelled[at + 1]);
      add_term(Family::KanaPair, std::move(pair));
    }
  }

  void han_terms(const Run& run, std::u32string_view codes, std::size_t begin, std::size_t end) {
    if (is_han_word(codes.substr(begin, end - begin), codes.size())) {
      add_term(Family::HanWord, out_.tokens.back().stem);
    }
    if (codes.size() == 1) add_term(Family::HanBigram, run.begin, run.end);
    for (std::size_t at = begin; at < end; ++at) {
      if (is_kanji(codes[at])) add_term(Family::Kanji, run.begin + at, run.begin + at + 1);
      if (at + 1 == codes.size()) break;
      if (is_han_pair(codes[at], codes[at + 1])) {
        add_term(Family::HanBigram, run.begin + at, run.begin + at + 2);
      }
    }
  }

  const HangulStemmer& stemmer_;
  const KoreanLexicon& lexicon_;
  const KanjiForms& kanji_forms_;
  const WordRules& rules_;
  Workroom& room_;
  AnalyzedText& out_;
  const StemLanguage language_;
  const bool with_terms_;
  std::uint32_t last_end_ = 0;
};

}  // namespace

// Settings may join what a cut would part, so with settings the text is one piece.
static AnalyzedText read(const HangulStemmer& stemmer, const KoreanLexicon& lexicon,
                         const KanjiForms& kanji_forms, const WordRules& rules, std::string_view text,
                         StemLanguage language, bool with_terms) {
  thread_local Workroom room;
  AnalyzedText out;
  Reading reading(stemmer, lexicon, kanji_forms, rules, room, out, language, with_terms);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = rules.empty() ? piece_end(text, from) : text.size();
    reading.piece(text, from, to);
    from = to;
  }
  if (room.chars.capacity() > kMaxKeptChars) room = Workroom();
  return out;
}

std::vector<Token> Tokenizer::tokens(std::string_view text, StemLanguage language) const {
  return read(stemmer_, lexicon_, kanji_forms_, rules_, text, language, false).tokens;
}

AnalyzedText Tokenizer::analyze(std::string_view text, StemLanguage language) const {
  return read(stemmer_, lexicon_, kanji_forms_, rules_, text, language, true);
}

}  // namespace nunmul
