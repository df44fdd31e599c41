// SPDX-License-Identifier: GPL-2.0-or-later
// Terms for names that documents have otherwise than typed: unfinished, by initials, in
// another script, by their sound, or under another name of the same thing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "index/generation.h"
#include "search/plan/name_sounds.h"
#include "search/plan/plan_style.h"
#include "search/plan/query_languages.h"
#include "search/plan/query_plan.h"
#include "search/plan/query_text.h"
#include "text/token.h"

namespace nunmul {

// Adds to the plan. Refers to all five, which must outlive it; what the query and the plan hold may change
// between its calls.
class NamePlanner {
 public:
  NamePlanner(const Generation& generation, const QueryLanguages& languages, const QueryText& query,
              const PlanStyle& style, QueryPlan& plan)
      : generation_(generation), languages_(languages), query_(query), style_(style), plan_(plan) {}

  // For one unit of one word, whose documents are counted: names by their first letters, keys or initials.
  void add_written(std::uint32_t number, const Token& token);

  // For such a unit: names that sound like the word. `known`: documents have it, or a form of it.
  void add_sounding(std::uint32_t number, const Token& token, bool known);

  // Names of several words, for the whole query, when all of its units have been added.
  void add_of_query(const std::vector<Token>& tokens);

  // Other words for neighbouring units.
  void add_name(const std::string& name, std::uint32_t first, std::uint32_t units);

 private:
  const Analyzer& analyzer() const { return generation_.analyzer(); }

  bool add_initials(const std::vector<Token>& tokens);
  void add_begun_names(std::uint32_t number, Family family, const std::string& typed);
  void add_whole_name(const std::string& typed, std::uint32_t first, std::uint32_t units);
  void add_typed_name(const std::vector<Token>& tokens);
  void add_begun_aliases(const std::vector<Token>& tokens, std::uint32_t first, std::uint32_t units);
  void add_sounding_name(std::uint32_t unit, std::uint32_t units,
                         std::span<const std::span<const Token>> parts, const SoundOptions& options);
  void note_sounding(std::uint32_t unit, std::uint32_t units, std::span<const Token> words);
  void add_joined_sounds(const std::vector<Token>& tokens);
  void add_known_names(const std::vector<Token>& tokens);
  bool is_typed(const std::string& name, std::uint32_t first, std::uint32_t units) const;
  void add_said_names(const std::vector<Token>& tokens);
  bool is_theme(const std::vector<Token>& tokens) const;
  void add_hanja(const std::vector<Token>& tokens);

  const Generation& generation_;
  const QueryLanguages& languages_;
  const QueryText& query_;
  const PlanStyle& style_;
  QueryPlan& plan_;
};

}  // namespace nunmul
