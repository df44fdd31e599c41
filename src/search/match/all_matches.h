// SPDX-License-Identifier: GPL-2.0-or-later
// Every document that has the required words, as bitmaps: for counts, facets and sorts, which need more
// than the best documents.
#pragma once

#include "search/columns/document_sets.h"
#include "search/match/allowed_documents.h"
#include "search/match/features.h"
#include "search/match/scope.h"
#include "search/plan/query_plan.h"
#include "search/postings/term_postings.h"

namespace nunmul {

// For one request, one thread. Everything passed outlives it.
class AllMatches {
 public:
  AllMatches(const Scope& scope, const QueryPlan& plan, const AllowedDocuments& allowed,
             const TermPostings& postings)
      : scope_(scope), plan_(plan), allowed_(allowed), postings_(postings) {}

  // Those that have the required units.
  DocumentSets with_required() const;

  // Those that have a unit's terms; of a phrase those are only some of its words.
  DocumentSets documents_with(const PlannedUnit& unit) const;

 private:
  void set_postings(const PlannedTerm& term, DocumentSets& sets) const;
  DocumentSets with_all(const std::vector<PlannedTerm>& terms) const;
  void keep_standing(DocumentSets& documents, UnitSet asked, const DocumentSets& certain) const;

  const Scope& scope_;
  const QueryPlan& plan_;
  const AllowedDocuments& allowed_;
  const TermPostings& postings_;
};

}  // namespace nunmul
