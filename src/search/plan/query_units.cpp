// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/query_units.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "search/plan/han_units.h"
#include "text/japanese.h"

namespace nunmul {
namespace {

// Without a dictionary, one or two hiragana inside a longer run are grammar (の, から).
bool is_inner_kana(const std::vector<Token>& tokens, std::size_t t) {
  const Token& token = tokens[t];
  if (token.script != Script::Han || count_chars(token.word) > 2) return false;
  const std::u32string letters = to_utf32(token.word);
  const bool joined = !token.separated || (t + 1 < tokens.size() && !tokens[t + 1].separated);
  return joined && std::all_of(letters.begin(), letters.end(), is_hiragana);
}

// Words that by themselves say nothing in Chinese, as the analyzer cuts them (的 is no word of 的确), and are
// none in Japanese.
bool is_chinese_particle(const std::string& word) {
  constexpr std::u32string_view kParticles = U"的在了吗嗎呢吧";
  return count_chars(word) == 1 && kParticles.find(decode_utf8(word, 0).code) != std::u32string_view::npos;
}

class UnitReader {
 public:
  UnitReader(const KanaReader* reader, const std::vector<Token>& tokens) : reader_(reader), tokens_(tokens) {}

  std::vector<QueryUnit> units() {
    for (std::size_t t = 0; t < tokens_.size();) {
      std::size_t end = t + 1;
      if (tokens_[t].script == Script::Han)
        while (end < tokens_.size() && tokens_[end].script == Script::Han && !tokens_[end].separated) ++end;
      if (tokens_[t].script != Script::Han || !add_run(t, end))
        for (; t < end; ++t) add_token(t);
      t = end;
    }
    return std::move(units_);
  }

 private:
  void add_token(std::size_t t) {
    QueryUnit unit;
    unit.tokens = {tokens_[t]};
    unit.number = static_cast<std::uint32_t>(t);
    unit.grammar = is_inner_kana(tokens_, t) || is_chinese_particle(unit.tokens[0].word);
    units_.push_back(std::move(unit));
  }

  // The tokens [first, end) as their letters are to be cut, if that is known.
  bool add_run(std::size_t first, std::size_t end) {
    std::string run;
    std::vector<std::size_t> ends;  // of the tokens in it
    for (std::size_t t = first; t < end; ++t) ends.push_back((run += tokens_[t].word).size());
    const auto token_at = [&](std::size_t byte) {
      return first +
             static_cast<std::size_t>(std::upper_bound(ends.begin(), ends.end(), byte) - ends.begin());
    };
    std::vector<HanUnit> hans = han_units(reader_, run, ends);
    for (HanUnit& han : hans) {
      const std::size_t from = token_at(han.begin), to = token_at(han.end - 1);
      QueryUnit unit;
      Token token = tokens_[from];
      token.word = run.substr(han.begin, han.end - han.begin);
      token.stem = token.word;
      token.end = tokens_[to].end;
      token.separated = token.separated && (from == first && han.begin == 0);
      unit.tokens = {std::move(token)};
      unit.number = static_cast<std::uint32_t>(from);
      unit.count = static_cast<std::uint32_t>(to - from + 1);
      unit.grammar = han.grammar || is_chinese_particle(unit.tokens[0].word);
      unit.base = std::move(han.base);
      unit.inflection = std::move(han.inflection);
      units_.push_back(std::move(unit));
    }
    return !hans.empty();
  }

  const KanaReader* reader_;
  const std::vector<Token>& tokens_;
  std::vector<QueryUnit> units_;
};

}  // namespace

std::vector<QueryUnit> units_of_tokens(const KanaReader* reader, const std::vector<Token>& tokens) {
  return UnitReader(reader, tokens).units();
}

}  // namespace nunmul
