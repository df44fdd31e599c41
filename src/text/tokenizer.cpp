// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/tokenizer.h"

#include "base/utf8.h"
#include "text/han.h"

namespace nunmul {
namespace {

constexpr std::size_t kPieceBytes = 4096;
constexpr std::size_t kMaxKeptChars = 1 << 16;  // of room for the work, kept by a thread

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
  Reading(const HangulStemmer& stemmer, const KanjiForms& kanji_forms, const WordRules& rules, Workroom& room,
          AnalyzedText& out, StemLanguage language, bool with_terms)
      : stemmer_(stemmer),
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

  void hangul(const Run& run) {
    load_word(run.begin, run.end);
    const std::size_t stem_end = run.begin + stemmer_.stem_length(room_.word);
    Token& token = add_token(Script::Hangul, run.begin, run.end);
    for (std::size_t at = run.begin; at < stem_end && token.stem.size() + 4 <= kMaxTermValueBytes; ++at) {
      append_utf8(token.stem, room_.chars[at].code);
    }
    if (!with_terms_) return;
    add_term(Family::HangulStem, token.stem);
    if (stem_end - run.begin == 1) add_term(Family::HangulBigram, run.begin, stem_end);
    for (std::size_t at = run.begin; at + 1 < stem_end; ++at) add_term(Family::HangulBigram, at, at + 2);
  }

  void han(const Run& run, std::span<const std::uint32_t> word_ends) {
    load_word(run.begin, run.end);
    const std::u32string_view codes = room_.word;
    const bool all_pairs = with_terms_ && is_all_hiragana(codes);
    std::size_t word_begin = 0;
    for (const std::uint32_t word_end : word_ends) {
      Token& token = add_token(Script::Han, run.begin + word_begin, run.begin + word_end);
      token.stem = utf8_prefix(token.word, kMaxTermValueBytes);
      if (with_terms_) han_terms(run, codes, word_begin, word_end, all_pairs);
      word_begin = word_end;
    }
  }

  void han_terms(const Run& run, std::u32string_view codes, std::size_t begin, std::size_t end,
                 bool all_pairs) {
    if (is_han_word(codes.substr(begin, end - begin), codes.size())) {
      add_term(Family::HanWord, out_.tokens.back().stem);
    }
    if (codes.size() == 1) add_term(Family::HanBigram, run.begin, run.end);
    for (std::size_t at = begin; at < end; ++at) {
      if (is_kanji(codes[at])) add_term(Family::Kanji, run.begin + at, run.begin + at + 1);
      if (at + 1 == codes.size()) break;
      if (all_pairs || is_han_pair(codes[at], codes[at + 1])) {
        add_term(Family::HanBigram, run.begin + at, run.begin + at + 2);
      }
    }
  }

  const HangulStemmer& stemmer_;
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
static AnalyzedText read(const HangulStemmer& stemmer, const KanjiForms& kanji_forms, const WordRules& rules,
                         std::string_view text, StemLanguage language, bool with_terms) {
  thread_local Workroom room;
  AnalyzedText out;
  Reading reading(stemmer, kanji_forms, rules, room, out, language, with_terms);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = rules.empty() ? piece_end(text, from) : text.size();
    reading.piece(text, from, to);
    from = to;
  }
  if (room.chars.capacity() > kMaxKeptChars) room = Workroom();
  return out;
}

std::vector<Token> Tokenizer::tokens(std::string_view text, StemLanguage language) const {
  return read(stemmer_, kanji_forms_, rules_, text, language, false).tokens;
}

AnalyzedText Tokenizer::analyze(std::string_view text, StemLanguage language) const {
  return read(stemmer_, kanji_forms_, rules_, text, language, true);
}

}  // namespace nunmul
