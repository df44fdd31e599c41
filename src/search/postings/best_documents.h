// SPDX-License-Identifier: GPL-2.0-or-later
// The documents with the greatest weights among those that a search reaches, and how many it reaches.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "index/generation.h"
#include "search/postings/weighed_list.h"

namespace nunmul {

struct WeighedDocument {
  DocumentRef document;
  Weight weight = 0;
};

class BestDocuments {
 public:
  struct Limits {
    std::size_t count = 0;          // of the best
    std::uint64_t count_up_to = 0;  // all are counted until there are more
    Weight least = 0;               // what a document must weigh
  };
  explicit BestDocuments(const Limits& limits)
      : count_(limits.count), count_up_to_(limits.count_up_to), least_(limits.least) {}

  // Documents come segment by segment, in each in their order.
  void begin_segment() { tie_ = heap_.empty() ? 1 : 0; }

  // So many are known to weigh `least`, and as many as are kept `reached`, whichever they are.
  void know(std::uint64_t documents, Weight reached) {
    known_ = std::max(known_, documents);
    reached_ = std::max(reached_, reached);
  }

  // What a document must weigh to be counted or to be among the best.
  Weight least() const {
    if (is_counting()) return least_;
    const Weight kept = heap_.size() < count_ || heap_.empty() ? 0 : heap_.front().weight() + tie_;
    return std::max({least_, reached_, kept});
  }
  // Whether no further document matters.
  bool is_done() const { return count_ == 0 && !is_counting(); }
  bool is_counting() const { return std::max(known_, counted_) <= count_up_to_; }
  std::uint64_t counted() const { return std::max(known_, counted_); }
  // Whether they are all that were found.
  bool are_all() const { return counted() <= heap_.size(); }

  void add(DocumentRef document, Weight weight) {
    if (counted_++ % sample_step_ == 0) add_to_sample(document);
    const Kept one(document, weight);
    if (heap_.size() < count_) {
      heap_.push_back(one);
      std::push_heap(heap_.begin(), heap_.end(), Kept::is_before);
    } else if (count_ > 0 && Kept::is_before(one, heap_.front())) {
      std::pop_heap(heap_.begin(), heap_.end(), Kept::is_before);
      heap_.back() = one;
      std::push_heap(heap_.begin(), heap_.end(), Kept::is_before);
    }
  }

  // Some of those that were counted, whatever they weigh.
  const std::vector<DocumentRef>& sample() const { return sample_; }

  // The heaviest first, of equals the one that stands first in its segment.
  std::vector<WeighedDocument> take() {
    std::sort_heap(heap_.begin(), heap_.end(), Kept::is_before);
    std::vector<WeighedDocument> best;
    best.reserve(heap_.size());
    for (const Kept& one : heap_) best.push_back({one.document(), one.weight()});
    return best;
  }

 private:
  // Weight and document in one number, so that a comparison, of which a search makes thousands, is one.
  struct Kept {
    Kept(DocumentRef document, Weight weight)
        : place(std::uint64_t{weight} << 32 | ~document.document), segment(document.segment) {}
    Weight weight() const { return static_cast<Weight>(place >> 32); }
    DocumentRef document() const { return {segment, ~static_cast<std::uint32_t>(place)}; }
    static bool is_before(const Kept& a, const Kept& b) {
      return a.place != b.place ? a.place > b.place : a.segment < b.segment;
    }
    std::uint64_t place;
    std::uint32_t segment;
  };

  // One of each `sample_step_`; when they are too many every second one goes.
  void add_to_sample(DocumentRef document) {
    constexpr std::size_t kMaxSample = 32;
    sample_.push_back(document);
    if (sample_.size() < kMaxSample) return;
    for (std::size_t i = 0; i < kMaxSample / 2; ++i) sample_[i] = sample_[2 * i];
    sample_.resize(kMaxSample / 2);
    sample_step_ *= 2;
  }

  std::size_t count_;
  std::uint64_t count_up_to_, counted_ = 0, known_ = 0;
  Weight least_, reached_ = 0;
  // By how much a document must weigh more than the last of the best: one of equal weight stands behind those
  // of its segment, and in most indexes nearly all are in the first.
  Weight tie_ = 0;
  std::vector<Kept> heap_;  // the last of them first
  std::vector<DocumentRef> sample_;
  std::uint64_t sample_step_ = 1;
};

}  // namespace nunmul
