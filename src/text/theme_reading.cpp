// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/theme_reading.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace nunmul {
namespace {

// Nouns of themes of which 하다 makes a verb of another meaning: 시인 is a poet, 시인하다 to confess.
constexpr std::u32string_view kOtherWithHada[] = {
    U"시인", U"부인", U"사장", U"유도", U"고려", U"무사", U"부산", U"병사", U"신문", U"가정",
    U"정의", U"동요", U"고전", U"광대", U"제자", U"불길", U"동화", U"검사", U"유산", U"사고",
    U"도시", U"수상", U"나무", U"비",   U"달",   U"용",   U"곡",   U"신령", U"기사", U"의사"};
constexpr std::u32string_view kHadaBeginnings = U"하한할함합해했";

bool is_other_with_hada(std::u32string_view word) {
  return std::any_of(std::begin(kOtherWithHada), std::end(kOtherWithHada), [&](std::u32string_view noun) {
    return word.size() > noun.size() && word.starts_with(noun) &&
           kHadaBeginnings.find(word[noun.size()]) != std::u32string_view::npos;
  });
}

class ThemeReader {
 public:
  ThemeReader(const LanguageResources& resources, std::span<const Token> tokens)
      : resources_(resources), tokens_(tokens) {}

  bool may_read_otherwise(const ConceptMatch& match) const {
    const Token& token = tokens_[match.first];
    if (match.count != 1 || token.script != Script::Hangul) return false;
    const std::u32string word = to_utf32(token.word);
    if (is_other_with_hada(word)) return true;
    if (token.word == token.stem) return false;
    const std::vector<std::string> verbs = resources_.korean_lexicon().verbs_of(word);
    const bool other =
        !verbs.empty() && std::none_of(verbs.begin(), verbs.end(),
                                       [&](const std::string& verb) { return is_of_theme(verb, match.id); });
    return other && !(has_predicate(match.first) && !has_object(match.first));
  }

 private:
  bool is_of_theme(const std::string& verb, std::string_view id) const {
    Token token;
    token.script = Script::Hangul;
    token.word = token.stem = verb;
    const std::vector<ConceptMatch> matches = resources_.find_concepts({&token, 1});
    return std::any_of(matches.begin(), matches.end(),
                       [&](const ConceptMatch& match) { return match.id == id; });
  }

  // A topic has a verb behind it (비는 내리고), what describes a noun has that (비는 마음).
  bool has_predicate(std::size_t at) const {
    if (at + 1 >= tokens_.size() || tokens_[at + 1].script != Script::Hangul) return false;
    return !resources_.korean_lexicon().verbs_of(to_utf32(tokens_[at + 1].word)).empty();
  }

  // 소원을 비는
  bool has_object(std::size_t at) const {
    if (at == 0 || tokens_[at - 1].script != Script::Hangul) return false;
    const std::string& word = tokens_[at - 1].word;
    return word.ends_with("을") || word.ends_with("를");
  }

  const LanguageResources& resources_;
  const std::span<const Token> tokens_;
};

}  // namespace

bool may_read_otherwise(const LanguageResources& resources, std::span<const Token> tokens,
                        const ConceptMatch& match) {
  return !resources.korean_lexicon().empty() && ThemeReader(resources, tokens).may_read_otherwise(match);
}

}  // namespace nunmul
