// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/metrics.h"

#include <algorithm>
#include <cmath>

namespace nunmul {
namespace {

int grade_of(const Judgments& judgments, const std::string& id) {
  const auto found = judgments.find(id);
  return found == judgments.end() ? 0 : found->second;
}

double discounted(int grade, std::size_t rank) {
  return (std::exp2(grade) - 1) / std::log2(static_cast<double>(rank) + 1);
}

double ideal_dcg(const Judgments& judgments) {
  std::vector<int> grades;
  for (const auto& [id, grade] : judgments) grades.push_back(std::max(grade, 0));
  std::sort(grades.rbegin(), grades.rend());
  double sum = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(10, grades.size()); ++i)
    sum += discounted(grades[i], i + 1);
  return sum;
}

}  // namespace

Metrics measure(const std::vector<std::string>& hits, const Judgments& judgments) {
  const auto relevant = static_cast<double>(
      std::count_if(judgments.begin(), judgments.end(), [](const auto& row) { return row.second > 0; }));
  if (relevant == 0) {
    const double right = hits.empty() ? 1 : 0;
    return {right, right, right, right, right};
  }
  Metrics metrics;
  double dcg = 0, found10 = 0, found100 = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(100, hits.size()); ++i) {
    const int grade = grade_of(judgments, hits[i]);
    if (grade <= 0) continue;
    ++found100;
    if (i >= 10) continue;
    ++found10;
    dcg += discounted(grade, i + 1);
    if (metrics.mrr10 == 0) metrics.mrr10 = 1.0 / static_cast<double>(i + 1);
  }
  metrics.ndcg10 = dcg / ideal_dcg(judgments);
  metrics.recall10 = found10 / relevant;
  metrics.recall100 = found100 / relevant;
  metrics.success1 = metrics.mrr10 == 1 ? 1 : 0;
  return metrics;
}

void MeanMetrics::add(const Metrics& metrics) {
  sum_.ndcg10 += metrics.ndcg10;
  sum_.mrr10 += metrics.mrr10;
  sum_.recall10 += metrics.recall10;
  sum_.recall100 += metrics.recall100;
  sum_.success1 += metrics.success1;
  ++queries_;
}

Metrics MeanMetrics::mean() const {
  if (queries_ == 0) return {};
  const auto n = static_cast<double>(queries_);
  return {sum_.ndcg10 / n, sum_.mrr10 / n, sum_.recall10 / n, sum_.recall100 / n, sum_.success1 / n};
}

}  // namespace nunmul
