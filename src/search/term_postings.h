// SPDX-License-Identifier: GPL-2.0-or-later
// The documents of a planned term, wherever its postings stand: in Xapian, or beside the vocabulary for
// the spellings of names. One query may hold both kinds.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <xapian.h>

#include "index/snapshot.h"
#include "index/vocabulary.h"
#include "search/family_weight.h"
#include "search/query_plan.h"

namespace nunmul {

// Xapian tells a posting source which shard it is asked for; these identifiers, in the order of
// Generation::segments(), say which segment that is.
using ShardIds = std::shared_ptr<const std::vector<std::string>>;
ShardIds shard_ids_of(const Generation& generation);

// For one request against one snapshot, which outlives it.
class TermPostings {
 public:
  TermPostings(const Snapshot& snapshot, std::shared_ptr<const WeightTables> tables)
      : snapshot_(snapshot), tables_(std::move(tables)) {}

  // A query for the term with its weight.
  Xapian::Query query(const PlannedTerm& term) const;

  // Calls visit(DocumentRef) for each document, erased ones too.
  template <typename Visit>
  void for_each(const PlannedTerm& term, Visit&& visit) const {
    if (is_spelling(term.family)) {
      const auto lists = spelling_lists(term);
      for (std::uint32_t segment = 0; segment < lists.size(); ++segment)
        for (const SpellingPosting& posting : lists[segment]) visit(DocumentRef{segment, posting.document()});
    } else {
      const Xapian::Database& database = snapshot_.database();
      for (auto at = database.postlist_begin(term.term); at != database.postlist_end(term.term); ++at)
        visit(snapshot_.document(*at));
    }
  }

  // Calls visit(i) for each of the ids[i], in rising order, that has the term.
  template <typename Visit>
  void for_each_of(const PlannedTerm& term, const std::vector<Xapian::docid>& ids, Visit&& visit) const {
    if (is_spelling(term.family)) {
      const auto lists = spelling_lists(term);
      for (std::size_t i = 0; i < ids.size(); ++i) {
        const DocumentRef document = snapshot_.document(ids[i]);
        if (has(lists[document.segment], document.document)) visit(i);
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
  using List = std::span<const SpellingPosting>;
  std::vector<List> spelling_lists(const PlannedTerm& term) const;  // by segment
  static bool has(List list, std::uint32_t document);

  const Snapshot& snapshot_;
  std::shared_ptr<const WeightTables> tables_;
};

}  // namespace nunmul
