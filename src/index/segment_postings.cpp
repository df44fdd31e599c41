// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment_postings.h"

#include <algorithm>

#include <xapian.h>

#include "index/terms.h"

namespace nunmul {
namespace {

constexpr std::size_t kEntryBytes = 256;  // that a kept list takes beside its arrays

std::vector<std::pair<std::uint16_t, std::uint32_t>> counts_of(const std::vector<std::uint16_t>& codes) {
  std::vector<std::uint32_t> counts(kPostingCodes);
  for (const std::uint16_t code : codes) ++counts[code];
  std::vector<std::pair<std::uint16_t, std::uint32_t>> counted;
  for (std::size_t code = 0; code < counts.size(); ++code)
    if (counts[code] > 0) counted.emplace_back(static_cast<std::uint16_t>(code), counts[code]);
  return counted;
}

}  // namespace

std::size_t TermDocuments::bytes() const {
  return kEntryBytes + documents.capacity() * sizeof(documents[0]) + codes.capacity() * sizeof(codes[0]) +
         code_counts.capacity() * sizeof(code_counts[0]);
}

std::shared_ptr<const TermDocuments> SegmentPostings::find(const std::string& term,
                                                           const Xapian::Database& shard) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto known = kept_.find(term); known != kept_.end()) {
      recent_.splice(recent_.begin(), recent_, known->second);
      return known->second->second;
    }
  }
  // Outside the lock: two threads may read the same.
  auto list = std::make_shared<const TermDocuments>(read(term, shard));
  const std::lock_guard lock(mutex_);
  if (const auto known = kept_.find(term); known != kept_.end()) return known->second->second;
  recent_.emplace_front(term, list);
  kept_[term] = recent_.begin();
  bytes_ += list->bytes();
  while (bytes_ > max_bytes_ && recent_.size() > 1) {
    bytes_ -= recent_.back().second->bytes();
    kept_.erase(recent_.back().first);
    recent_.pop_back();
  }
  return list;
}

TermDocuments SegmentPostings::read(const std::string& term, const Xapian::Database& shard) const {
  TermDocuments list;
  const std::size_t claimed = std::min<std::size_t>(shard.get_termfreq(term), documents_);
  list.documents.reserve(claimed);
  list.codes.reserve(claimed);
  const auto end = shard.postlist_end(term);
  for (auto at = shard.postlist_begin(term); at != end; ++at) {
    const std::uint32_t document = *at - 1;
    if (document >= documents_) break;
    list.documents.push_back(document);
    list.codes.push_back(static_cast<std::uint16_t>((at.get_wdf() - 1) % kPostingCodes));
  }
  if (list.documents.size() >= TermDocuments::kMinCounted) list.code_counts = counts_of(list.codes);
  return list;
}

}  // namespace nunmul
