// SPDX-License-Identifier: GPL-2.0-or-later
// Measures of one ranked list against graded judgments, and their means.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace nunmul {

// Grades by document identifier; what is absent has grade 0.
using Judgments = std::map<std::string, int, std::less<>>;

struct Metrics {
  double ndcg10 = 0;     // gain 2^grade - 1, discount log2(rank + 1) (Burges et al. 2005)
  double mrr10 = 0;      // 1 / rank of the first relevant hit among ten
  double recall10 = 0;   // share of the relevant documents among the first ten
  double recall100 = 0;  //
  double success1 = 0;   // whether the first hit is relevant
};

// For a query that no document answers, each figure is 1 if there are no hits, else 0.
Metrics measure(const std::vector<std::string>& hits, const Judgments& judgments);

// Adds up, and divides.
class MeanMetrics {
 public:
  void add(const Metrics& metrics);
  Metrics mean() const;
  std::size_t queries() const { return queries_; }

 private:
  Metrics sum_;
  std::size_t queries_ = 0;
};

}  // namespace nunmul
