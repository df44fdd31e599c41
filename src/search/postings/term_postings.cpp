// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/postings/term_postings.h"

namespace nunmul {
namespace {

// Terms of fewer documents are read from Xapian as quickly as from memory.
constexpr Xapian::doccount kMinKeptDocuments = 6'000;

bool is_before(const MergedPosting& posting, std::uint32_t document) { return posting.document < document; }

// Gathered postings as a leaf of a Xapian query. It passes over documents that weigh too little to be among
// the best.
class MergedSource : public Xapian::PostingSource {
 public:
  MergedSource(std::shared_ptr<const MergedPostings> postings, ShardIds shard_ids)
      : postings_(std::move(postings)), shard_ids_(std::move(shard_ids)) {}

  MergedSource* clone() const override { return new MergedSource(postings_, shard_ids_); }
  std::string name() const override { return "nunmul::MergedSource"; }

  void init(const Xapian::Database& shard) override {
    std::size_t segment = 0;
    if (shard_ids_->size() > 1)
      segment = static_cast<std::size_t>(std::find(shard_ids_->begin(), shard_ids_->end(), shard.get_uuid()) -
                                         shard_ids_->begin());
    list_ = segment < postings_->lists.size() ? List(postings_->lists[segment]) : List{};
    at_ = 0;
    started_ = false;
    set_maxweight(postings_->most());
  }
  Xapian::doccount get_termfreq_min() const override { return static_cast<Xapian::doccount>(list_.size()); }
  Xapian::doccount get_termfreq_est() const override { return get_termfreq_min(); }
  Xapian::doccount get_termfreq_max() const override { return get_termfreq_min(); }
  double get_weight() const override { return static_cast<double>(list_[at_].weight); }
  void next(double least_weight) override {
    if (started_) ++at_;
    started_ = true;
    pass_light(least_weight);
  }
  void skip_to(Xapian::docid id, double least_weight) override {
    started_ = true;
    // What is asked for is mostly near.
    std::size_t step = 1;
    while (at_ + step < list_.size() && list_[at_ + step].document < id - 1) step *= 2;
    const auto near = list_.subspan(at_, std::min(step + 1, list_.size() - at_));
    at_ += static_cast<std::size_t>(std::lower_bound(near.begin(), near.end(), id - 1, is_before) -
                                    near.begin());
    pass_light(least_weight);
  }
  bool at_end() const override { return started_ && at_ >= list_.size(); }
  Xapian::docid get_docid() const override { return list_[at_].document + 1; }

 private:
  using List = std::span<const MergedPosting>;

  void pass_light(double least_weight) {
    while (at_ < list_.size() && static_cast<double>(list_[at_].weight) < least_weight) ++at_;
  }

  std::shared_ptr<const MergedPostings> postings_;
  ShardIds shard_ids_;
  List list_;
  std::size_t at_ = 0;
  bool started_ = false;  // Xapian calls next() before the first document
};

}  // namespace

ShardIds shard_ids_of(const Generation& generation) {
  return generation.cached<std::vector<std::string>>("shard ids", [&] {
    std::vector<std::string> ids;
    for (const LiveSegment& live : generation.segments())
      ids.push_back(live.segment->open_database().get_uuid());
    return ids;
  });
}

Xapian::Query TermPostings::query(const PlannedTerm& term) const {
  if (auto postings = in_memory(term)) {
    auto* source = new MergedSource(std::move(postings), shard_ids_of(snapshot_.generation()));
    return Xapian::Query(source->release());
  }
  const Xapian::Query query = weighted_term(term.family, term.term);
  return term.weight == 1 ? query : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, term.weight);
}

TermCost TermPostings::cost(const PlannedTerm& term) const {
  TermCost cost;
  if (const auto postings = in_memory(term)) {
    cost.weight = postings->most();
    for (const PostingList& list : postings->lists) cost.documents += list.size();
  } else {
    cost.documents = snapshot_.database().get_termfreq(term.term);
    cost.weight =
        term.weight * static_cast<double>(tables_->highest(term.family)) *
        rarity_in_family(term.family, static_cast<double>(cost.documents), tables_->documents(term.family));
  }
  return cost;
}

