// SPDX-License-Identifier: GPL-2.0-or-later
// Postings of many terms as one list, a document weighing what those that it has weigh together: for what
// stands for one typed word by the dozen, of which each as a leaf of its own costs a search more than its
// postings do.
#pragma once

#include <cstdint>
#include <vector>

namespace nunmul {

// Of a term or of terms gathered: with more, they are not worth the memory (8 bytes each).
constexpr std::uint32_t kMaxKeptDocuments = 60'000;

struct MergedPosting {
  std::uint32_t document = 0;  // within its segment
  float weight = 0;
};

// Each document once, rising.
using PostingList = std::vector<MergedPosting>;

struct MergedPostings {
  std::vector<PostingList> lists;  // by segment; erased documents too
  std::vector<float> best;         // the highest weights in them, falling; at most kBestWeights

  double most() const { return best.empty() ? 0 : static_cast<double>(best.front()); }
};

constexpr std::size_t kBestWeights = 256;

// `lists` by segment, each any number of lists.
MergedPostings merge_postings(std::vector<std::vector<PostingList>> lists);

}  // namespace nunmul
