// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/term_postings.h"

#include <algorithm>

namespace nunmul {
namespace {

// One spelling as a leaf of a Xapian query, weighed as FamilyWeight weighs terms.
class SpellingSource : public Xapian::PostingSource {
 public:
  using List = std::span<const SpellingPosting>;
  // What a posting weighs by its count (0 to 3).
  using Weights = std::array<double, 4>;

  SpellingSource(std::vector<List> lists, const Weights& weights, ShardIds shard_ids)
      : lists_(std::move(lists)), weights_(weights), shard_ids_(std::move(shard_ids)) {}

  SpellingSource* clone() const override { return new SpellingSource(lists_, weights_, shard_ids_); }
  std::string name() const override { return "nunmul::SpellingSource"; }

  void init(const Xapian::Database& shard) override {
    std::size_t segment = 0;
    if (lists_.size() > 1)
      segment = static_cast<std::size_t>(std::find(shard_ids_->begin(), shard_ids_->end(), shard.get_uuid()) -
                                         shard_ids_->begin());
    list_ = segment < lists_.size() ? lists_[segment] : List{};
    at_ = 0;
    started_ = false;
    set_maxweight(*std::max_element(weights_.begin(), weights_.end()));
  }
  Xapian::doccount get_termfreq_min() const override { return static_cast<Xapian::doccount>(list_.size()); }
  Xapian::doccount get_termfreq_est() const override { return get_termfreq_min(); }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_min(); }
  double get_weight() const override { return weights_[list_[at_].count()]; }
  void next(double) override {
    if (started_) ++at_;
    started_ = true;
  }
  void skip_to(Xapian::docid id, double) override {
    started_ = true;
    const auto rest = list_.subspan(at_);
    at_ += static_cast<std::size_t>(
        std::lower_bound(rest.begin(), rest.end(), id - 1,
                         [](const SpellingPosting& posting, Xapian::docid to) { return posting.document() < to; }) -
        rest.begin());
  }
  bool at_end() const override { return started_ && at_ >= list_.size(); }
  Xapian::docid get_docid() const override { return list_[at_].document() + 1; }

 private:
  std::vector<List> lists_;
  Weights weights_;
  ShardIds shard_ids_;
  List list_;
  std::size_t at_ = 0;
  bool started_ = false;  // Xapian calls next() before the first document
};

}  // namespace

ShardIds shard_ids_of(const Generation& generation) {
  const auto kept = generation.cached("shard ids", [&]() -> std::shared_ptr<const void> {
    auto ids = std::make_shared<std::vector<std::string>>();
    for (const LiveSegment& live : generation.segments()) ids->push_back(live.segment->open_database().get_uuid());
    return ids;
  });
  return std::static_pointer_cast<const std::vector<std::string>>(kept);
}

Xapian::Query TermPostings::query(const PlannedTerm& term) const {
  Xapian::Query query;
  if (is_spelling(term.family)) {
    std::vector<List> lists = spelling_lists(term);
    std::size_t documents = 0;
    for (const List& list : lists) documents += list.size();
    const double idf =
        rarity_in_family(term.family, static_cast<double>(documents), tables_->documents(term.family));
    SpellingSource::Weights weights{};
    for (std::uint32_t count = 1; count < weights.size(); ++count)
      weights[count] = idf * static_cast<double>(tables_->value(term.family, wdf_of({.name_count = count})));
    auto* source = new SpellingSource(std::move(lists), weights, shard_ids_of(snapshot_.generation()));
    query = Xapian::Query(source->release());
  } else {
    query = weighted_term(term.family, term.term);
  }
  return term.weight == 1 ? query : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, term.weight);
}

std::vector<TermPostings::List> TermPostings::spelling_lists(const PlannedTerm& term) const {
  std::vector<List> lists;
  for (const LiveSegment& live : snapshot_.generation().segments()) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    const auto number = vocabulary.find_spelling(term.family, std::string_view(term.term).substr(1));
    lists.push_back(number ? vocabulary.spelling_postings(term.family, *number) : List{});
  }
  return lists;
}

bool TermPostings::has(List list, std::uint32_t document) {
  const auto at = std::lower_bound(list.begin(), list.end(), document, [](const SpellingPosting& posting, std::uint32_t to) {
    return posting.document() < to;
  });
  return at != list.end() && at->document() == document;
}

}  // namespace nunmul
