// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/retrieval.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace nunmul {
namespace {

// A query of more words is a text. What is read for one takes some twenty milliseconds.
constexpr std::size_t kMostUnitsAskedWhole = 16;
constexpr std::uint64_t kMostPostingsOfText = 150'000;

Xapian::Query combined(Xapian::Query::op op, const std::vector<Xapian::Query>& parts) {
  if (parts.empty()) return {};
  return parts.size() == 1 ? parts[0] : Xapian::Query(op, parts.begin(), parts.end());
}

Xapian::Query unit_query(const TermPostings& postings, const PlannedUnit& unit) {
  std::vector<Xapian::Query> ways;
  std::unordered_set<std::string_view> seen;
  for (const PlannedTerm& term : unit.any)
    if (seen.insert(term.term).second) ways.push_back(postings.query(term));
  for (const auto& all : unit.all) {
    std::vector<Xapian::Query> parts;
    for (const PlannedTerm& term : all) parts.push_back(postings.query(term));
    ways.push_back(combined(Xapian::Query::OP_AND, parts));
  }
  return combined(Xapian::Query::OP_OR, ways);
}

std::shared_ptr<const WeightTables> tables_of(const Generation& generation) {
  return generation.cached<WeightTables>(
      "weight tables", [&] { return WeightTables(generation.family_totals(), Bm25Parameters{}); });
}

}  // namespace

std::size_t required_units(const QueryPlan& plan, std::vector<std::uint32_t>& order) {
  order.resize(plan.units.size());
  std::iota(order.begin(), order.end(), 0U);
  // Phrases are never dropped; of words the last is dropped first, or with `frequency` the commonest.
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (plan.units[a].quoted != plan.units[b].quoted) return plan.units[a].quoted;
    return plan.strategy == MatchingStrategy::Frequency && plan.units[a].documents < plan.units[b].documents;
  });
  if (plan.strategy == MatchingStrategy::All) return order.size();
  const auto quoted = static_cast<std::size_t>(
      std::count_if(plan.units.begin(), plan.units.end(), [](const auto& unit) { return unit.quoted; }));
  // Beside phrases the commonest word may go, but not the first one, unless no document has it.
  const bool first_stays = plan.strategy == MatchingStrategy::Last && !plan.units.empty() &&
                           !plan.units[0].quoted && plan.units[0].documents > 0;
  return std::max<std::size_t>(quoted + (first_stays ? 1 : 0), std::min<std::size_t>(1, order.size()));
}

Retrieval::Retrieval(const Snapshot& snapshot, AllowedDocuments& allowed, bool restricted)
    : snapshot_(snapshot),
      allowed_(allowed),
      restricted_(restricted),
      tables_(tables_of(snapshot.generation())),
      postings_(snapshot, tables_) {
  if (restricted_) source_ = std::make_unique<AllowedSource>(allowed_, shard_ids_of(snapshot.generation()));
}

Xapian::Query Retrieval::filtered(Xapian::Query query) {
  return restricted_ ? Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(source_.get())) : query;
}

Xapian::MSet Retrieval::run(const Xapian::Query& query, std::uint32_t first, std::uint32_t count,
                            std::uint32_t check_at_least, double least_weight) {
  allowed_.budget.check();
  Xapian::Enquire enquire(snapshot_.database());
  enquire.set_weighting_scheme(FamilyWeight(tables_));
  enquire.set_query(filtered(query));
  if (least_weight > 0) enquire.set_cutoff(0, least_weight);
  return enquire.get_mset(first, count, check_at_least);
}

