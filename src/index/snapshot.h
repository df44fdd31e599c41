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

  // The documents of a segment that have a term.
  std::shared_ptr<const TermDocuments> postings(std::uint32_t segment, const std::string& term) const {
    return generation_.segments()[segment].segment->postings().find(term, shards_[segment]);
  }

 private:
  const Generation& generation_;
  std::vector<Xapian::Database> shards_;
};

}  // namespace nunmul
