// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/retrieval.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace nunmul {
namespace {

// A query of more words is a text. What is read for one takes some twenty milliseconds.
constexpr std::size_t kMaxUnitsAskedWhole = 16;
constexpr std::uint64_t kMaxPostingsOfText = 150'000;

Xapian::Query combined(Xapian::Query::op op, const std::vector<Xapian::Query>& parts) {
  if (parts.empty()) return {};
  return parts.size() == 1 ? parts[0] : Xapian::Query(op, parts.begin(), parts.end());
}

Xapian::Query together(Xapian::Query::op op, const TermPostings& postings,
                       const std::vector<PlannedTerm>& terms) {
  std::vector<Xapian::Query> parts;
  for (const PlannedTerm& term : terms) parts.push_back(postings.query(term));
  return combined(op, parts);
}

// The first `count` units, and what the others add to the weight.
Xapian::Query stage_query(const std::vector<Xapian::Query>& units, std::size_t count) {
  const auto border = units.begin() + static_cast<std::ptrdiff_t>(count);
  const Xapian::Query first = combined(Xapian::Query::OP_AND, {units.begin(), border});
  if (border == units.end()) return first;
  return {Xapian::Query::OP_AND_MAYBE, first, combined(Xapian::Query::OP_OR, {border, units.end()})};
}

std::shared_ptr<const WeightTables> tables_of(const Generation& generation) {
  return generation.cached<WeightTables>(
      "weight tables", [&] { return WeightTables(generation.family_totals(), Bm25Parameters{}); });
}

}  // namespace

Retrieval::Retrieval(const Scope& scope, const QueryPlan& plan, AllowedDocuments& allowed)
    : scope_(scope),
      plan_(plan),
      snapshot_(scope.snapshot),
      allowed_(allowed),
      tables_(tables_of(scope.generation)),
      postings_(scope.snapshot, tables_) {
  if (allowed.needs_source())
    source_ = std::make_unique<AllowedSource>(allowed_, shard_ids_of(scope.generation));
}

Xapian::Query Retrieval::checked(UnitSet units, Standing needed) {
  auto* source =
      new CheckedSource(checks_.emplace_back(scope_, plan_, units), needed, shard_ids_of(scope_.generation));
  return Xapian::Query(source->release());
}

// A phrase's terms only narrow. Where there are none, every document is read.
Xapian::Query Retrieval::unit_query(std::uint32_t number) {
  const PlannedUnit& unit = plan_.units[number];
  std::vector<Xapian::Query> ways;
  std::unordered_set<std::string_view> seen;
  for (const PlannedTerm& term : unit.any)
    if (seen.insert(term.term).second) ways.push_back(postings_.query(term));
  for (const auto& all : unit.all) ways.push_back(together(Xapian::Query::OP_AND, postings_, all));
  if (!unit.quoted && !scope_.only) return combined(Xapian::Query::OP_OR, ways);
  const Xapian::Query check = checked(unit_bits(number, 1), Standing::All);
  if (ways.empty()) return unit.quoted ? check : Xapian::Query();
  return {Xapian::Query::OP_FILTER, combined(Xapian::Query::OP_OR, ways), check};
}

Xapian::MSet Retrieval::run(const Xapian::Query& query, std::uint32_t count, std::uint32_t check_at_least,
                            double min_weight) {
  allowed_.budget.check();
  Xapian::Enquire enquire(snapshot_.database());
  enquire.set_weighting_scheme(FamilyWeight(tables_));
  enquire.set_query(source_ ? Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(source_.get()))
                            : query);
  if (min_weight > 0) enquire.set_cutoff(0, min_weight);
  return enquire.get_mset(0, count, check_at_least);
}

// Those that are not among the candidates yet.
void Retrieval::take(const Xapian::MSet& mset, std::vector<Candidate>& candidates) const {
  std::unordered_set<Xapian::docid> seen;
  for (const Candidate& candidate : candidates) seen.insert(candidate.id);
  for (auto hit = mset.begin(); hit != mset.end(); ++hit)
    if (!seen.contains(*hit)) candidates.push_back({*hit, snapshot_.document(*hit), hit.get_weight()});
}

