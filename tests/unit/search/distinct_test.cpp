// SPDX-License-Identifier: GPL-2.0-or-later
// Distinct: the best document of each value stays, over segments too, and all without a value.
#include "search/columns/distinct.h"

#include <doctest/doctest.h>

#include <memory>

#include "support/documents_in_columns.h"

TEST_SUITE_BEGIN("search/distinct");

using namespace nunmul;

namespace {

struct Documents {
  std::vector<std::unique_ptr<DocumentsInColumns>> segments;
  SegmentColumns columns;

  explicit Documents(const char* lists) {
    Settings settings;
    settings.distinct_attribute = "d";
    for (const Json& list : parse_json(lists)) {
      segments.push_back(std::make_unique<DocumentsInColumns>(list, settings));
      columns.push_back(segments.back().get());
    }
  }
};

}  // namespace

TEST_CASE("the first document of each value stays, and all without one") {
  const Documents documents(R"([[{"d":"a"},{"d":"b"},{"d":" A"},{},{}]])");
  std::vector<DocumentRef> ordered{{0, 2}, {0, 3}, {0, 0}, {0, 4}, {0, 1}};
  keep_distinct(ordered, DistinctValues(documents.columns, "d"));
  CHECK(ordered == std::vector<DocumentRef>{{0, 2}, {0, 3}, {0, 4}, {0, 1}});
}

TEST_CASE("values are the same in all segments, and one seen item of an array is enough") {
  const Documents documents(R"([[{"d":1},{"d":["x","y"]}],[{}],[{"d":"Y"},{"d":1.0},{"d":"z"}]])");
  const DistinctValues values(documents.columns, "d");
  CHECK(values.count() == 4);
  std::vector<DocumentRef> ordered{{2, 0}, {0, 1}, {2, 1}, {0, 0}, {2, 2}, {1, 0}};
  keep_distinct(ordered, values);
  CHECK(ordered == std::vector<DocumentRef>{{2, 0}, {2, 1}, {2, 2}, {1, 0}});
}

TEST_CASE("an attribute that no document has keeps everything") {
  const Documents documents(R"([[{"x":1},{"x":1}]])");
  std::vector<DocumentRef> ordered{{0, 1}, {0, 0}};
  keep_distinct(ordered, DistinctValues(documents.columns, "d"));
  CHECK(ordered.size() == 2);
}
