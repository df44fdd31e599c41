// SPDX-License-Identifier: GPL-2.0-or-later
// What a query is about, in whatever language: themes and moods, the kind of entries that it asks for, and
// everyday errands, which no entry is about.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/generation.h"
#include "search/plan/query_plan.h"
#include "search/plan/query_text.h"
#include "text/token.h"

namespace nunmul {

// Adds to the plan. Refers to all three, which must outlive it.
class ThemePlanner {
 public:
  ThemePlanner(const Generation& generation, const QueryText& query, QueryPlan& plan)
      : generation_(generation), query_(query), plan_(plan) {}

  // Themes of the query's tokens, when its units have been added. `corrections` has what misspelt words are
  // nearest to, by their place.
  void add(std::vector<Token> tokens, const std::map<std::uint32_t, std::string>& corrections);

  // The places of tokens that only say of which kind the entries shall be, where entries say their kind: they
  // are no words of a text. None if nothing else is asked.
  std::set<std::uint32_t> kind_words() const;

  // Whether all that was typed counts, or all but what joins words to a theme.
  bool are_keywords() const;

 private:
  const LanguageResources& resources() const { return generation_.analyzer().resources(); }

  void correct(std::vector<Token>& tokens, const std::map<std::uint32_t, std::string>& corrections) const;
  void note_kinds_of_words(std::span<const Token> tokens);
  void note_kind(std::string_view kind);
  void note_errands(std::span<const Token> tokens);
  void note_unknown_errands(std::size_t topics);
  bool has_term(std::uint32_t unit, const std::string& term) const;
  bool is_stop_word(std::uint32_t unit) const;
  bool entries_say(const std::string& kind) const;

  const Generation& generation_;
  const QueryText& query_;
  QueryPlan& plan_;
  bool only_errands_ = true;  // each theme is one of many errands
};

}  // namespace nunmul
