// SPDX-License-Identifier: GPL-2.0-or-later
// Whether units of a query stand in a document as its words say, where terms only narrow: a phrase, a word
// within the attributes that are searched. Asked while matching, of every document that has the terms.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "index/snapshot.h"
#include "search/match/document_matcher.h"
#include "search/match/features.h"
#include "search/match/scope.h"
#include "search/plan/query_plan.h"
#include "search/postings/planned_term.h"

namespace nunmul {

// For one request, one thread. The scope outlives it.
class WordCheck {
 public:
  // Of the plan's units those in `asked`.
  WordCheck(const Scope& scope, const QueryPlan& plan, UnitSet asked);

  // Which of them stand in the document.
  UnitSet standing(DocumentRef document);

  UnitSet asked() const { return asked_; }

 private:
  const Scope& scope_;
  const UnitSet asked_;
  std::vector<Alternative> alternatives_;  // of those units
  std::vector<std::optional<DocumentMatcher>> matchers_;
  DocumentMatches found_;
};

// The terms of which each says that a document has the unit. Of a word in Latin letters every word with its
// stem is a form, unless fields have stems of several languages; other terms may be of parts of words.
std::vector<PlannedTerm> certain_terms(const Scope& scope, const QueryPlan& plan, std::uint32_t unit);

// Whether no document has the terms of a required unit without the unit.
bool required_are_certain(const Scope& scope, const QueryPlan& plan);

// What of the asked units a document must have: all of them, or any one.
enum class Standing : std::uint8_t { All, Any };

// Whether a document passes by what stands in it.
inline bool passes(UnitSet standing, UnitSet asked, Standing needed) {
  return needed == Standing::All ? (asked & ~standing) == 0 : standing != 0;
}

}  // namespace nunmul
