// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/allowed_source.h"

#include <algorithm>

namespace nunmul {
namespace {
constexpr std::uint32_t kStepsBetweenClocks = 256;
}

void AllowedSource::init(const Xapian::Database& shard) {
  const auto number =
      std::find(shard_ids_->begin(), shard_ids_->end(), shard.get_uuid()) - shard_ids_->begin();
  const auto segment = static_cast<std::size_t>(number);
  bitmap_ = segment < allowed_.by_segment->size() ? &(*allowed_.by_segment)[segment] : nullptr;
  last_ = bitmap_ ? static_cast<Xapian::docid>(bitmap_->size()) : 0;
  estimate_ = last_ / 2 + 1;
  current_ = 0;
  steps_ = 0;
  if (allowed_.expired) last_ = 0;
}

void AllowedSource::advance(Xapian::docid to) {
  if (++steps_ % kStepsBetweenClocks == 0) {
    allowed_.budget.check();
    if (std::chrono::steady_clock::now() > allowed_.deadline) {
      allowed_.expired = true;
      last_ = 0;
    }
  }
  if (to > last_) {
    current_ = last_ + 1;
    return;
  }
  current_ = static_cast<Xapian::docid>(bitmap_->next(to - 1)) + 1;
}

}  // namespace nunmul
