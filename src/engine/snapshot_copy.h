// SPDX-License-Identifier: GPL-2.0-or-later
// A snapshot: an exact copy of the data folder for this version of the program, taken while it is
// served. Databases are copied through SQLite; parts of generations never change and are linked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace nunmul {

class CatalogStore;
struct IndexRow;

// `hold` takes the lock of an index until its result is dropped; null if that cannot be. All are held before
// anything is copied, so that no task is half done in the copy, whichever process serves the folder. `task`
// is the one that asked for the snapshot, if any: in the copy it is done.
using HoldIndex = std::function<std::shared_ptr<void>(const IndexRow&)>;
void write_snapshot(const std::filesystem::path& folder, CatalogStore& store,
                    std::optional<std::uint64_t> task, const HoldIndex& hold);

}  // namespace nunmul