// The same, but the words are read where terms leave it open whether they stand there.
Xapian::Query Retrieval::fitting_query(std::uint32_t number) {
  const PlannedUnit& unit = plan_.units[number];
  if (unit.quoted || scope_.only) return unit_query(number);
  std::vector<Xapian::Query> ways, open;
  std::unordered_set<std::string> certain;
  for (const PlannedTerm& term : certain_terms(scope_, plan_, number))
    if (certain.insert(term.term).second) ways.push_back(postings_.query(term));
  for (const PlannedTerm& term : unit.any)
    if (!certain.contains(term.term)) open.push_back(postings_.query(term));
  for (const auto& all : unit.all) open.push_back(together(Xapian::Query::OP_AND, postings_, all));
  if (!open.empty())
    ways.emplace_back(Xapian::Query::OP_FILTER, combined(Xapian::Query::OP_OR, open),
                      checked(unit_bits(number, 1), Standing::All));
  return combined(Xapian::Query::OP_OR, ways);
}

Xapian::Query Retrieval::synonym_query(const PlannedSynonym& synonym) {
  const Xapian::Query all = together(Xapian::Query::OP_AND, postings_, synonym.all);
  if (synonym.standing_for)
    return {Xapian::Query::OP_FILTER, all, checked(unit_bits(*synonym.standing_for, 1), Standing::All)};
  return {Xapian::Query::OP_AND_MAYBE, all, together(Xapian::Query::OP_OR, postings_, synonym.more)};
}

Xapian::Query Retrieval::weight_query(const std::vector<PlannedTerm>& terms) {
  std::vector<Xapian::Query> parts;
  for (const PlannedTerm& term : terms) parts.push_back(postings_.query(term));
  if (!plan_.reading.empty()) parts.push_back(together(Xapian::Query::OP_AND, postings_, plan_.reading));
  for (const auto& word : plan_.spelled) parts.push_back(together(Xapian::Query::OP_AND, postings_, word));
  for (const PlannedSynonym& synonym : plan_.synonyms) parts.push_back(synonym_query(synonym));
  Xapian::Query query = combined(Xapian::Query::OP_OR, parts);
  const auto units = static_cast<std::uint32_t>(plan_.units.size());
  for (std::uint32_t u = 0; u < units; ++u)
    if (plan_.units[u].quoted) query = Xapian::Query(Xapian::Query::OP_FILTER, query, unit_query(u));
  if (scope_.only)
    query = Xapian::Query(Xapian::Query::OP_FILTER, query, checked(unit_bits(0, units), Standing::Any));
  return query;
}

Retrieved Retrieval::by_weight(const RetrievalLimits& limits) {
  const std::vector<PlannedTerm> terms = asked_terms();
  const Xapian::Query query = weight_query(terms);
  const Reached reached = reached_by_one_term(terms, limits);
  const double min_weight = limits.min_share * plan_.full_weight;
  // Where enough documents are known to reach a weight, those below need neither be found nor counted.
  const auto mset = reached.documents > limits.count_up_to
                        ? run(query, limits.candidates, 0, std::max(min_weight, reached.weight))
                        : run(query, limits.candidates, limits.count_up_to + 1, min_weight);
  Retrieved retrieved;
  take(mset, retrieved.candidates);
  retrieved.complete = mset.size() < limits.candidates;
  retrieved.matches = retrieved.complete
                          ? mset.size()
                          : std::max<std::uint64_t>(mset.get_matches_lower_bound(), reached.documents);
  add_term_answers(retrieved.candidates);
  return retrieved;
}

Retrieved Retrieval::word_by_word(const RetrievalLimits& limits) {
  std::vector<Xapian::Query> units;
  for (const std::uint32_t unit : plan_.unit_order) units.push_back(unit_query(unit));
  Retrieved retrieved;
  for (std::size_t count = units.size(); count >= plan_.required; --count) {
    // Documents of the stages before come again, so as many more are asked for.
    const auto wanted = static_cast<std::uint32_t>(limits.candidates + retrieved.candidates.size());
    const auto mset = run(stage_query(units, count), wanted, wanted, 0);
    take(mset, retrieved.candidates);
    retrieved.complete = count == plan_.required && mset.size() < wanted;
    if (count == plan_.required || retrieved.candidates.size() >= limits.candidates) break;
  }
  retrieved.matches = retrieved.candidates.size();
  add_term_answers(retrieved.candidates);
  return retrieved;
}

