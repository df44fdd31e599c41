// SPDX-License-Identifier: GPL-2.0-or-later
// The documents of a planned term, wherever its postings stand: in Xapian, beside the vocabulary for the
// spellings of names, or gathered from those of many terms. One query may hold all kinds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include <xapian.h>

#include "index/snapshot.h"
#include "index/vocabulary.h"
#include "search/postings/family_weight.h"
#include "search/postings/merged_postings.h"
#include "search/postings/planned_term.h"

namespace nunmul {

// Xapian tells a posting source which shard it is asked for; these identifiers, in the order of
// Generation::segments(), say which segment that is.
using ShardIds = std::shared_ptr<const std::vector<std::string>>;
ShardIds shard_ids_of(const Generation& generation);

// What a term may weigh in a document, and how many have it.
struct TermCost {
  double weight = 0;
  std::uint64_t documents = 0;
};

// For one request against one snapshot, which outlives it.
class TermPostings {
 public:
  TermPostings(const Snapshot& snapshot, std::shared_ptr<const WeightTables> tables)
      : snapshot_(snapshot), tables_(std::move(tables)) {}

  // A query for the term with its weight.
  Xapian::Query query(const PlannedTerm& term) const;

  // The postings, where they are in memory; nothing for a term that Xapian reads as it goes.
  std::shared_ptr<const MergedPostings> in_memory(const PlannedTerm& term) const;

  TermCost cost(const PlannedTerm& term) const;

  // Calls visit(DocumentRef) for each document, erased ones too.
  template <typename Visit>
  void for_each(const PlannedTerm& term, Visit&& visit) const {
    if (const auto postings = in_memory(term)) {
      for (std::uint32_t segment = 0; segment < postings->lists.size(); ++segment)
        for (const MergedPosting& posting : postings->lists[segment])
          visit(DocumentRef{segment, posting.document});
    } else {
      const Xapian::Database& database = snapshot_.database();
      for (auto at = database.postlist_begin(term.term); at != database.postlist_end(term.term); ++at)
        visit(snapshot_.document(*at));
    }
  }

  // Calls visit(DocumentRef, weight) with what the document weighs under the term.
  template <typename Visit>
  void for_each_weighed(const PlannedTerm& term, Visit&& visit) const {
    if (const auto postings = in_memory(term)) {
      for (std::uint32_t segment = 0; segment < postings->lists.size(); ++segment)
        for (const MergedPosting& posting : postings->lists[segment])
          visit(DocumentRef{segment, posting.document}, static_cast<double>(posting.weight));
    } else {
      const Xapian::Database& database = snapshot_.database();
      const double factor = term.weight * rarity_of(term);
      for (auto at = database.postlist_begin(term.term); at != database.postlist_end(term.term); ++at)
        visit(snapshot_.document(*at),
              factor * static_cast<double>(tables_->value(term.family, at.get_wdf())));
    }
  }

  // Calls visit(i) for each of the ids[i], in rising order, that has the term.
  template <typename Visit>
  void for_each_of(const PlannedTerm& term, const std::vector<Xapian::docid>& ids, Visit&& visit) const {
    if (const auto postings = in_memory(term)) {
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const DocumentRef document = snapshot_.document(ids[i]);
        if (has(postings->lists[document.segment], document.document)) visit(i);
      }
    } else {
      auto at = snapshot_.database().postlist_begin(term.term);
      const auto end = snapshot_.database().postlist_end(term.term);
      for (std::size_t i = 0; i < ids.size() && at != end; ++i) {
        at.skip_to(ids[i]);
        if (at != end && *at == ids[i]) visit(i);
      }
    }
  }

 private:
  using Lists = std::vector<std::vector<PostingList>>;  // by segment

  double rarity_of(const PlannedTerm& term) const;
  static bool has(const PostingList& list, std::uint32_t document);

  MergedPostings gather(const PlannedTerm& term) const;
  // One more list for each segment in which it has documents.
  void add_spelling(const PlannedTerm& term, Lists& lists) const;
  void add_term(const PlannedTerm& term, Lists& lists) const;

  const Snapshot& snapshot_;
  std::shared_ptr<const WeightTables> tables_;
  // What this request has asked for; the same term is met when retrieving and again for the candidates.
  mutable std::unordered_map<std::string, std::shared_ptr<const MergedPostings>> asked_;
};

}  // namespace nunmul
