// SPDX-License-Identifier: GPL-2.0-or-later
// Reads a dump into a data folder: all of it, or nothing, wherever it breaks off. Indexes are built in a
// folder aside, whose name the store notes before it is made; rows, keys, webhooks and flags are one
// transaction; when that is committed the indexes move into their places. After a crash the store says by its
// rows which side of the commit it was.
//   DATA_DIR/dump-import-UUID/NUMBER/   an index on its way to indexes/NUMBER
#pragma once

#include <filesystem>
#include <memory>

namespace nunmul {

class CatalogStore;
class LanguageResources;
class Sqlite;

// Into a store that has no index and no waiting task. Keys of the dump take the place of those that the first
// start made. Throws Error(InvalidInput) that names file and line for what is wrong in the dump.
void import_dump(const std::filesystem::path& file, CatalogStore& store,
                 const std::shared_ptr<const LanguageResources>& resources);

// Ends an import that was broken off: its indexes go to their places if it was committed, else away. Only for
// who holds the folder's lock.
void settle_import(CatalogStore& store);

// Throws Error(InvalidInput) where an import goes on, or was broken off and is not settled.
void require_no_import(Sqlite& db, const std::filesystem::path& data_dir);

}  // namespace nunmul
