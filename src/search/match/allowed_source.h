// SPDX-License-Identifier: GPL-2.0-or-later
// A posting source of the documents that a search may return: live ones that fit the filter. It also
// ends the search at a deadline, by running out of documents, since Xapian's own time limit does not, and
// at the end of the request's budget with its Error.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <xapian.h>

#include "base/request_budget.h"
#include "search/columns/document_sets.h"

namespace nunmul {

using Deadline = std::chrono::steady_clock::time_point;

// What several clones of the source share during one match.
struct AllowedDocuments {
  RequestBudget& budget;                             // outlives the match
  std::shared_ptr<const DocumentSets> by_segment{};  // in the order of Generation::segments()
  bool all = true;                                   // whether these are all documents of the segments
  Deadline deadline = Deadline::max();
  bool expired = false;  // set when the deadline ended the search

  bool needs_source() const { return !all || deadline != Deadline::max(); }
};

// For one thread, one match.
class AllowedSource : public Xapian::PostingSource {
 public:
  // `allowed` outlives the source. Shards of the database are told apart by their identifiers.
  AllowedSource(AllowedDocuments& allowed, std::shared_ptr<const std::vector<std::string>> shard_ids)
      : allowed_(allowed), shard_ids_(std::move(shard_ids)) {}

  AllowedSource* clone() const override { return new AllowedSource(allowed_, shard_ids_); }
  std::string name() const override { return "nunmul::AllowedSource"; }

  void init(const Xapian::Database& shard) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return estimate_; }
  Xapian::doccount get_termfreq_max() const override { return last_; }
  void next(double) override { advance(current_ + 1); }
  void skip_to(Xapian::docid id, double) override {
    if (id > current_) advance(id);
  }
  bool check(Xapian::docid id, double) override {
    if (id > current_) advance(id);
    return true;
  }
  bool at_end() const override { return current_ > last_; }
  Xapian::docid get_docid() const override { return current_; }

 private:
  void advance(Xapian::docid to);

  AllowedDocuments& allowed_;
  std::shared_ptr<const std::vector<std::string>> shard_ids_;
  const Bitmap* bitmap_ = nullptr;
  Xapian::docid current_ = 0;
  Xapian::docid last_ = 0;
  Xapian::doccount estimate_ = 0;
  std::uint32_t steps_ = 0;
};

}  // namespace nunmul