Retrieved Retrieval::retrieve(const QueryPlan& plan, const RetrievalLimits& limits) {
  Retrieved retrieved;
  const auto take = [&](const Xapian::MSet& mset, std::uint32_t stage,
                        std::unordered_set<Xapian::docid>& seen) {
    for (auto hit = mset.begin(); hit != mset.end(); ++hit)
      if (seen.insert(*hit).second)
        retrieved.candidates.push_back({*hit, snapshot_.document(*hit), hit.get_weight(), {}, stage});
  };
  std::unordered_set<Xapian::docid> seen;
  if (plan.strategy == MatchingStrategy::Any) {
    std::vector<Xapian::Query> parts;
    const std::vector<PlannedTerm> terms = asked_terms(plan);
    for (const PlannedTerm& term : terms) parts.push_back(postings_.query(term));
    const Reached reached = reached_by_one_term(plan, terms, limits);
    const auto together = [this](Xapian::Query::op op, const std::vector<PlannedTerm>& terms_of_one) {
      std::vector<Xapian::Query> queries;
      for (const PlannedTerm& term : terms_of_one) queries.push_back(postings_.query(term));
      return combined(op, queries);
    };
    if (!plan.reading.empty()) parts.push_back(together(Xapian::Query::OP_AND, plan.reading));
    for (const PlannedSynonym& synonym : plan.synonyms)
      parts.push_back(Xapian::Query(Xapian::Query::OP_AND_MAYBE, together(Xapian::Query::OP_AND, synonym.all),
                                    together(Xapian::Query::OP_OR, synonym.more)));
    Xapian::Query query = combined(Xapian::Query::OP_OR, parts);
    for (const PlannedUnit& unit : plan.units)
      if (unit.quoted) query = Xapian::Query(Xapian::Query::OP_FILTER, query, unit_query(postings_, unit));
    // Where enough documents are known to reach a weight, those below need neither be found nor counted.
    const double least = limits.least_share * plan.full_weight;
    const auto mset = reached.documents > limits.count_up_to
                          ? run(query, 0, limits.candidates, 0, std::max(least, reached.weight))
                          : run(query, 0, limits.candidates, limits.count_up_to + 1, least);
    take(mset, static_cast<std::uint32_t>(plan.units.size()), seen);
    retrieved.matches = std::max<std::uint64_t>(mset.get_matches_lower_bound(), reached.documents);
    retrieved.complete = mset.size() < limits.candidates;
    if (retrieved.complete) retrieved.matches = mset.size();
  } else {
    std::vector<std::uint32_t> order;
    const std::size_t least = required_units(plan, order);
    std::vector<Xapian::Query> units;
    for (const std::uint32_t unit : order) units.push_back(unit_query(postings_, plan.units[unit]));
    for (std::size_t count = units.size(); count >= std::max<std::size_t>(least, 1); --count) {
      Xapian::Query query = combined(Xapian::Query::OP_AND,
                                     {units.begin(), units.begin() + static_cast<std::ptrdiff_t>(count)});
      if (count < units.size())
        query = Xapian::Query(Xapian::Query::OP_AND_MAYBE, query,
                              combined(Xapian::Query::OP_OR,
                                       {units.begin() + static_cast<std::ptrdiff_t>(count), units.end()}));
      // Documents of the stages before come again, so as many more are asked for.
      const auto wanted = static_cast<std::uint32_t>(limits.candidates + seen.size());
      const bool last = count == std::max<std::size_t>(least, 1);
      const auto mset = run(query, 0, wanted, last ? std::max(wanted, limits.count_up_to + 1) : wanted, 0);
      take(mset, static_cast<std::uint32_t>(count), seen);
      if (last || seen.size() >= limits.candidates) {
        retrieved.matches = mset.get_matches_lower_bound();
        retrieved.complete = last && mset.size() < wanted;
        if (!last) {
          const auto counted =
              run(combined(Xapian::Query::OP_AND,
                           {units.begin(),
                            units.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(least, 1))}),
                  0, 0, limits.count_up_to + 1, 0);
          retrieved.matches = std::max<std::uint64_t>(retrieved.matches, counted.get_matches_lower_bound());
        }
        break;
      }
    }
  }
  add_unit_terms(plan, retrieved.candidates);
  return retrieved;
}

// All terms, but for a text: of that the ones which may weigh most, as many as a search may read.
std::vector<PlannedTerm> Retrieval::asked_terms(const QueryPlan& plan) const {
  if (plan.units.size() <= kMostUnitsAskedWhole) return plan.terms;
  std::vector<std::size_t> order(plan.terms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<TermCost> costs;
  for (const PlannedTerm& term : plan.terms) costs.push_back(postings_.cost(term));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return costs[a].weight > costs[b].weight; });
  std::vector<PlannedTerm> asked;
  std::uint64_t read = 0;
  for (const std::size_t t : order) {
    if (!asked.empty() && read + costs[t].documents > kMostPostingsOfText)
      continue;  // a rarer one may still fit
    read += costs[t].documents;
    asked.push_back(plan.terms[t]);
  }
  return asked;
}

