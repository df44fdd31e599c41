// SPDX-License-Identifier: GPL-2.0-or-later
// A snapshot: an exact copy of the data folder for this version of the program, taken while it is
// served. Databases are copied through SQLite; parts of generations never change and are linked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace nunmul {

class CatalogStore;
class IndexWriter;
struct IndexRow;

// `hold` takes the lock of an index for as long as it is copied (null if that cannot be). `task` is the
// one that asked for the snapshot: in the copy it is done.
void write_snapshot(const std::filesystem::path& folder, CatalogStore& store, std::uint64_t task,
                    const std::function<std::unique_ptr<IndexWriter>(const IndexRow&)>& hold);

}  // namespace nunmul
