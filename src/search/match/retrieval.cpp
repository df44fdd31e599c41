// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/retrieval.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <unordered_set>

namespace nunmul {
namespace {

// A query of more words is a text. What is read for one takes some twenty milliseconds.
constexpr std::size_t kMaxUnitsAskedWhole = 16;
constexpr std::uint64_t kMaxPostingsOfText = 150'000;

std::shared_ptr<const WeightTables> tables_of(const Generation& generation) {
  return generation.cached<WeightTables>(
      "weight tables", [&] { return WeightTables(generation.family_totals(), Bm25Parameters{}); });
}

bool is_before(DocumentRef a, DocumentRef b) {
  return a.segment != b.segment ? a.segment < b.segment : a.document < b.document;
}

// The documents that are in all of the lists, with what they weigh in those and in others.
WeighedDocuments intersect(std::vector<WeighedList> all, const std::vector<WeighedList>& more) {
  std::sort(all.begin(), all.end(),
            [](const WeighedList& a, const WeighedList& b) { return a.size() < b.size(); });
  WeighedDocuments found;
  std::vector<std::size_t> at(all.size() + more.size());
  for (std::size_t first = 0; first < all[0].size(); ++first) {
    const std::uint32_t document = all[0].documents[first];
    Weight weight = all[0].weight(first);
    std::size_t list = 1;
    for (; list < all.size(); ++list) {
      at[list] = all[list].find(document, at[list]);
      if (!all[list].has(at[list], document)) break;
      weight += all[list].weight(at[list]);
    }
    if (list < all.size()) continue;
    for (const WeighedList& other : more) {
      at[list] = other.find(document, at[list]);
      if (other.has(at[list], document)) weight += other.weight(at[list]);
      ++list;
    }
    found.add(document, weight);
  }
  return found;
}

// The weight that `documents` of a list reach at least, or 0 if it has not as many; and how many weigh
// `least`.
struct Reached {
  Weight weight = 0;
  std::uint64_t documents = 0;
};
Reached reached_in(const WeighedList& list, std::uint64_t documents, Weight least) {
  std::vector<std::pair<Weight, std::uint32_t>> counts;
  for (const auto& [code, count] : list.code_counts) counts.emplace_back(list.table[code], count);
  std::sort(counts.begin(), counts.end(), std::greater<>());
  Reached reached;
  for (const auto& [weight, count] : counts) {
    if (weight < least) break;
    reached.documents += count;
    if (reached.weight == 0 && reached.documents >= documents) reached.weight = weight;
  }
  return reached;
}

}  // namespace

Retrieval::Retrieval(const Scope& scope, const QueryPlan& plan, AllowedDocuments& allowed)
    : scope_(scope),
      plan_(plan),
      allowed_(allowed),
      tables_(tables_of(scope.generation)),
      postings_(scope.snapshot, tables_) {}

void Retrieval::add_lists(const PlannedTerm& term, ListsBySegment& lists) const {
  allowed_.budget.check();
  const std::vector<SegmentLists>& of_term = postings_.lists(term);
  for (std::size_t s = 0; s < lists.size(); ++s)
    lists[s].insert(lists[s].end(), of_term[s].begin(), of_term[s].end());
}

// Documents that have all of its terms, as a list of its own.
void Retrieval::add_together(const PlannedSynonym& synonym, ListsBySegment& lists) {
  if (synonym.all.empty()) return;
  std::vector<ListsBySegment> all, more;
  for (const PlannedTerm& term : synonym.all) add_lists(term, all.emplace_back(lists.size()));
  for (const PlannedTerm& term : synonym.more) add_lists(term, more.emplace_back(lists.size()));
  const auto stands = synonym.standing_for ? check(unit_bits(*synonym.standing_for, 1), Standing::All)
                                           : std::function<bool(DocumentRef)>();
  for (std::uint32_t s = 0; s < lists.size(); ++s) {
    SegmentLists all_here, more_here;
    for (const ListsBySegment& one : all) all_here.insert(all_here.end(), one[s].begin(), one[s].end());
    for (const ListsBySegment& one : more) more_here.insert(more_here.end(), one[s].begin(), one[s].end());
    if (all_here.size() < all.size()) continue;  // no document has some term
    WeighedDocuments found = intersect(std::move(all_here), more_here);
    if (stands) {
      WeighedDocuments standing;
      for (std::size_t i = 0; i < found.documents.size(); ++i)
        if (stands({s, found.documents[i]})) standing.add(found.documents[i], found.weights[i]);
      found = std::move(standing);
    }
    if (!found.documents.empty()) lists[s].push_back(own_.emplace_back(std::move(found)).list());
  }
}

Retrieval::ListsBySegment Retrieval::lists_of_unit(std::uint32_t number) {
  ListsBySegment lists(scope_.generation.segments().size());
  std::unordered_set<std::string_view> seen;
  for (const PlannedTerm& term : plan_.units[number].any)
    if (seen.insert(term.term).second) add_lists(term, lists);
  for (const auto& all : plan_.units[number].all) add_together({all, {}, std::nullopt}, lists);
  return lists;
}

// Of all that adds to what a document weighs.
Retrieval::ListsBySegment Retrieval::lists_of_weight() {
  ListsBySegment lists(scope_.generation.segments().size());
  for (const PlannedTerm& term : asked_terms()) add_lists(term, lists);
  add_together({plan_.reading, {}, std::nullopt}, lists);
  for (const auto& word : plan_.spelled) add_together({word, {}, std::nullopt}, lists);
  for (const PlannedSynonym& synonym : plan_.synonyms) add_together(synonym, lists);
  return lists;
}

// The allowed documents that have the words of each phrase somewhere.
std::shared_ptr<const DocumentSets> Retrieval::allowed_by_phrases() const {
  std::shared_ptr<const DocumentSets> allowed = allowed_.by_segment;
  const AllMatches matches(scope_, plan_, allowed_, postings_);
  for (const PlannedUnit& unit : plan_.units) {
    if (!unit.quoted) continue;
    DocumentSets with = matches.documents_with(unit);
    with &= *allowed;
    allowed = std::make_shared<const DocumentSets>(std::move(with));
  }
  return allowed;
}

// Whether units stand in a document. The check lives as long as the function.
std::function<bool(DocumentRef)> Retrieval::check(UnitSet units, Standing needed) {
  return [needed, words = std::make_shared<WordCheck>(scope_, plan_, units)](DocumentRef document) {
    return passes(words->standing(document), words->asked(), needed);
  };
}

// A long list says by itself how many documents weigh something, and what as many as are wanted weigh.
void Retrieval::know_from_lists(const ListsBySegment& lists, const RetrievalLimits& limits, Weight least,
                                BestDocuments& best) const {
  if (allowed_.left_out > scope_.generation.documents()) return;
  for (const SegmentLists& of_segment : lists) {
    for (const WeighedList& list : of_segment) {
      if (list.size() < limits.candidates + allowed_.left_out || list.code_counts.empty()) continue;
      const Reached reached = reached_in(list, limits.candidates + allowed_.left_out, least);
      if (reached.documents > allowed_.left_out)
        best.know(reached.documents - allowed_.left_out, reached.weight);
    }
  }
}

Retrieved Retrieval::by_weight(const RetrievalLimits& limits) {
  const ListsBySegment lists = lists_of_weight();
  const std::uint64_t no_bound = std::numeric_limits<std::uint64_t>::max();
  const Weight least = weight_of(limits.min_share * plan_.full_weight);
  BestDocuments best({limits.candidates, limits.all ? no_bound : limits.count_up_to, least});
  UnitSet quoted = 0;
  for (std::uint32_t u = 0; u < plan_.units.size(); ++u)
    if (plan_.units[u].quoted) quoted |= unit_bits(u, 1);
  std::vector<std::function<bool(DocumentRef)>> checks;
  if (quoted != 0) checks.push_back(check(quoted, Standing::All));
  if (scope_.only)
    checks.push_back(check(unit_bits(0, static_cast<std::uint32_t>(plan_.units.size())), Standing::Any));
  if (checks.empty() && !limits.all) know_from_lists(lists, limits, least, best);
  const std::shared_ptr<const DocumentSets> allowed = allowed_by_phrases();
  const bool all_allowed = allowed_.left_out == 0 && quoted == 0;
  Retrieved retrieved;
  if (limits.all) retrieved.all = no_documents(scope_.generation);
  for (std::uint32_t s = 0; s < lists.size(); ++s) {
    SegmentQuery query{.required = {lists[s]}, .allowed = all_allowed ? nullptr : &(*allowed)[s]};
    if (!checks.empty())
      query.passes = [&](std::uint32_t document) {
        return std::all_of(checks.begin(), checks.end(), [&](const auto& one) {
          return one(DocumentRef{s, document});
        });
      };
    scan(query, s, best, limits.all ? &(*retrieved.all)[s] : nullptr);
  }
  retrieved.complete = best.are_all();
  retrieved.matches = best.counted();
  retrieved.candidates = candidates(best.take());
  return retrieved;
}

// Of the units in their order the first `count` as conditions, the others for weight.
SegmentQuery Retrieval::query_of_units(const std::vector<ListsBySegment>& units, std::size_t count,
                                       std::uint32_t segment) const {
  SegmentQuery query{.allowed = allowed_.left_out == 0 ? nullptr : &(*allowed_.by_segment)[segment]};
  for (std::size_t u = 0; u < units.size(); ++u) {
    const SegmentLists& lists = units[u][segment];
    const PlannedUnit& unit = plan_.units[plan_.unit_order[u]];
    const bool only_read = unit.quoted && unit.any.empty() && unit.all.empty();  // of letters without terms
    if (u >= count)
      query.optional.insert(query.optional.end(), lists.begin(), lists.end());
    else if (!only_read)
      query.required.push_back(lists);
  }
  return query;
}

Retrieved Retrieval::word_by_word(const RetrievalLimits& limits) {
  std::vector<ListsBySegment> units;
  for (const std::uint32_t unit : plan_.unit_order) units.push_back(lists_of_unit(unit));
  Retrieved retrieved;
  std::vector<WeighedDocument> found;
  const std::size_t segments = scope_.generation.segments().size();
  std::vector<DocumentRef> seen;  // in their order, as a scan comes to them
  for (std::size_t count = units.size(); count >= plan_.required; --count) {
    // Only the last stage is counted.
    const std::uint64_t count_up_to = count == plan_.required ? limits.count_up_to : 0;
    BestDocuments best({limits.candidates, count_up_to, 0});
    UnitSet asked = 0;
    for (std::size_t u = 0; u < count; ++u)
      if (scope_.only || plan_.units[plan_.unit_order[u]].quoted) asked |= unit_bits(plan_.unit_order[u], 1);
    const auto stands = asked != 0 ? check(asked, Standing::All) : std::function<bool(DocumentRef)>();
    auto next_seen = seen.begin();
    for (std::uint32_t s = 0; s < segments; ++s) {
      SegmentQuery query = query_of_units(units, count, s);
      if (stands || !seen.empty())
        query.passes = [&](std::uint32_t number) {
          const DocumentRef document{s, number};
          while (next_seen != seen.end() && *next_seen < document) ++next_seen;
          if (next_seen != seen.end() && *next_seen == document) return false;
          return !stands || stands(document);
        };
      scan(query, s, best, nullptr);
    }
    retrieved.matches += best.counted();
    retrieved.complete = count == plan_.required && best.are_all();
    for (const WeighedDocument& one : best.take()) {
      found.push_back(one);
      seen.push_back(one.document);
    }
    std::sort(seen.begin(), seen.end());
    retrieved.sample = best.sample();
    if (count == plan_.required) break;
    if (found.size() < limits.candidates) continue;
    BestDocuments counted({0, limits.count_up_to, 0});
    for (std::uint32_t s = 0; s < segments; ++s)
      scan(query_of_units(units, plan_.required, s), s, counted, nullptr);
    retrieved.matches = counted.counted();
    retrieved.sample = counted.sample();
    break;
  }
  retrieved.candidates = candidates(std::move(found));
  return retrieved;
}

void Retrieval::scan(const SegmentQuery& query, std::uint32_t segment, BestDocuments& best, Bitmap* all) {
  const std::uint32_t documents = scope_.generation.segments()[segment].segment->documents();
  SegmentScan(query, segment, documents, best, window_).run(all, [this] { return allowed_.goes_on(); });
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

std::vector<Candidate> Retrieval::candidates(std::vector<WeighedDocument> documents) const {
  std::vector<Candidate> candidates;
  candidates.reserve(documents.size());
  for (const WeighedDocument& one : documents) candidates.push_back({one.document, to_double(one.weight)});
  add_term_answers(candidates);
  return candidates;
}

std::vector<Candidate> Retrieval::candidates(const std::vector<DocumentRef>& documents) const {
  std::vector<Candidate> candidates;
  candidates.reserve(documents.size());
  for (const DocumentRef document : documents) candidates.push_back({document});
  add_term_answers(candidates);
  return candidates;
}

namespace {

// Candidates by segment and number, as lists are read.
struct InOrder {
  explicit InOrder(std::vector<Candidate>& candidates) {
    for (Candidate& candidate : candidates) these.push_back(&candidate);
    std::sort(these.begin(), these.end(),
              [](const Candidate* a, const Candidate* b) { return is_before(a->document, b->document); });
    for (const Candidate* candidate : these) documents.push_back(candidate->document);
  }
  std::vector<Candidate*> these;
  std::vector<DocumentRef> documents;
};

}  // namespace

void Retrieval::add_term_answers(std::vector<Candidate>& candidates) const {
  const InOrder in_order(candidates);
  for (const DocumentTerm& asked : plan_.document_terms) {
    const UnitSet units = unit_bits(asked.first_unit, asked.units);
    const Evidence evidence = row_of(asked.term.family).evidence;
    postings_.for_each_of(asked.term, in_order.documents, [&](std::size_t i, Weight) {
      TermAnswers& answers = in_order.these[i]->by_terms;
      answers.units |= units;
      (asked.letters == Letters::Sound ? answers.sounding : answers.otherwise) |= units;
      if (evidence == Evidence::Name) answers.named |= units;
      if (evidence == Evidence::Meaning) answers.known |= units;
      if (asked.letters == Letters::AsTyped) answers.as_typed |= units;
    });
  }
}

void Retrieval::weigh(std::vector<Candidate>& candidates) {
  const InOrder in_order(candidates);
  std::vector<Weight> weights(candidates.size());
  const ListsBySegment lists = lists_of_weight();
  for (std::uint32_t s = 0; s < lists.size(); ++s)
    for (const WeighedList& list : lists[s])
      for_each_in(list, s, in_order.documents, [&](std::size_t i, Weight weight) { weights[i] += weight; });
  for (std::size_t i = 0; i < weights.size(); ++i) in_order.these[i]->weight = to_double(weights[i]);
}

}  // namespace nunmul
