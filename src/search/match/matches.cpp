// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/matches.h"

#include <algorithm>
#include <optional>
#include <span>

#include "index/forward.h"
#include "search/columns/distinct.h"
#include "search/columns/document_sets.h"
#include "search/columns/segment_columns.h"
#include "search/match/document_matcher.h"
#include "search/match/retrieval.h"

namespace nunmul {
namespace {

// How many of those that weigh most are ranked together.
constexpr std::uint32_t kRankedTogether = 200;
// Up to so many matches all are ranked where the order asks for values of all.
constexpr std::uint32_t kRankedMatches = 5'000;
// The clock is looked at after so many documents: a look takes as long as a quarter of one.
constexpr std::size_t kCheckedTogether = 16;
// A document with less than this share of the query's weight answers it by accident.
constexpr double kMinShare = 0.02;

RetrievalLimits limits_of(const Scope& scope) {
  RetrievalLimits limits;
  limits.count_up_to = scope.settings.max_total_hits;
  const auto wanted = static_cast<std::uint32_t>(std::max<std::size_t>(scope.wanted(), 1));
  limits.candidates = (wanted + kRankedTogether - 1) / kRankedTogether * kRankedTogether;
  limits.min_share = kMinShare;
  return limits;
}

DocumentMatcher make_matcher(const Scope& scope, const QueryPlan& plan, std::uint32_t segment) {
  DocumentMatcher matcher(*scope.generation.segments()[segment].segment, scope.settings, plan.alternatives,
                          scope.only);
  matcher.look_for_kinds(plan.kinds);
  if (!plan.typed.empty()) matcher.look_for_beginning(plan.typed);
  if (!plan.sounding.empty()) matcher.look_for_spelling(plan.sounding);
  return matcher;
}

// Several words that are read as kana may be found by their reading, so that a name spelt quite otherwise
// says nothing.
double spelling_nearness(const QueryPlan& plan, DocumentMatcher& matcher, std::uint32_t document) {
  constexpr double kFar = 0.5;
  const double nearness = matcher.nearness(document);
  const bool is_read = !plan.reading.empty() ||
                       std::any_of(plan.terms.begin(), plan.terms.end(),
                                   [](const PlannedTerm& term) { return term.family == Family::Reading; });
  return is_read && plan.units.size() > 2 && nearness < kFar ? 1 : nearness;
}

// Candidates are read in the order of their weights, so that memory would be waited for at each.
void fetch_ahead(const Generation& generation, std::span<const Candidate> candidates) {
  constexpr std::size_t kPlaces = 16, kWords = 8;
  const auto forward_of = [&](const Candidate& candidate) -> const ForwardTable& {
    return generation.segments()[candidate.document.segment].segment->forward();
  };
  if (candidates.size() > kPlaces) {
    const Candidate& far = candidates[kPlaces];
    forward_of(far).fetch_place(far.document.document);
  }
  if (candidates.size() > kWords) {
    const Candidate& near = candidates[kWords];
    forward_of(near).fetch_words(near.document.document);
  }
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
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const Candidate& candidate = candidates[c];
    if (c % kCheckedTogether == 0) scope.budget.check();
    fetch_ahead(scope.generation, std::span(candidates).subspan(c));
    auto& matcher = matchers[candidate.document.segment];
    if (!matcher) matcher.emplace(make_matcher(scope, plan, candidate.document.segment));
    matcher->match(candidate.document.document, matches);
    if ((candidate.by_terms.sounding & ~candidate.by_terms.otherwise & plan.shape.spelt) != 0)
      matches.nearness = spelling_nearness(plan, *matcher, candidate.document.document);
    MatchedDocument document{
        candidate.document, candidate.weight,
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

bool orders_by_values(const Scope& scope) { return !scope.values.expressions().empty(); }

// Whether a rule that compares values comes before all others.
bool sorts_first(const Scope& scope) {
  return orders_by_values(scope) && scope.settings.ranking_rules.front().orders_by_values();
}

// All that fit, or the best of them where they are too many.
Matches match_all(const Scope& scope, const QueryPlan& plan, Retrieval& retrieval) {
  DocumentSets all = retrieval.all_with_required();
  Matches matches;
  matches.total = count_members(all);
  matches.complete = matches.total <= kRankedMatches;
  std::vector<Candidate> candidates;
  if (matches.complete) {
    candidates = retrieval.candidates(members_of(all));
  } else if (sorts_first(scope)) {
    candidates = retrieval.candidates(first_sorted(scope.values, all, scope.settings.max_total_hits));
  } else {
    RetrievalLimits limits = limits_of(scope);
    limits.candidates = kRankedMatches;
    candidates = retrieval.word_by_word(limits).candidates;
  }
  matches.documents = with_required(scope, plan, candidates);
  if (!matches.complete) matches.all = std::move(all);
  return matches;
}

// About how many of the matches have the words that are required, by a look at some. (As the API calls it, an
// estimate; who asks for pages is given an exact number.)
std::uint64_t about_with_required(const Scope& scope, const QueryPlan& plan, const Retrieval& retrieval,
                                  const Retrieved& retrieved) {
  if (retrieved.sample.empty() || required_are_certain(scope, plan)) return retrieved.matches;
  const std::size_t fit = with_required(scope, plan, retrieval.candidates(retrieved.sample)).size();
  return retrieved.matches * fit / retrieved.sample.size();
}

// The best by the words they have and by weight; more are asked for where the words of some only seem to be
// there.
Matches match_best(const Scope& scope, const QueryPlan& plan, Retrieval& retrieval) {
  RetrievalLimits limits = limits_of(scope);
  const std::size_t wanted = limits.candidates;
  Matches matches;
  matches.ranked_together = kRankedTogether;
  Retrieved retrieved;
  for (;; limits.candidates *= 4) {
    retrieved = retrieval.word_by_word(limits);
    matches.documents = with_required(scope, plan, retrieved.candidates);
    matches.complete = retrieved.complete;
    if (retrieved.complete || matches.documents.size() >= wanted) break;
  }
  if (matches.documents.size() > wanted) {
    matches.documents.resize(wanted);
    matches.complete = false;
  }
  if (matches.complete) {
    matches.total = matches.documents.size();
  } else if (scope.counts_all() || scope.request.counted_pages()) {
    matches.all = retrieval.all_with_required();
    matches.total = count_members(*matches.all);
  } else {
    matches.total = std::max<std::uint64_t>(matches.documents.size(),
                                            about_with_required(scope, plan, retrieval, retrieved));
  }
  return matches;
}

std::vector<MatchedDocument> matched_by_weight(const Scope& scope, const QueryPlan& plan,
                                               const std::vector<Candidate>& candidates) {
  return matched(scope, plan, candidates, [](const MatchedDocument&) { return true; });
}

// Where the order is by values of all that fit. Our own order sorts first.
Matches match_all_by_weight(const Scope& scope, const QueryPlan& plan, Retrieval& retrieval) {
  RetrievalLimits limits = limits_of(scope);
  limits.candidates = kRankedMatches;
  limits.all = true;
  Retrieved retrieved = retrieval.by_weight(limits);
  Matches matches;
  matches.total = retrieved.matches;
  matches.complete = retrieved.complete;
  if (!matches.complete && (sorts_first(scope) || !has_own_rules(scope.settings))) {
    retrieved.candidates =
        retrieval.candidates(first_sorted(scope.values, *retrieved.all, scope.settings.max_total_hits));
    retrieval.weigh(retrieved.candidates);
  }
  matches.documents = matched_by_weight(scope, plan, retrieved.candidates);
  if (!matches.complete) matches.all = std::move(retrieved.all);
  return matches;
}

Matches match_best_by_weight(const Scope& scope, const QueryPlan& plan, Retrieval& retrieval) {
  RetrievalLimits limits = limits_of(scope);
  Matches matches;
  matches.ranked_together = kRankedTogether;
  if (scope.drops_matches()) {
    limits.candidates = kRankedMatches;
    matches.ranked_together = 0;
  }
  limits.all = scope.counts_all();
  Retrieved retrieved = retrieval.by_weight(limits);
  matches.documents = matched_by_weight(scope, plan, retrieved.candidates);
  matches.complete = retrieved.complete;
  matches.total = retrieved.matches;
  if (!matches.complete) matches.all = std::move(retrieved.all);
  return matches;
}

}  // namespace

bool has_own_rules(const Settings& settings) {
  using enum RankingRule::Kind;
  using Kinds = std::vector<RankingRule::Kind>;
  Kinds kinds;
  for (const RankingRule& rule : settings.ranking_rules) kinds.push_back(rule.kind);
  return kinds != Kinds{Words, Typo, Proximity, AttributeRank, Sort, WordPosition, Exactness} &&
         kinds != Kinds{Words, Typo, Proximity, Attribute, Sort, Exactness};
}

Matches match_by_weight(const Scope& scope, const QueryPlan& plan) {
  AllowedDocuments allowed = without_excluded(scope, scope.allowed, plan.excluded);
  Retrieval retrieval(scope, plan, allowed);
  Matches matches = orders_by_values(scope) ? match_all_by_weight(scope, plan, retrieval)
                                            : match_best_by_weight(scope, plan, retrieval);
  matches.expired = allowed.expired;
  return matches;
}

std::vector<MatchedDocument> best_without_filter(const Scope& scope, const QueryPlan& plan) {
  AllowedDocuments allowed = without_excluded(scope, allowed_without_filter(scope), plan.excluded);
  Retrieval retrieval(scope, plan, allowed);
  RetrievalLimits limits = limits_of(scope);
  limits.candidates = kRankedTogether;
  return matched_by_weight(scope, plan, retrieval.by_weight(limits).candidates);
}

Matches match_word_by_word(const Scope& scope, const QueryPlan& plan) {
  AllowedDocuments allowed = without_excluded(scope, scope.allowed, plan.excluded);
  Retrieval retrieval(scope, plan, allowed);
  Matches matches = orders_by_values(scope) || scope.drops_matches() ? match_all(scope, plan, retrieval)
                                                                     : match_best(scope, plan, retrieval);
  matches.expired = allowed.expired;
  return matches;
}

Matches match_without_words(const Scope& scope, const QueryPlan& plan) {
  DocumentSets all = *without_excluded(scope, scope.allowed, plan.excluded).by_segment;
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
