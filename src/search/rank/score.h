// SPDX-License-Identifier: GPL-2.0-or-later
// The order and the score of documents where any word will do: one number of retrieval weight and features,
// so that a sentence of moods and an exact title both find what they mean.
#pragma once

#include <span>
#include <vector>

#include "search/match/matches.h"
#include "search/rank/score_row.h"

namespace nunmul {

// `weight_share` is that of retrieval in the plan's full weight. Unbounded above; an exact name stands above
// everything else.
double score_of(const Features& features, double weight_share);
// The rows of a score; their points together are the score.
std::vector<ScoreRow> score_rows(const Features& features, double weight_share);

// The same between 0 and 1, in the same order, as the API answers it.
double ranking_score_of(double score);

double score_by_weight(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document);
// Strategy::order.
void order_by_score(const Scope& scope, const QueryPlan& plan, std::span<MatchedDocument> documents,
                    std::size_t count);
std::vector<ScoreRow> rows_of_score(const Scope& scope, const QueryPlan& plan,
                                    const MatchedDocument& document);

}  // namespace nunmul
