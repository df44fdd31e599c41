// SPDX-License-Identifier: GPL-2.0-or-later
// One thread's view of a generation during one read: the generation, and a Xapian database of all its
// segments that no other thread uses meanwhile.
#pragma once

#include <cstdint>

#include <xapian.h>

#include "index/generation.h"

namespace nunmul {

class Snapshot {
 public:
  Snapshot(const Generation& generation, Xapian::Database database)
      : generation_(generation), database_(std::move(database)), segments_(generation.segments().size()) {}

  const Generation& generation() const { return generation_; }
  const Xapian::Database& database() const { return database_; }

  // Xapian deals document ids out to the databases in turn.
  DocumentRef document(Xapian::docid id) const {
    if (segments_ == 1) return {0, id - 1};
    return {static_cast<std::uint32_t>((id - 1) % segments_),
            static_cast<std::uint32_t>((id - 1) / segments_)};
  }

 private:
  const Generation& generation_;
  Xapian::Database database_;
  std::size_t segments_;
};

}  // namespace nunmul