Retrieval::Reached Retrieval::reached_by_one_term(const QueryPlan& plan,
                                                  const std::vector<PlannedTerm>& terms,
                                                  const RetrievalLimits& limits) const {
  Reached reached;
  const bool quoted =
      std::any_of(plan.units.begin(), plan.units.end(), [](const PlannedUnit& unit) { return unit.quoted; });
  if (restricted_ || quoted || limits.candidates > kBestWeights) return reached;
  const double least = limits.least_share * plan.full_weight;
  for (const PlannedTerm& term : terms) {
    const auto postings = postings_.in_memory(term);
    if (!postings || postings->best.size() < limits.candidates) continue;
    std::uint64_t documents = 0;
    for (const GatheredList& list : postings->lists)
      documents += static_cast<std::uint64_t>(std::count_if(
          list.begin(), list.end(),
          [&](const GatheredPosting& posting) { return static_cast<double>(posting.weight) >= least; }));
    reached.documents = std::max(reached.documents, documents);
    // A little less, since sums round.
    reached.weight =
        std::max(reached.weight, 0.9999 * static_cast<double>(postings->best[limits.candidates - 1]));
  }
  return reached;
}

Candidate Retrieval::candidate(DocumentRef document) const {
  const auto segments = static_cast<Xapian::docid>(snapshot_.generation().segments().size());
  return {document.document * segments + document.segment + 1, document, 0, {}, 0};
}

void Retrieval::add_unit_terms(const QueryPlan& plan, std::vector<Candidate>& candidates) {
  std::vector<Candidate*> by_id;
  for (Candidate& candidate : candidates) by_id.push_back(&candidate);
  std::sort(by_id.begin(), by_id.end(), [](const Candidate* a, const Candidate* b) { return a->id < b->id; });
  std::vector<Xapian::docid> ids;
  for (const Candidate* candidate : by_id) ids.push_back(candidate->id);
  for (const DocumentTerm& asked : plan.document_terms) {
    const UnitSet units = unit_bits(asked.first_unit, asked.units);
    postings_.for_each_of(asked.term, ids, [&](std::size_t i) {
      by_id[i]->by_terms.units |= units;
      const Evidence evidence = row_of(asked.term.family).evidence;
      if (evidence == Evidence::Name) by_id[i]->by_terms.named |= units;
      if (evidence == Evidence::Meaning) by_id[i]->by_terms.known |= units;
      if (asked.as_typed) by_id[i]->by_terms.as_typed |= units;
    });
  }
}

std::vector<Bitmap> Retrieval::empty_bitmaps() const {
  std::vector<Bitmap> bitmaps;
  for (const LiveSegment& live : snapshot_.generation().segments())
    bitmaps.emplace_back(live.segment->documents());
  return bitmaps;
}

void Retrieval::set_postings(const PlannedTerm& term, std::vector<Bitmap>& bitmaps) const {
  allowed_.budget.check();
  postings_.for_each(term, [&](DocumentRef document) { bitmaps[document.segment].set(document.document); });
}

std::vector<Bitmap> Retrieval::all_matches(const QueryPlan& plan) {
  const auto unit_matches = [&](const PlannedUnit& unit) {
    std::vector<Bitmap> found = empty_bitmaps();
    for (const PlannedTerm& term : unit.any) set_postings(term, found);
    for (const auto& all : unit.all) {
      std::vector<Bitmap> together;
      for (const PlannedTerm& term : all) {
        std::vector<Bitmap> one = empty_bitmaps();
        set_postings(term, one);
        if (together.empty())
          together = std::move(one);
        else
          for (std::size_t s = 0; s < one.size(); ++s) together[s] &= one[s];
      }
      for (std::size_t s = 0; s < together.size(); ++s) found[s] |= together[s];
    }
    return found;
  };
  std::vector<std::uint32_t> order;
  const std::size_t least = required_units(plan, order);
  std::vector<Bitmap> matches;
  for (const Bitmap* allowed : allowed_.by_segment) matches.push_back(*allowed);
  for (std::size_t u = 0; u < least; ++u) {
    const std::vector<Bitmap> found = unit_matches(plan.units[order[u]]);
    for (std::size_t s = 0; s < found.size(); ++s) matches[s] &= found[s];
  }
  return matches;
}

}  // namespace nunmul
