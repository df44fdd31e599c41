// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/matches.h"

#include <algorithm>
#include <optional>

#include "search/columns/distinct.h"
#include "search/columns/document_sets.h"
#include "search/columns/segment_columns.h"
#include "search/match/document_matcher.h"
#include "search/match/retrieval.h"

namespace nunmul {
namespace {

// How many of the best that Xapian gives are ranked; more are when what is asked for concerns all hits.
constexpr std::uint32_t kCandidates = 200;
// Up to so many matches all are ranked when sorts, facets or counts need it.
constexpr std::size_t kRankedMatches = 5'000;
// A document with less than this share of the query's weight answers it by accident.
constexpr double kMinShare = 0.02;

RetrievalLimits limits_of(const Scope& scope, bool all) {
  RetrievalLimits limits;
  limits.count_up_to = scope.settings.max_total_hits;
  limits.candidates =
      all ? scope.settings.max_total_hits : std::max(kCandidates, static_cast<std::uint32_t>(scope.wanted()));
  return limits;
}

DocumentMatcher make_matcher(const Scope& scope, const QueryPlan& plan, std::uint32_t segment) {
  DocumentMatcher matcher(*scope.generation.segments()[segment].segment, scope.settings, plan.alternatives,
                          scope.only);
  matcher.look_for_kind(plan.kind);
  if (!plan.typed.empty()) matcher.look_for_beginning(plan.typed);
  return matcher;
}

// The candidates with what the query's words make of them, but those that keep(document) drops.
template <typename Keep>
std::vector<MatchedDocument> matched(const Scope& scope, const QueryPlan& plan,
                                     const std::vector<Candidate>& candidates, Keep&& keep) {
  std::vector<std::optional<DocumentMatcher>> matchers(scope.generation.segments().size());
  std::vector<MatchedDocument> documents;
  scope.budget.use_memory(candidates.size() * sizeof(MatchedDocument));
  documents.reserve(candidates.size());
  DocumentMatches matches;
  for (const Candidate& candidate : candidates) {
    scope.budget.check();
    auto& matcher = matchers[candidate.document.segment];
    if (!matcher) matcher.emplace(make_matcher(scope, plan, candidate.document.segment));
    matcher->match(candidate.document.document, matches);
    MatchedDocument document{
        candidate.document, scope.generation.ordinal(candidate.document), candidate.weight,
        features_of(matches, plan.shape, scope.only ? TermAnswers{} : candidate.by_terms)};
    if (keep(document)) documents.push_back(document);
  }
  return documents;
}

// Terms bring some documents in which the words only seem to be.
std::vector<MatchedDocument> with_required(const Scope& scope, const QueryPlan& plan,
                                           const std::vector<Candidate>& candidates) {
  return matched(scope, plan, candidates, [&](MatchedDocument& document) {
    std::uint32_t kept = 0;
    while (kept < plan.unit_order.size() && has_unit(document.features.matched, plan.unit_order[kept]))
      ++kept;
    document.features.words = kept;
    return kept >= plan.required;
  });
}

// All that fit, or the best of them where they are too many.
Matches match_all(const Scope& scope, const QueryPlan& plan, Retrieval& retrieval) {
  DocumentSets all = retrieval.all_matches(plan);
  Matches matches;
  matches.total = count_members(all);
  matches.complete = matches.total <= kRankedMatches;
  const auto& rules = scope.settings.ranking_rules;
  std::vector<Candidate> candidates;
  if (matches.complete) {
    candidates = retrieval.candidates(plan, members_of(all));
  } else if (!scope.values.expressions().empty() && rules.front().orders_by_values()) {
    candidates = retrieval.candidates(plan, first_sorted(scope.values, all, scope.settings.max_total_hits));
  } else {
    candidates = retrieval.word_by_word(plan, limits_of(scope, true)).candidates;
  }
  matches.documents = with_required(scope, plan, candidates);
  if (!matches.complete && !scope.distinct && !scope.request.ranking_score_threshold)
    matches.all = std::move(all);
  return matches;
}

}  // namespace

Matches match_by_weight(const Scope& scope, const QueryPlan& plan) {
  AllowedDocuments allowed = without_excluded(scope, plan.excluded);
  Retrieval retrieval(scope.snapshot, allowed);
  RetrievalLimits limits = limits_of(scope, scope.concerns_all());
  limits.min_share = kMinShare;
  const Retrieved retrieved = retrieval.by_weight(plan, limits);
  UnitSet quoted = 0;
  for (std::uint32_t u = 0; u < plan.units.size(); ++u)
    if (plan.units[u].quoted) quoted |= unit_bits(u, 1);
  auto documents = matched(scope, plan, retrieved.candidates, [&](const MatchedDocument& document) {
    return (quoted & ~document.features.matched) == 0 && (!scope.only || document.features.words > 0);
  });
  return {std::move(documents), retrieved.complete, retrieved.matches, std::nullopt, allowed.expired};
}

Matches match_word_by_word(const Scope& scope, const QueryPlan& plan) {
  AllowedDocuments allowed = without_excluded(scope, plan.excluded);
  Retrieval retrieval(scope.snapshot, allowed);
  Matches matches;
  if (scope.concerns_all()) {
    matches = match_all(scope, plan, retrieval);
  } else {
    const Retrieved retrieved = retrieval.word_by_word(plan, limits_of(scope, false));
    matches.documents = with_required(scope, plan, retrieved.candidates);
    matches.complete = retrieved.complete;
    matches.total = retrieved.matches;
  }
  matches.expired = allowed.expired;
  return matches;
}

Matches match_without_words(const Scope& scope, const QueryPlan& plan) {
  DocumentSets all = *without_excluded(scope, plan.excluded).by_segment;
  const std::size_t count = scope.distinct ? count_members(all) : scope.wanted();
  std::vector<DocumentRef> first = scope.values.expressions().empty()
                                       ? first_inserted(scope.generation, all, count)
                                       : first_sorted(scope.values, all, count);
  if (scope.distinct) {
    keep_distinct(first, DistinctValues(columns_of(scope.generation), *scope.distinct));
    all = sets_of(scope.generation, first);
  }
  Matches matches;
  matches.total = count_members(all);
  if (first.size() > scope.settings.max_total_hits) first.resize(scope.settings.max_total_hits);
  for (const DocumentRef document : first) matches.documents.push_back({document});
  matches.all = std::move(all);
  return matches;
}

}  // namespace nunmul
