// SPDX-License-Identifier: GPL-2.0-or-later
// The postings of a segment as arrays. Xapian takes some twenty nanoseconds to step to the next posting,
// an array one, so a term's postings are read from Xapian once and kept while there is room. They belong to
// the segment, which never changes, and outlive the generations that have it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace Xapian {
class Database;
}

namespace nunmul {

struct TermDocuments {
  std::vector<std::uint32_t> documents;  // rising; erased ones too
  std::vector<std::uint16_t> codes;      // of each, wdf - 1 (PostingCode)
  // How many documents have each code, of long lists only.
  std::vector<std::pair<std::uint16_t, std::uint32_t>> code_counts;

  // Shorter lists are looked through as quickly as their counts.
  static constexpr std::size_t kMinCounted = 1024;

  std::size_t bytes() const;
};

// Safe to use from many threads.
class SegmentPostings {
 public:
  SegmentPostings(std::uint32_t documents, std::size_t max_bytes)
      : documents_(documents), max_bytes_(max_bytes) {}

  // The documents that have the term; `shard` is the segment's database. What a damaged database says beyond
  // the segment's documents is left out. Throws Xapian::Error.
  std::shared_ptr<const TermDocuments> find(const std::string& term, const Xapian::Database& shard) const;

 private:
  using Kept = std::pair<std::string, std::shared_ptr<const TermDocuments>>;

  TermDocuments read(const std::string& term, const Xapian::Database& shard) const;

  std::uint32_t documents_;
  std::size_t max_bytes_;
  mutable std::mutex mutex_;
  mutable std::list<Kept> recent_;  // guarded by mutex_; last used first
  mutable std::unordered_map<std::string, std::list<Kept>::iterator> kept_;  // guarded by mutex_
  mutable std::size_t bytes_ = 0;                                            // guarded by mutex_
};

}  // namespace nunmul
