// SPDX-License-Identifier: GPL-2.0-or-later
// - A snapshot fits itself, whatever another process publishes while it is copied.
#include "engine/snapshot_copy.h"

#include <doctest/doctest.h>

#include "engine/catalog_store.h"
#include "index/index.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("engine/snapshot_copy");

namespace nunmul {
namespace {

TEST_CASE("the store of a snapshot asks for no documents that came after those of an index were copied") {
  const TempDir dir;
  CatalogStore store(dir / "data");
  const IndexRow copied = store.ensure_index("a", std::nullopt, Settings{});
  const IndexRow other = store.ensure_index("b", std::nullopt, Settings{});
  write_snapshot(dir / "copy", store, 0, [&](const IndexRow& row) {
    if (row.number == other.number) store.note_documents(copied.number, 7);  // as `nunmul index` does
    return std::unique_ptr<IndexWriter>();
  });
  const CatalogStore of_copy(dir / "copy");
  for (const IndexRow& row : of_copy.indexes()) CHECK(row.documents_version == 0);
  CHECK(store.find_index("a")->documents_version == 7);
}

}  // namespace
}  // namespace nunmul
