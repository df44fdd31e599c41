// SPDX-License-Identifier: GPL-2.0-or-later
// Whether store.db and the folders of the indexes are of the same time. Documents must not vanish because
// store.db is missing or older (from a backup that was not taken at one instant).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/index_record.h"
#include "index/document_store.h"

namespace nunmul {

// A folder DATA_DIR/indexes/NUMBER that holds something of an index. Others are not ours.
struct FoundIndex {
  std::uint64_t number = 0;
  StoreState documents;
  std::string problem;  // why the documents cannot be read, or ""
  std::optional<IndexRecord> record;
};

// Ordered by number.
std::vector<FoundIndex> find_indexes(const std::filesystem::path& data_dir);

// "indexes/3 (`songs`, 1,000 documents)".
std::string description_of(const FoundIndex& found);

// The contradictions between the store and these folders, a sentence each. `found` was read before.
std::vector<std::string> contradictions(Sqlite& db, const std::filesystem::path& data_dir,
                                        const std::vector<FoundIndex>& found);

// Throw Error(InvalidInput) that says what is there and what to do.
void require_no_documents(const std::filesystem::path& data_dir);  // where there is no store.db
void require_fit(Sqlite& db, const std::filesystem::path& data_dir);

// A new index must not get the number of a folder that is there.
void skip_used_numbers(Sqlite& db, const std::filesystem::path& data_dir);

// The sentences of these errors, without advice.
std::string missing_store(const std::filesystem::path& data_dir, const std::vector<FoundIndex>& found);
extern const char* const kAdoptAdvice;

}  // namespace nunmul
