// SPDX-License-Identifier: GPL-2.0-or-later
// The documents of a planned term with their weights, wherever its postings stand: in Xapian, or beside the
// vocabulary for the spellings of names. Of terms that are gathered each has its list.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/snapshot.h"
#include "search/postings/family_weight.h"
#include "search/postings/planned_term.h"
#include "search/postings/weighed_list.h"

namespace nunmul {

// What a term may weigh in a document, and how many have it.
struct TermCost {
  double weight = 0;
  std::uint64_t documents = 0;
};

using SegmentLists = std::vector<WeighedList>;

// Calls visit(i, Weight) for each of documents[i], sorted by segment and number, that is in a segment's list.
template <typename Visit>
void for_each_in(const WeighedList& list, std::uint32_t segment, const std::vector<DocumentRef>& documents,
                 Visit&& visit) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < documents.size() && at < list.size(); ++i) {
    if (documents[i].segment != segment) continue;
    at = list.find(documents[i].document, at);
    if (list.has(at, documents[i].document)) visit(i, list.weight(at));
  }
}

// For one request against one snapshot, which outlives it. Lists stay as long as it does.
class TermPostings {
 public:
  TermPostings(const Snapshot& snapshot, std::shared_ptr<const WeightTables> tables)
      : snapshot_(snapshot), tables_(std::move(tables)) {}

  // The term's lists by segment, none of them empty.
  const std::vector<SegmentLists>& lists(const PlannedTerm& term) const;

  TermCost cost(const PlannedTerm& term) const;

  // Calls visit(DocumentRef) for each document, erased ones too; some more than once.
  template <typename Visit>
  void for_each(const PlannedTerm& term, Visit&& visit) const {
    const std::vector<SegmentLists>& by_segment = lists(term);
    for (std::uint32_t segment = 0; segment < by_segment.size(); ++segment)
      for (const WeighedList& list : by_segment[segment])
        for (const std::uint32_t document : list.documents) visit(DocumentRef{segment, document});
  }

  // Calls visit(i, Weight) for each of documents[i], sorted by segment and number, that has the term; more
  // than once for a document that has several of its lists.
  template <typename Visit>
  void for_each_of(const PlannedTerm& term, const std::vector<DocumentRef>& documents, Visit&& visit) const {
    const std::vector<SegmentLists>& by_segment = lists(term);
    for (std::uint32_t segment = 0; segment < by_segment.size(); ++segment)
      for (const WeighedList& list : by_segment[segment]) for_each_in(list, segment, documents, visit);
  }

 private:
  using Table = std::vector<Weight>;  // of each code
  struct Postings {
    std::vector<SegmentLists> by_segment;
    // What the lists show:
    std::vector<std::shared_ptr<const TermDocuments>> read;
    std::vector<std::unique_ptr<const Table>> tables;
    std::vector<std::unique_ptr<const WeighedDocuments>> own;
  };

  void add(const PlannedTerm& term, Postings& postings) const;
  void add_spelling(const PlannedTerm& term, Postings& postings) const;

  const Snapshot& snapshot_;
  std::shared_ptr<const WeightTables> tables_;
  // What this request has asked for; the same term is met when retrieving and again for the candidates.
  mutable std::unordered_map<std::string, std::unique_ptr<const Postings>> asked_;
};

}  // namespace nunmul