std::shared_ptr<const MergedPostings> TermPostings::in_memory(const PlannedTerm& term) const {
  const bool spelled = is_spelling(term.family);
  if (!term.together && !spelled) {
    const Xapian::doccount documents = snapshot_.database().get_termfreq(term.term);
    if (documents < kMinKeptDocuments || documents > kMaxKeptDocuments) return nullptr;
  }
  const std::string key = term.term + " " + std::to_string(term.weight);
  auto& postings = asked_[key];
  if (postings) return postings;
  if (spelled) return postings = std::make_shared<const MergedPostings>(gather(term));
  return postings =
             snapshot_.generation().cached<MergedPostings>("postings " + key, [&] { return gather(term); });
}

MergedPostings TermPostings::gather(const PlannedTerm& term) const {
  const std::span<const PlannedTerm> terms = term.together ? std::span(*term.together) : std::span(&term, 1);
  Lists lists(snapshot_.generation().segments().size());
  for (const PlannedTerm& one : terms)
    is_spelling(one.family) ? add_spelling(one, lists) : add_term(one, lists);
  return merge_postings(std::move(lists));
}

void TermPostings::add_spelling(const PlannedTerm& term, Lists& lists) const {
  const auto& segments = snapshot_.generation().segments();
  const std::string_view value = std::string_view(term.term).substr(1);
  std::vector<std::span<const SpellingPosting>> postings;
  std::size_t documents = 0;
  for (const LiveSegment& live : segments) {
    const Vocabulary& vocabulary = live.segment->vocabulary();
    const auto number = vocabulary.find_spelling(term.family, value);
    postings.push_back(number ? vocabulary.spelling_postings(term.family, *number)
                              : std::span<const SpellingPosting>{});
    documents += postings.back().size();
  }
  const double idf =
      rarity_in_family(term.family, static_cast<double>(documents), tables_->documents(term.family));
  for (std::size_t s = 0; s < segments.size(); ++s) {
    if (postings[s].empty()) continue;
    PostingList& list = lists[s].emplace_back();
    list.reserve(postings[s].size());
    for (const SpellingPosting& posting : postings[s]) {
      const float value_of_count = tables_->value(term.family, wdf_of({.name_count = posting.count()}));
      list.push_back({posting.document(), static_cast<float>(term.weight * idf) * value_of_count});
    }
  }
}

void TermPostings::add_term(const PlannedTerm& term, Lists& lists) const {
  const Xapian::Database& database = snapshot_.database();
  const Xapian::doccount documents = database.get_termfreq(term.term);
  const double idf = rarity_in_family(term.family, documents, tables_->documents(term.family));
  const auto factor = static_cast<float>(term.weight * idf);
  for (auto& of_segment : lists) of_segment.emplace_back();
  // A damaged index may claim any number.
  if (lists.size() == 1)
    lists[0].back().reserve(
        std::min<std::size_t>(documents, snapshot_.generation().segments()[0].segment->documents()));
  const auto end = database.postlist_end(term.term);
  for (auto at = database.postlist_begin(term.term); at != end; ++at) {
    const DocumentRef document = snapshot_.document(*at);
    lists[document.segment].back().push_back(
        {document.document, factor * tables_->value(term.family, at.get_wdf())});
  }
}

// Of a term whose postings Xapian has.
double TermPostings::rarity_of(const PlannedTerm& term) const {
  return rarity_in_family(term.family, static_cast<double>(snapshot_.database().get_termfreq(term.term)),
                          tables_->documents(term.family));
}

bool TermPostings::has(const PostingList& list, std::uint32_t document) {
  const auto at = std::lower_bound(list.begin(), list.end(), document, is_before);
  return at != list.end() && at->document == document;
}

}  // namespace nunmul
