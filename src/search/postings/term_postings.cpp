// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/postings/term_postings.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "index/vocabulary.h"

namespace nunmul {
namespace {

constexpr std::size_t kSpellingCounts = 4;  // of SpellingPosting

// What tells terms apart: of one that is gathered its name says the weights of its parts.
std::string key_of(const PlannedTerm& term) {
  std::string key = term.term;
  key.append(sizeof term.weight, '\0');
  std::memcpy(key.data() + term.term.size(), &term.weight, sizeof term.weight);
  return key.append(term.unless);
}

}  // namespace

const std::vector<SegmentLists>& TermPostings::lists(const PlannedTerm& term) const {
  auto& asked = asked_[key_of(term)];
  if (!asked) {
    auto postings = std::make_unique<Postings>();
    postings->by_segment.resize(snapshot_.generation().segments().size());
    const std::span<const PlannedTerm> terms =
        term.together ? std::span(*term.together) : std::span(&term, 1);
    for (const PlannedTerm& one : terms)
      is_spelling(one.family) ? add_spelling(one, *postings) : add(one, *postings);
    asked = std::move(postings);
  }
  return asked->by_segment;
}

// Of a term that Xapian has its postings are not read for that.
TermCost TermPostings::cost(const PlannedTerm& term) const {
  TermCost cost;
  if (!term.together && !is_spelling(term.family)) {
    cost.documents = snapshot_.documents_with(term.term);
    cost.weight =
        term.weight * static_cast<double>(tables_->highest(term.family)) *
        rarity_in_family(term.family, static_cast<double>(cost.documents), tables_->documents(term.family));
    return cost;
  }
  for (const SegmentLists& of_segment : lists(term)) {
    for (const WeighedList& list : of_segment) {
      cost.weight = std::max(cost.weight, to_double(list.highest));
      cost.documents += list.size();
    }
  }
  return cost;
}

void TermPostings::add(const PlannedTerm& term, Postings& postings) const {
  const std::size_t segments = postings.by_segment.size(), first = postings.read.size();
  std::size_t documents = 0;
  for (std::uint32_t s = 0; s < segments; ++s) {
    postings.read.push_back(snapshot_.postings(s, term.term));
    documents += postings.read.back()->documents.size();
  }
  const double factor = term.weight * rarity_in_family(term.family, static_cast<double>(documents),
                                                       tables_->documents(term.family));
  const auto weight_of_code = [&](std::uint32_t code) {
    return weight_of(factor * static_cast<double>(tables_->value(term.family, code + 1)));
  };
  const Table* table = nullptr;
  for (std::uint32_t s = 0; s < segments; ++s) {
    const TermDocuments& read = *postings.read[first + s];
    if (read.documents.empty()) continue;
    if (read.code_counts.empty()) {
      auto own = std::make_unique<WeighedDocuments>();
      own->weights.reserve(read.codes.size());
      for (const std::uint16_t code : read.codes) own->weights.push_back(weight_of_code(code));
      WeighedList list = own->list();
      list.documents = read.documents;
      postings.by_segment[s].push_back(list);
      postings.own.push_back(std::move(own));
      continue;
    }
    if (!table) {
      auto all = std::make_unique<Table>(kPostingCodes);
      for (std::uint32_t code = 0; code < kPostingCodes; ++code) (*all)[code] = weight_of_code(code);
      table = postings.tables.emplace_back(std::move(all)).get();
    }
    WeighedList list{.documents = read.documents, .codes = read.codes, .table = table->data()};
    for (const auto& [code, count] : read.code_counts) list.highest = std::max(list.highest, (*table)[code]);
    list.code_counts = read.code_counts;
    postings.by_segment[s].push_back(list);
  }
}

void TermPostings::add_spelling(const PlannedTerm& term, Postings& postings) const {
  const auto& segments = snapshot_.generation().segments();
  const std::string_view value = std::string_view(term.term).substr(1);
  std::vector<std::span<const SpellingPosting>> found;
  std::size_t documents = 0;
  for (const LiveSegment& live : segments) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    const auto number = vocabulary.find_spelling(term.family, value);
    found.push_back(number ? vocabulary.spelling_postings(term.family, *number)
                           : std::span<const SpellingPosting>{});
    documents += found.back().size();
  }
  const double factor = term.weight * rarity_in_family(term.family, static_cast<double>(documents),
                                                       tables_->documents(term.family));
  std::array<Weight, kSpellingCounts> weights{};
  for (std::uint32_t count = 1; count < weights.size(); ++count)
    weights[count] =
        weight_of(factor * static_cast<double>(tables_->value(term.family, wdf_of({.name_count = count}))));
  for (std::uint32_t s = 0; s < segments.size(); ++s) {
    if (found[s].empty()) continue;
    const auto left_out = term.unless.empty() ? nullptr : snapshot_.postings(s, term.unless);
    auto own = std::make_unique<WeighedDocuments>();
    own->documents.reserve(found[s].size());
    own->weights.reserve(found[s].size());
    for (const SpellingPosting& posting : found[s]) {
      if (left_out &&
          std::binary_search(left_out->documents.begin(), left_out->documents.end(), posting.document()))
        continue;
      own->add(posting.document(), weights[posting.count()]);
    }
    if (own->documents.empty()) continue;
    postings.by_segment[s].push_back(own->list());
    postings.own.push_back(std::move(own));
  }
}

}  // namespace nunmul
