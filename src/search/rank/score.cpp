// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/score.h"

#include <algorithm>

#include "search/columns/document_sets.h"

namespace nunmul {
namespace {

struct Part {
  double value = 0;
  double of = 1;
};

// What adds up to a score; the weights were found on the judged sets with restraint.
struct ScoreFeature {
  std::string_view name;
  double weight;
  Part (*part)(const Features& features, double weight_share);
};
using F = const Features&;
constexpr ScoreFeature kFeatures[] = {
    // Whoever asks for films wants one before a song that says the rest of the query more often.
    {"weight", 1, [](F f, double share) { return Part{f.other_kind ? std::min(share, 1.0) : share}; }},
    {"closeness", 0.2, [](F f, double) { return Part{f.closeness}; }},
    {"found", 0.5, [](F f, double) { return Part{f.found}; }},
    // A title answers a query that it says most of; a word that it shares with a plot says little.
    {"names covered", 3, [](F f, double) { return Part{f.name_asked * f.name_asked * f.name_cover}; }},
    {"other forms", -0.2,
     [](F f, double) {
       return Part{static_cast<double>(f.relatives), static_cast<double>(std::max(1U, f.units))};
     }},
    {"typos", -0.05, [](F f, double) { return Part{static_cast<double>(f.typos)}; }},
    {"kind", 1.5, [](F f, double) { return Part{f.of_kind ? 1.0 : 0.0}; }},
    {"another spelling", -1.5, [](F f, double) { return Part{f.spelling_gap}; }},
    {"name's beginning", 0.3, [](F f, double) { return Part{f.exactness == Exactness::Begins ? 1.0 : 0.0}; }},
};

// Shares have no upper bound (a short beginning stands for many words), so above this they are pressed into
// one step, and the steps that follow stand above all of them.
constexpr double kMostlyShares = 3;

// What lifts a document above all others; the first that applies counts.
struct ScoreStep {
  std::string_view name;
  bool (*applies)(const Features& features);
  double (*score)(const Features& features, double sum);
};
constexpr ScoreStep kSteps[] = {
    {"a whole name", [](F f) { return f.exactness == Exactness::Whole; },
     [](F, double sum) { return 10 + sum; }},
    // All units are the very words of whole name fields, or of their other spellings.
    {"words of whole names", [](F f) { return f.exact_cover; }, [](F, double sum) { return 5 + sum; }},
    // A name begins with all that was typed; what share of it was typed is added, so the shorter name comes
    // first, and no further key loses it again.
    {"a name begun", [](F f) { return f.completion > 0; }, [](F f, double) { return 4 + f.completion; }},
    // All units are forms of the words of whole name fields (독일의 for 독일).
    {"forms of whole names", [](F f) { return f.field_cover >= 1; },
     [](F, double sum) { return 3.5 + sum / 10; }},
};

// Behind everything that has words of the query, or a name that is spelt nearly so.
constexpr ScoreStep kWild = {"a name that only sounds so", [](F f) { return f.wild; },
                             [](F, double sum) { return sum / 4; }};

// The one word that was typed stands there in another form only: behind all that have it.
constexpr ScoreStep kRelative = {"another form of the word",
                                 [](F f) { return f.units == 1 && f.relatives == 1; },
                                 [](F, double sum) { return sum / 4; }};

double pressed(double sum) {
  return sum > kMostlyShares ? kMostlyShares + (sum - kMostlyShares) / (sum - kMostlyShares + 1) : sum;
}

const ScoreStep* step_of(const Features& features) {
  if (kWild.applies(features)) return &kWild;
  if (features.completion == 0 && kRelative.applies(features)) return &kRelative;
  const auto step = std::find_if(std::begin(kSteps), std::end(kSteps),
                                 [&](const ScoreStep& one) { return one.applies(features); });
  return step == std::end(kSteps) ? nullptr : step;
}

ScoreRow row_of(const ScoreFeature& feature, const Features& features, double weight_share) {
  const Part part = feature.part(features, weight_share);
  return {feature.name, feature.weight, part.value, part.of};
}

double share_of(const QueryPlan& plan, const MatchedDocument& document) {
  return plan.share_of_weight(document.weight, 0);
}

}  // namespace

double score_of(const Features& features, double weight_share) {
  double sum = 0;
  for (const ScoreFeature& feature : kFeatures) sum += row_of(feature, features, weight_share).points();
  const ScoreStep* step = step_of(features);
  return step ? step->score(features, pressed(sum)) : pressed(sum);
}

std::vector<ScoreRow> score_rows(const Features& features, double weight_share) {
  std::vector<ScoreRow> rows;
  double sum = 0;
  for (const ScoreFeature& feature : kFeatures) {
    rows.push_back(row_of(feature, features, weight_share));
    sum += rows.back().points();
  }
  rows.push_back({"pressed", 1, pressed(sum) - sum});
  if (const ScoreStep* step = step_of(features))
    rows.push_back({step->name, 1, step->score(features, pressed(sum)) - pressed(sum)});
  std::erase_if(rows, [](const ScoreRow& row) { return row.value == 0; });
  return rows;
}

double ranking_score_of(double score) { return score <= 0 ? 0 : score / (score + 0.5); }

double score_by_weight(const Scope&, const QueryPlan& plan, const MatchedDocument& document) {
  return ranking_score_of(score_of(document.features, share_of(plan, document)));
}

void order_by_score(const Scope& scope, const QueryPlan& plan, std::span<MatchedDocument> documents,
                    std::size_t count) {
  struct Scored {
    double score;
    std::size_t number;
  };
  std::vector<Scored> order;
  order.reserve(documents.size());
  for (const MatchedDocument& document : documents)
    order.push_back({score_of(document.features, share_of(plan, document)), order.size()});
  const auto is_before = [&](const Scored& a, const Scored& b) {
    const MatchedDocument &first = documents[a.number], &second = documents[b.number];
    if (const int by = scope.sort.compare(first.document, second.document)) return by < 0;
    if (a.score != b.score) return a.score > b.score;
    return is_inserted_before(scope.generation, first.document, second.document);
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(order.begin(), end, order.end(), is_before);
  std::sort(order.begin(), end, is_before);
  std::vector<MatchedDocument> sorted;
  sorted.reserve(documents.size());
  for (const Scored& scored : order) sorted.push_back(std::move(documents[scored.number]));
  std::move(sorted.begin(), sorted.end(), documents.begin());
}

std::vector<ScoreRow> rows_of_score(const Scope&, const QueryPlan& plan, const MatchedDocument& document) {
  return score_rows(document.features, share_of(plan, document));
}

}  // namespace nunmul