std::uint64_t Retrieval::count_with_required(std::uint32_t up_to) {
  std::vector<Xapian::Query> units;
  for (std::size_t u = 0; u < plan_.required; ++u) units.push_back(fitting_query(plan_.unit_order[u]));
  return run(combined(Xapian::Query::OP_AND, units), 0, up_to, 0).get_matches_lower_bound();
}

// All terms, but for a text: of that the ones which may weigh most, as many as a search may read.
std::vector<PlannedTerm> Retrieval::asked_terms() const {
  if (plan_.units.size() <= kMaxUnitsAskedWhole) return plan_.terms;
  std::vector<std::size_t> order(plan_.terms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<TermCost> costs;
  for (const PlannedTerm& term : plan_.terms) costs.push_back(postings_.cost(term));
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return costs[a].weight > costs[b].weight; });
  std::vector<PlannedTerm> asked;
  std::uint64_t read = 0;
  for (const std::size_t t : order) {
    if (!asked.empty() && read + costs[t].documents > kMaxPostingsOfText)
      continue;  // a rarer one may still fit
    read += costs[t].documents;
    asked.push_back(plan_.terms[t]);
  }
  return asked;
}

Retrieval::Reached Retrieval::reached_by_one_term(const std::vector<PlannedTerm>& terms,
                                                  const RetrievalLimits& limits) const {
  Reached reached;
  const bool quoted = std::any_of(plan_.units.begin(), plan_.units.end(),
                                  [](const PlannedUnit& unit) { return unit.quoted; });
  if (source_ || quoted || scope_.only || limits.candidates > kBestWeights) return reached;
  const double least = limits.min_share * plan_.full_weight;
  for (const PlannedTerm& term : terms) {
    const auto postings = postings_.in_memory(term);
    if (!postings || postings->best.size() < limits.candidates) continue;
    std::uint64_t documents = 0;
    for (const PostingList& list : postings->lists)
      documents += static_cast<std::uint64_t>(std::count_if(
          list.begin(), list.end(),
          [&](const MergedPosting& posting) { return static_cast<double>(posting.weight) >= least; }));
    reached.documents = std::max(reached.documents, documents);
    // A little less, since sums round.
    reached.weight =
        std::max(reached.weight, 0.9999 * static_cast<double>(postings->best[limits.candidates - 1]));
  }
  return reached;
}

std::vector<Candidate> Retrieval::candidates(const std::vector<DocumentRef>& documents) {
  const auto segments = static_cast<Xapian::docid>(snapshot_.generation().segments().size());
  std::vector<Candidate> candidates;
  candidates.reserve(documents.size());
  for (const DocumentRef document : documents)
    candidates.push_back({document.document * segments + document.segment + 1, document});
  add_term_answers(candidates);
  return candidates;
}

void Retrieval::add_term_answers(std::vector<Candidate>& candidates) const {
  std::vector<Candidate*> by_id;
  for (Candidate& candidate : candidates) by_id.push_back(&candidate);
  std::sort(by_id.begin(), by_id.end(), [](const Candidate* a, const Candidate* b) { return a->id < b->id; });
  std::vector<Xapian::docid> ids;
  for (const Candidate* candidate : by_id) ids.push_back(candidate->id);
  for (const DocumentTerm& asked : plan_.document_terms) {
    const UnitSet units = unit_bits(asked.first_unit, asked.units);
    postings_.for_each_of(asked.term, ids, [&](std::size_t i) {
      by_id[i]->by_terms.units |= units;
      const Evidence evidence = row_of(asked.term.family).evidence;
      const bool sound = asked.term.family == Family::FineKey || asked.term.family == Family::Skeleton;
      (sound ? by_id[i]->by_terms.sounding : by_id[i]->by_terms.otherwise) |= units;
      if (evidence == Evidence::Name) by_id[i]->by_terms.named |= units;
      if (evidence == Evidence::Meaning) by_id[i]->by_terms.known |= units;
      if (asked.as_typed) by_id[i]->by_terms.as_typed |= units;
    });
  }
}

WeighedDocuments Retrieval::all_by_weight(double min_share) {
  return all().by_weight(asked_terms(), min_share * plan_.full_weight);
}

}  // namespace nunmul
