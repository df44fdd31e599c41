// SPDX-License-Identifier: GPL-2.0-or-later
// DATA_DIR/indexes/NUMBER/index.json: what store.db knows about an index, kept beside its documents. It
// shows when store.db is older than the folder. If store.db is lost, it gives the index its name and
// settings back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/catalog_store.h"

namespace nunmul {

struct IndexRecord {
  std::string uid;
  std::optional<std::string> primary_key;
  Time created_at;
  std::string settings;        // serialize_settings
  std::uint64_t revision = 0;  // IndexRow::revision
};

// Writes what the row says where the file says something else. The folder must be there.
void record_index(const std::filesystem::path& index_folder, const IndexRow& row);

// Nothing where there is none, or a damaged one.
std::optional<IndexRecord> read_index_record(const std::filesystem::path& index_folder);

bool says_the_same(const IndexRecord& record, const IndexRow& row);  // but for the revision

}  // namespace nunmul
