// SPDX-License-Identifier: GPL-2.0-or-later
// Lists merge into one with sums and the best weights; a search that knows from them what its hits weigh at
// least finds the same as one that does not.
#include "search/postings/merged_postings.h"

#include <doctest/doctest.h>

#include <random>

#include "support/test_index.h"

TEST_SUITE_BEGIN("search/merged_postings");

using namespace nunmul;

namespace {

std::vector<std::pair<std::uint32_t, float>> pairs(const PostingList& list) {
  std::vector<std::pair<std::uint32_t, float>> pairs;
  for (const MergedPosting& posting : list) pairs.emplace_back(posting.document, posting.weight);
  return pairs;
}

// Rain in nine of ten documents, with words that begin like it in the others and now and then a second word.
std::vector<std::string> rainy_documents(std::size_t count) {
  std::mt19937 random(7);
  std::vector<std::string> documents;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = i % 10 == 0 ? "raincoat" : "rain";
    for (std::size_t words = random() % 9; words > 0; --words) text += " street";
    if (random() % 50 == 0) text += " rainbow";
    if (random() % 30 == 0) text += " lantern";
    documents.push_back(dump_json({{"id", i}, {"kind", "all"}, {"text", text}}));
  }
  return documents;
}

}  // namespace

TEST_CASE("a document weighs what it weighs in all lists together") {
  const MergedPostings merged =
      merge_postings({{{{1, 0.5F}, {4, 1.0F}}, {{0, 2.0F}, {4, 0.25F}}, {{9, 1.0F}}}, {}});
  REQUIRE(merged.lists.size() == 2);
  CHECK(pairs(merged.lists[0]) ==
        std::vector<std::pair<std::uint32_t, float>>{{0, 2.0F}, {1, 0.5F}, {4, 1.25F}, {9, 1.0F}});
  CHECK(merged.lists[1].empty());
  CHECK(merged.best == std::vector<float>{2.0F, 1.25F, 1.0F, 0.5F});
  CHECK(merge_postings({}).most() == 0);
}

TEST_CASE("only so many of the best weights are kept") {
  PostingList list;
  for (std::uint32_t d = 0; d < 1000; ++d) list.push_back({d, static_cast<float>(d * 7 % 1000)});
  const MergedPostings merged = merge_postings({{list}});
  REQUIRE(merged.best.size() == kBestWeights);
  CHECK(merged.most() == 999);
  CHECK(merged.best.back() == 1000 - kBestWeights);
}

TEST_CASE("a word that most documents have is found as with a filter that all documents pass") {
  TestIndex index;
  apply_settings(index.settings, parse_json(R"({"filterableAttributes":["kind"]})"));
  index.settings.searchable_attributes = {"text"};
  std::vector<std::string> documents = rainy_documents(8'000);
  const std::vector<std::string> later(documents.begin() + 7'000, documents.end());
  documents.resize(7'000);
  index.update(documents);
  index.update(later);
  REQUIRE(index.index().generation()->segments().size() == 2);
  for (const std::string q : {"rain ", "rain", "ra", "rain lantern", "lantern rain", "street rai"}) {
    CAPTURE(q);
    SearchRequest request;
    request.q = q;
    request.limit = 150;
    request.matching_strategy = MatchingStrategy::Any;
    const SearchResult freely = index.search(request);
    request.filter = parse_json(R"("kind = all")");
    const SearchResult filtered = index.search(request);
    REQUIRE(freely.hits.size() == 150);
    for (std::size_t i = 0; i < 150; ++i) CHECK(freely.hits[i].id == filtered.hits[i].id);
    CHECK(freely.total_hits == filtered.total_hits);
  }
}

TEST_CASE("an erased document is not found by what is in memory") {
  TestIndex index;
  index.settings.searchable_attributes = {"text"};
  index.update(rainy_documents(8'000));
  const std::vector<std::string> before = index.ids("rain", MatchingStrategy::Any);
  index.update({}, {before.front()});
  const std::vector<std::string> after = index.ids("rain", MatchingStrategy::Any);
  CHECK(std::find(after.begin(), after.end(), before.front()) == after.end());
  CHECK(after.front() == before[1]);
}
