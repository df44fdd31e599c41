// SPDX-License-Identifier: GPL-2.0-or-later
// Listing documents: in the order of their first insertion whatever segment they are in, filtered,
// sorted, by identifiers, and with the fields that were asked for.
#include "search/document_page.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "index/index.h"
#include "support/temp_dir.h"
#include "text/language_resources.h"

TEST_SUITE_BEGIN("search/document_page");

using namespace nunmul;

namespace {

struct SampleIndex {
  TempDir folder;
  Index index{folder / "songs", std::make_shared<const LanguageResources>()};
  Settings settings;

  explicit SampleIndex(const std::vector<Json>& batches) {
    apply_settings(settings,
                   parse_json(R"({"filterableAttributes":["kind"],"sortableAttributes":["year"]})"));
    for (const Json& batch : batches) put(batch);
  }

  void put(const Json& batch) {
    IndexWriter writer(index, "test");
    writer.documents().begin();
    for (const Json& document : batch) {
      writer.documents().put(document["id"].get<std::string>(), dump_json(document), DocumentOrigin::Client);
    }
    writer.documents().commit();
    writer.publish(writer.build(settings));
  }

  std::string page(const DocumentQuery& query) const {
    RequestBudget budget;
    const DocumentPage page = list_documents(*index.generation(), query, budget);
    std::string text = std::to_string(page.total) + ":";
    for (const std::string& result : page.results) text += " " + parse_json(result).value("id", result);
    return text;
  }
};

const std::vector<Json>& batches() {
  static const std::vector<Json> list{
      parse_json(R"([{"id":"c","kind":"song","year":3},{"id":"a","kind":"film","year":1},{"id":"b",)"
                 R"("kind":"song"}])"),
      parse_json(
          R"([{"id":"e","kind":"song","year":2,"n":{"x":1.50,"y":2}},{"id":"a","kind":"song","year":9},)"
          R"({"id":"d"}])")};
  return list;
}

}  // namespace

TEST_CASE("documents come in the order of their first insertion") {
  const SampleIndex sample(batches());
  DocumentQuery query;
  CHECK(sample.page(query) == "5: c a b e d");
  query.offset = 1;
  query.limit = 2;
  CHECK(sample.page(query) == "5: a b");
  query.offset = 5;
  CHECK(sample.page(query) == "5:");
  query.offset = 0;
  query.limit = 0;
  CHECK(sample.page(query) == "5:");
}

TEST_CASE("filters and identifiers narrow, and are counted") {
  const SampleIndex sample(batches());
  DocumentQuery query;
  query.filter = "kind = song";
  CHECK(sample.page(query) == "4: c a b e");
  query.ids = std::vector<std::string>{"e", "d", "c", "unknown", "c"};
  CHECK(sample.page(query) == "2: c e");
  query.filter = nullptr;
  query.limit = 1;
  CHECK(sample.page(query) == "3: c");
}

TEST_CASE("documents are sorted by columns over all segments") {
  const SampleIndex sample(batches());
  DocumentQuery query;
  query.sort = {"year:asc"};
  CHECK(sample.page(query) == "5: e c a b d");
  query.sort = {"year:desc"};
  query.offset = 1;
  query.limit = 3;
  CHECK(sample.page(query) == "5: c e b");
}

TEST_CASE("fields keep their text and shape") {
  const SampleIndex sample(batches());
  DocumentQuery query;
  query.ids = std::vector<std::string>{"e"};
  RequestBudget budget;
  const auto result = [&] { return list_documents(*sample.index.generation(), query, budget).results.at(0); };
  CHECK(result() == R"({"id":"e","kind":"song","year":2,"n":{"x":1.5,"y":2}})");
  query.fields = std::vector<std::string>{"n.x", "kind"};
  CHECK(result() == R"({"kind":"song","n":{"x":1.5}})");
  query.retrieve_vectors = true;
  CHECK(result() == R"({"kind":"song","n":{"x":1.5},"_vectors":{}})");
  query.fields = std::vector<std::string>{};
  CHECK(result() == R"({"_vectors":{}})");
}

TEST_CASE("what the settings do not allow is refused with the codes of documents") {
  const SampleIndex sample(batches());
  const auto code_of = [&](const DocumentQuery& query) {
    RequestBudget budget;
    try {
      list_documents(*sample.index.generation(), query, budget);
    } catch (const Error& error) {
      return std::string(error_row(error.code()).name);
    }
    return std::string();
  };
  DocumentQuery query;
  query.filter = "year = 1";
  CHECK(code_of(query) == "invalid_document_filter");
  query.filter = nullptr;
  query.sort = {"kind:asc"};
  CHECK(code_of(query) == "invalid_document_sort");
}

TEST_CASE("an empty index has an empty page") {
  const SampleIndex sample({});
  CHECK(sample.page(DocumentQuery{}) == "0:");
}
