// SPDX-License-Identifier: GPL-2.0-or-later
// One thread's view of a generation during one read: the generation, and a Xapian database of each of its
// segments that no other thread uses meanwhile.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "index/generation.h"
#include "index/segment_postings.h"

namespace nunmul {

class Snapshot {
 public:
  // The shards are the databases of the segments, in their order.
  Snapshot(const Generation& generation, std::vector<Xapian::Database> shards)
      : generation_(generation), shards_(std::move(shards)) {}

  const Generation& generation() const { return generation_; }

  bool has_term(const std::string& term) const {
    return std::any_of(shards_.begin(), shards_.end(),
                       [&](const Xapian::Database& shard) { return shard.term_exists(term); });
  }

  // How many documents have it, erased ones too.
  std::uint64_t documents_with(const std::string& term) const {
    std::uint64_t documents = 0;
    for (const Xapian::Database& shard : shards_) documents += shard.get_termfreq(term);
    return documents;
  }

  // The documents of a segment that have a term.
  std::shared_ptr<const TermDocuments> postings(std::uint32_t segment, const std::string& term) const {
    return generation_.segments()[segment].segment->postings().find(term, shards_[segment]);
  }

 private:
  const Generation& generation_;
  std::vector<Xapian::Database> shards_;
};

}  // namespace nunmul
