// SPDX-License-Identifier: GPL-2.0-or-later
// A scan of postings finds what a look at each document finds; a search that knows from its lists what its
// hits weigh at least finds the same as one that does not.
#include "search/postings/segment_scan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <random>

#include "support/test_index.h"

TEST_SUITE_BEGIN("search/segment_scan");

using namespace nunmul;

namespace {

// A list of documents chosen by chance, about one of `each`.
WeighedDocuments some_documents(std::uint32_t documents, std::uint32_t each, std::mt19937& random) {
  WeighedDocuments list;
  for (std::uint32_t d = 0; d < documents; ++d)
    if (random() % each == 0) list.add(d, 1 + random() % 50);
  return list;
}

struct Lists {
  std::vector<std::vector<WeighedDocuments>> required;
  std::vector<WeighedDocuments> optional;

  SegmentQuery query() const {
    SegmentQuery query;
    for (const auto& condition : required) {
      auto& lists = query.required.emplace_back();
      for (const WeighedDocuments& one : condition) lists.push_back(one.list());
    }
    for (const WeighedDocuments& one : optional) query.optional.push_back(one.list());
    return query;
  }

  // What the document weighs, or nothing if it does not fit.
  std::optional<Weight> weight(std::uint32_t document) const {
    Weight sum = 0;
    const auto add = [&](const WeighedDocuments& list) {
      const auto at = std::lower_bound(list.documents.begin(), list.documents.end(), document);
      if (at == list.documents.end() || *at != document) return false;
      sum += list.weights[static_cast<std::size_t>(at - list.documents.begin())];
      return true;
    };
    for (const auto& condition : required) {
      bool any = false;
      for (const WeighedDocuments& list : condition) any |= add(list);
      if (!any) return std::nullopt;
    }
    for (const WeighedDocuments& list : optional) add(list);
    return sum;
  }
};

using Found = std::vector<std::pair<Weight, std::uint32_t>>;

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

TEST_CASE("lists whose highest weights add up to more than a weight holds bring what they have") {
  Lists lists;
  auto& required = lists.required.emplace_back().emplace_back();
  for (std::uint32_t d = 0; d < 5; ++d) {
    required.add(d, 1);
    lists.optional.emplace_back().add(d, kMaxWeight);
  }
  const SegmentQuery query = lists.query();
  BestDocuments best({1, 0, 0});
  best.know(1, kMaxWeight);
  ScanWindow window;
  SegmentScan(query, 0, 5, best, window).run(nullptr, [] { return true; });
  const std::vector<WeighedDocument> found = best.take();
  REQUIRE(found.size() == 1);
  CHECK(found[0].weight == kMaxWeight + 1);
}

TEST_CASE("of documents that weigh the same, those that stand first in their segments are the best") {
  std::mt19937 random(13);
  constexpr std::uint32_t kDocuments = ScanWindow::kDocuments + 100;
  ScanWindow window;
  for (int round = 0; round < 20; ++round) {
    CAPTURE(round);
    BestDocuments best({30, 10, 0});
    std::vector<WeighedDocument> expected;
    for (const std::uint32_t segment : {0U, 1U, 2U}) {
      Lists lists;
      WeighedDocuments& list = lists.required.emplace_back().emplace_back();
      for (std::uint32_t d = random() % 50; d < (segment == 0 ? kDocuments : 200); d += 1 + random() % 40)
        list.add(d, 1 + random() % 2);
      for (std::uint32_t d = 0; d < kDocuments; ++d)
        if (const auto weight = lists.weight(d)) expected.push_back({{segment, d}, *weight});
      const SegmentQuery query = lists.query();
      SegmentScan(query, segment, kDocuments, best, window).run(nullptr, [] { return true; });
    }
    std::sort(expected.begin(), expected.end(), [](const WeighedDocument& a, const WeighedDocument& b) {
      if (a.weight != b.weight) return a.weight > b.weight;
      return std::pair(a.document.document, a.document.segment) <
             std::pair(b.document.document, b.document.segment);
    });
    expected.resize(30);
    const std::vector<WeighedDocument> found = best.take();
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i].document == expected[i].document);
  }
}

TEST_CASE("a scan finds what looking at each document finds") {
  std::mt19937 random(5);
  constexpr std::uint32_t kDocuments = 4 * ScanWindow::kDocuments + 4'465;
  ScanWindow window;
  for (int round = 0; round < 60; ++round) {
    CAPTURE(round);
    Lists lists;
    for (std::size_t c = random() % 4; c > 0; --c) {
      auto& condition = lists.required.emplace_back();
      for (std::size_t l = 1 + random() % 3; l > 0; --l)
        condition.push_back(some_documents(kDocuments, 1U << random() % 13, random));
    }
    if (random() % 2 == 0) lists.optional.push_back(some_documents(kDocuments, 1U << random() % 10, random));
    Bitmap allowed(kDocuments, true);
    for (std::uint32_t d = 0; round % 3 == 0 && d < kDocuments; d += 3) allowed.reset(d);
    const Weight least = round % 4 == 0 ? 40 : 0;
    Found expected;
    Bitmap all_expected(kDocuments);
    for (std::uint32_t d = 0; d < kDocuments; ++d) {
      const auto weight = allowed.test(d) && d % 7 != 0 ? lists.weight(d) : std::nullopt;
      if (!weight || *weight < least) continue;
      expected.emplace_back(*weight, d);
      all_expected.set(d);
    }
    const std::size_t count = expected.size();
    std::stable_sort(expected.begin(), expected.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    expected.resize(std::min<std::size_t>(expected.size(), 20));
    SegmentQuery query = lists.query();
    query.allowed = &allowed;
    query.passes = [](std::uint32_t document) { return document % 7 != 0; };

    BestDocuments best({20, 100, least}), every({20, ~std::uint64_t{0}, least});
    SegmentScan(query, 0, kDocuments, best, window).run(nullptr, [] { return true; });
    Bitmap all(kDocuments);
    SegmentScan(query, 0, kDocuments, every, window).run(&all, [] { return true; });
    CHECK(std::min<std::uint64_t>(best.counted(), 101) == std::min<std::size_t>(count, 101));
    CHECK(every.counted() == count);
    CHECK(all == all_expected);
    for (BestDocuments* one : {&best, &every}) {
      Found found;
      for (const WeighedDocument& document : one->take())
        found.emplace_back(document.weight, document.document.document);
      CHECK(found == expected);
    }
  }
}

TEST_CASE("a scan that is told to stop gives what it has") {
  std::mt19937 random(5);
  const Lists lists{{{some_documents(100'000, 2, random)}}, {}};
  BestDocuments best({10, 100, 0});
  ScanWindow window;
  const SegmentQuery query = lists.query();
  SegmentScan(query, 0, 100'000, best, window).run(nullptr, [windows = 0]() mutable {
    return windows++ < 1;
  });
  for (const WeighedDocument& one : best.take()) CHECK(one.document.document < ScanWindow::kDocuments);
  CHECK(best.counted() > 100);
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
