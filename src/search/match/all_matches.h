// SPDX-License-Identifier: GPL-2.0-or-later
// Every document that fits, as bitmaps: for counts, facets and sorts, which ask for more than the best.
#pragma once

#include <memory>
#include <vector>

#include "search/columns/document_sets.h"
#include "search/match/allowed_source.h"
#include "search/match/features.h"
#include "search/match/scope.h"
#include "search/plan/query_plan.h"
#include "search/postings/term_postings.h"

namespace nunmul {

// Documents with what they weigh.
struct WeighedDocuments {
  DocumentSets documents;
  std::vector<std::vector<double>> weights;  // by segment and document; of others anything

  double weight(DocumentRef document) const { return weights[document.segment][document.document]; }
};

// For one request, one thread. Everything passed outlives it.
class AllMatches {
 public:
  AllMatches(const Scope& scope, const QueryPlan& plan, AllowedDocuments& allowed,
             const TermPostings& postings)
      : scope_(scope), plan_(plan), allowed_(allowed), postings_(postings) {}

  // Those that have the required units.
  DocumentSets with_required() const;

  // Those that weigh at least so much under the terms, and have all that is quoted.
  WeighedDocuments by_weight(const std::vector<PlannedTerm>& terms, double least) const;

 private:
  void set_postings(const PlannedTerm& term, DocumentSets& sets) const;
  DocumentSets with_all(const std::vector<PlannedTerm>& terms) const;
  DocumentSets documents_with(const PlannedUnit& unit) const;
  void keep_standing(DocumentSets& documents, UnitSet asked, const DocumentSets* certain) const;

  const Scope& scope_;
  const QueryPlan& plan_;
  AllowedDocuments& allowed_;
  const TermPostings& postings_;
};

}  // namespace nunmul
