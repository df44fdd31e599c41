// SPDX-License-Identifier: GPL-2.0-or-later
// What the same entries and queries cost elsewhere: in SQLite FTS5, and in Xapian as its manual uses it, with
// none of our side tables. Both give the ten best with the words marked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "corpus.h"

namespace nunmul::bench {

enum class Words { Any, All };  // of a query, that a document must have

class Peer {
 public:
  virtual ~Peer() = default;
  virtual void build(const std::vector<Entry>& entries) = 0;
  virtual void ask(const Query& query, Words words) = 0;
  virtual std::uint64_t bytes() const = 0;  // on disk
};

// A table with prefix indexes for one and two letters, stems, BM25.
std::unique_ptr<Peer> make_fts5(const std::filesystem::path& folder);
// One AND or OR query with BM25; positions for phrases, wildcards for prefixes, values for facets and
// filters.
std::unique_ptr<Peer> make_plain_xapian(const std::filesystem::path& folder);

std::uint64_t bytes_below(const std::filesystem::path& folder);

}  // namespace nunmul::bench
