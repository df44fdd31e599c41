// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/all_matches.h"

#include "search/match/word_check.h"

namespace nunmul {

// A term brings documents in which the words only seem to be, so those that are not certain are read.
DocumentSets AllMatches::with_required() const {
  DocumentSets found = *allowed_.by_segment;
  for (std::size_t u = 0; u < plan_.required; ++u) found &= documents_with(plan_.units[plan_.unit_order[u]]);
  for (std::size_t u = 0; u < plan_.required; ++u) {
    const std::uint32_t unit = plan_.unit_order[u];
    DocumentSets certain = no_documents(scope_.generation);
    for (const PlannedTerm& term : certain_terms(scope_, plan_, unit)) set_postings(term, certain);
    keep_standing(found, unit_bits(unit, 1), certain);
  }
  return found;
}

// Of the documents only those in which the unit stands, and all where it is certain.
void AllMatches::keep_standing(DocumentSets& documents, UnitSet asked, const DocumentSets& certain) const {
  WordCheck check(scope_, plan_, asked);
  for (std::uint32_t s = 0; s < documents.size(); ++s) {
    Bitmap& set = documents[s];
    for (std::size_t d = set.next(0); d < set.size(); d = set.next(d + 1))
      if (!certain[s].test(d) && check.standing({s, static_cast<std::uint32_t>(d)}) == 0) set.reset(d);
  }
}

void AllMatches::set_postings(const PlannedTerm& term, DocumentSets& sets) const {
  scope_.budget.check();
  postings_.for_each(term, [&](DocumentRef document) { sets[document.segment].set(document.document); });
}

DocumentSets AllMatches::with_all(const std::vector<PlannedTerm>& terms) const {
  DocumentSets together = no_documents(scope_.generation);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    DocumentSets one = no_documents(scope_.generation);
    set_postings(terms[t], one);
    t == 0 ? together |= one : together &= one;
  }
  return together;
}

DocumentSets AllMatches::documents_with(const PlannedUnit& unit) const {
  if (unit.quoted && unit.any.empty() && unit.all.empty()) return *allowed_.by_segment;
  DocumentSets found = no_documents(scope_.generation);
  for (const PlannedTerm& term : unit.any) set_postings(term, found);
  for (const auto& all : unit.all) found |= with_all(all);
  return found;
}

}  // namespace nunmul
