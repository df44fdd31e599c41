// SPDX-License-Identifier: GPL-2.0-or-later
// Documents out of a generation: segments hold their texts, too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "index/document_store.h"
#include "index/generation.h"

namespace nunmul {

// Within a transaction: makes the documents of the store those of these segments, under the ordinals that
// they have there. One whose text is another now is again of the origin that it had then; where a segment of
// an earlier version does not tell that, of its present origin, or of `unknown` if the store does not have
// it.
void put_back(DocumentStore& store, const std::vector<LiveSegment>& segments, DocumentOrigin unknown);

struct RecoveredDocuments {
  std::string generation;
  std::uint64_t documents = 0;
};

// Where documents.db is missing or older than the generations: takes the documents of the newest generation
// that is whole, and publishes that as theirs. Nothing if there is none. Throws Error(IoError) if another
// process writes the index.
std::optional<RecoveredDocuments> recover_documents(const std::filesystem::path& index_folder);

}  // namespace nunmul
