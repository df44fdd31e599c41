// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/all_matches.h"

#include <unordered_map>

#include "search/match/word_check.h"

namespace nunmul {
namespace {

// What documents weigh under the terms read so far.
class Weights {
 public:
  explicit Weights(const Generation& generation) : found_{no_documents(generation), {}} {
    for (const Bitmap& set : found_.documents) found_.weights.emplace_back(set.size(), 0.0);
  }

  void add(DocumentRef document, double weight) {
    found_.documents[document.segment].set(document.document);
    found_.weights[document.segment][document.document] += weight;
  }

  // Without what weighs less.
  WeighedDocuments of_at_least(double least) && {
    for (std::size_t s = 0; s < found_.documents.size(); ++s) {
      Bitmap& set = found_.documents[s];
      for (std::size_t d = set.next(0); d < set.size(); d = set.next(d + 1))
        if (found_.weights[s][d] < least) set.reset(d);
    }
    return std::move(found_);
  }

 private:
  WeighedDocuments found_;
};

// Documents that have all of some terms, and what they weigh under them and others.
class TogetherWeights {
 public:
  TogetherWeights(const TermPostings& postings, const std::vector<PlannedTerm>& all,
                  const std::vector<PlannedTerm>& more) {
    for (std::size_t t = 0; t < all.size(); ++t)
      postings.for_each_weighed(all[t], [&](DocumentRef document, double weight) {
        if (t == 0) {
          found_[key_of(document)] = {document, weight, 1};
        } else if (const auto known = found_.find(key_of(document)); known != found_.end()) {
          known->second.weight += weight;
          ++known->second.terms;
        }
      });
    std::erase_if(found_, [&](const auto& one) { return one.second.terms < all.size(); });
    for (const PlannedTerm& term : more)
      postings.for_each_weighed(term, [&](DocumentRef document, double weight) {
        if (const auto known = found_.find(key_of(document)); known != found_.end())
          known->second.weight += weight;
      });
  }

  template <typename Fits>
  void keep(Fits&& fits) {
    std::erase_if(found_, [&](const auto& one) { return !fits(one.second.document); });
  }

  void add_to(Weights& weights) const {
    for (const auto& [key, one] : found_) weights.add(one.document, one.weight);
  }

 private:
  struct One {
    DocumentRef document;
    double weight = 0;
    std::size_t terms = 0;
  };
  static std::uint64_t key_of(DocumentRef document) {
    return std::uint64_t{document.segment} << 32 | document.document;
  }

  std::unordered_map<std::uint64_t, One> found_;
};

}  // namespace

WeighedDocuments AllMatches::by_weight(const std::vector<PlannedTerm>& terms, double least) const {
  scope_.budget.use_memory(scope_.generation.documents() * sizeof(double));
  Weights weights(scope_.generation);
  for (const PlannedTerm& term : terms) {
    scope_.budget.check();
    postings_.for_each_weighed(term,
                               [&](DocumentRef document, double weight) { weights.add(document, weight); });
  }
  if (!plan_.reading.empty()) TogetherWeights(postings_, plan_.reading, {}).add_to(weights);
  for (const auto& word : plan_.spelled) TogetherWeights(postings_, word, {}).add_to(weights);
  for (const PlannedSynonym& synonym : plan_.synonyms) {
    TogetherWeights together(postings_, synonym.all, synonym.more);
    if (synonym.standing_for) {
      WordCheck check(scope_, plan_, unit_bits(*synonym.standing_for, 1));
      together.keep([&](DocumentRef document) { return check.standing(document) != 0; });
    }
    together.add_to(weights);
  }
  WeighedDocuments found = std::move(weights).of_at_least(least);
  found.documents &= *allowed_.by_segment;
  for (std::uint32_t u = 0; u < plan_.units.size(); ++u) {
    if (!plan_.units[u].quoted) continue;
    found.documents &= documents_with(plan_.units[u]);
    keep_standing(found.documents, unit_bits(u, 1), nullptr);
  }
  if (scope_.only)
    keep_standing(found.documents, unit_bits(0, static_cast<std::uint32_t>(plan_.units.size())), nullptr);
  return found;
}

// A term brings documents in which the words only seem to be, so those that are not certain are read.
DocumentSets AllMatches::with_required() const {
  DocumentSets found = *allowed_.by_segment;
  for (std::size_t u = 0; u < plan_.required; ++u) found &= documents_with(plan_.units[plan_.unit_order[u]]);
  for (std::size_t u = 0; u < plan_.required; ++u) {
    const std::uint32_t unit = plan_.unit_order[u];
    DocumentSets certain = no_documents(scope_.generation);
    for (const PlannedTerm& term : certain_terms(scope_, plan_, unit)) set_postings(term, certain);
    keep_standing(found, unit_bits(unit, 1), &certain);
  }
  return found;
}

// Of the documents only those in which the unit stands, or all where it is certain.
void AllMatches::keep_standing(DocumentSets& documents, UnitSet asked, const DocumentSets* certain) const {
  WordCheck check(scope_, plan_, asked);
  for (std::uint32_t s = 0; s < documents.size(); ++s) {
    Bitmap& set = documents[s];
    for (std::size_t d = set.next(0); d < set.size(); d = set.next(d + 1)) {
      if (certain && (*certain)[s].test(d)) continue;
      if (check.standing({s, static_cast<std::uint32_t>(d)}) == 0) set.reset(d);
    }
  }
}

void AllMatches::set_postings(const PlannedTerm& term, DocumentSets& sets) const {
  scope_.budget.check();
  postings_.for_each(term, [&](DocumentRef document) { sets[document.segment].set(document.document); });
}

DocumentSets AllMatches::with_all(const std::vector<PlannedTerm>& terms) const {
  DocumentSets together = no_documents(scope_.generation);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    DocumentSets one = no_documents(scope_.generation);
    set_postings(terms[t], one);
    t == 0 ? together |= one : together &= one;
  }
  return together;
}

DocumentSets AllMatches::documents_with(const PlannedUnit& unit) const {
  if (unit.quoted && unit.any.empty() && unit.all.empty()) return *allowed_.by_segment;
  DocumentSets found = no_documents(scope_.generation);
  for (const PlannedTerm& term : unit.any) set_postings(term, found);
  for (const auto& all : unit.all) found |= with_all(all);
  return found;
}

}  // namespace nunmul
