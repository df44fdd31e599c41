// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/postings/merged_postings.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace nunmul {
namespace {

PostingList merge_two(const PostingList& a, const PostingList& b) {
  PostingList merged;
  merged.reserve(a.size() + b.size());
  auto left = a.begin();
  for (const MergedPosting& right : b) {
    while (left != a.end() && left->document < right.document) merged.push_back(*left++);
    merged.push_back(right);
    if (left != a.end() && left->document == right.document) merged.back().weight += (left++)->weight;
  }
  merged.insert(merged.end(), left, a.end());
  return merged;
}

// The shortest two first, so that few postings are copied often.
PostingList merge_all(std::vector<PostingList> lists) {
  const auto longer = [](const PostingList& a, const PostingList& b) { return a.size() > b.size(); };
  std::make_heap(lists.begin(), lists.end(), longer);
  while (lists.size() > 1) {
    std::pop_heap(lists.begin(), lists.end(), longer);
    const PostingList shortest = std::move(lists.back());
    lists.pop_back();
    std::pop_heap(lists.begin(), lists.end(), longer);
    lists.back() = merge_two(shortest, lists.back());
    std::push_heap(lists.begin(), lists.end(), longer);
  }
  return lists.empty() ? PostingList{} : std::move(lists.front());
}

std::vector<float> best_weights(const std::vector<PostingList>& lists) {
  std::vector<float> best;  // a heap, the least first
  for (const PostingList& list : lists) {
    for (const MergedPosting& posting : list) {
      if (best.size() < kBestWeights) {
        best.push_back(posting.weight);
        std::push_heap(best.begin(), best.end(), std::greater<>());
      } else if (posting.weight > best.front()) {
        std::pop_heap(best.begin(), best.end(), std::greater<>());
        best.back() = posting.weight;
        std::push_heap(best.begin(), best.end(), std::greater<>());
      }
    }
  }
  std::sort_heap(best.begin(), best.end(), std::greater<>());
  return best;
}

}  // namespace

MergedPostings merge_postings(std::vector<std::vector<PostingList>> lists) {
  MergedPostings postings;
  for (auto& of_segment : lists) postings.lists.push_back(merge_all(std::move(of_segment)));
  postings.best = best_weights(postings.lists);
  return postings;
}

}  // namespace nunmul
