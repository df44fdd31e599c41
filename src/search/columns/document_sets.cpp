// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/document_sets.h"

#include <algorithm>
#include <optional>

namespace nunmul {
namespace {

// Walks the members of all segments in the order of their ordinals.
class InsertionOrder {
 public:
  InsertionOrder(const Generation& generation, const DocumentSets& sets)
      : generation_(generation), sets_(sets) {
    for (std::uint32_t segment = 0; segment < sets.size(); ++segment) add(segment, sets[segment].next(0));
  }

  std::optional<DocumentRef> next() {
    if (heads_.empty()) return std::nullopt;
    const auto head = std::min_element(heads_.begin(), heads_.end(),
                                       [](const Head& a, const Head& b) { return a.ordinal < b.ordinal; });
    const DocumentRef document = head->document;
    heads_.erase(head);
    add(document.segment, sets_[document.segment].next(document.document + std::size_t{1}));
    return document;
  }

 private:
  struct Head {
    std::uint64_t ordinal;
    DocumentRef document;
  };

  void add(std::uint32_t segment, std::size_t document) {
    if (document >= sets_[segment].size()) return;
    const DocumentRef ref{segment, static_cast<std::uint32_t>(document)};
    heads_.push_back({generation_.ordinal(ref), ref});
  }

  const Generation& generation_;
  const DocumentSets& sets_;
  std::vector<Head> heads_;  // one a segment
};

}  // namespace

bool is_inserted_before(const Generation& generation, DocumentRef a, DocumentRef b) {
  if (a.segment == b.segment) return a.document < b.document;
  return generation.ordinal(a) < generation.ordinal(b);
}

DocumentSets no_documents(const Generation& generation) {
  DocumentSets sets;
  for (const LiveSegment& live : generation.segments()) sets.emplace_back(live.segment->documents());
  return sets;
}

DocumentSets sets_of(const Generation& generation, const std::vector<DocumentRef>& documents) {
  DocumentSets sets = no_documents(generation);
  for (const DocumentRef document : documents) sets[document.segment].set(document.document);
  return sets;
}

std::uint64_t count_members(const DocumentSets& sets) {
  std::uint64_t total = 0;
  for (const Bitmap& set : sets) total += set.count();
  return total;
}

std::vector<DocumentRef> members_of(const DocumentSets& sets) {
  std::vector<DocumentRef> documents;
  documents.reserve(count_members(sets));
  for (std::uint32_t s = 0; s < sets.size(); ++s)
    for (std::size_t d = sets[s].next(0); d < sets[s].size(); d = sets[s].next(d + 1))
      documents.push_back({s, static_cast<std::uint32_t>(d)});
  return documents;
}

std::vector<DocumentRef> first_inserted(const Generation& generation, const DocumentSets& sets,
                                        std::size_t count) {
  std::vector<DocumentRef> documents;
  InsertionOrder order(generation, sets);
  while (documents.size() < count) {
    const auto document = order.next();
    if (!document) break;
    documents.push_back(*document);
  }
  return documents;
}

DocumentSets& operator&=(DocumentSets& sets, const DocumentSets& others) {
  for (std::size_t s = 0; s < sets.size(); ++s) sets[s] &= others[s];
  return sets;
}

DocumentSets& operator|=(DocumentSets& sets, const DocumentSets& others) {
  for (std::size_t s = 0; s < sets.size(); ++s) sets[s] |= others[s];
  return sets;
}

}  // namespace nunmul
