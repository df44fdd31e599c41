// SPDX-License-Identifier: GPL-2.0-or-later
// - A snapshot fits itself, whatever another process does while it is copied.
#include "engine/snapshot_copy.h"

#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "engine/catalog_store.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("engine/snapshot_copy");

namespace nunmul {
namespace {

TEST_CASE("a copy begins anew with an index that is made while others are being held") {
  const TempDir dir;
  CatalogStore store(dir / "data");
  store.ensure_index("a", std::nullopt, Settings{});
  std::vector<std::string> held;
  write_snapshot(dir / "copy", store, std::nullopt, [&](const IndexRow& row) {
    held.push_back(row.uid);
    if (row.uid == "a") CatalogStore(dir / "data").ensure_index("b", std::nullopt, Settings{});
    return std::make_shared<int>();
  });
  CHECK(held == std::vector<std::string>{"a", "a", "b"});
  const CatalogStore of_copy(dir / "copy");
  CHECK(of_copy.indexes().size() == 2);
}

}  // namespace
}  // namespace nunmul
