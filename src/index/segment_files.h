// SPDX-License-Identifier: GPL-2.0-or-later
// The files of a segment's folder, and segment.json, which lists them with their sizes and checksums.
#pragma once

#include <filesystem>

#include "base/json.h"

namespace nunmul {

constexpr const char* kPostingsFile = "postings.glass";
constexpr const char* kDocumentsFile = "documents.bin";
constexpr const char* kWordsFile = "words.bin";
constexpr const char* kForwardFile = "forward.bin";
constexpr const char* kColumnsFile = "columns.bin";
constexpr const char* kSegmentFile = "segment.json";

// Adds every file of the folder to the description, writes it as segment.json, and syncs all of it.
void finish_segment_folder(const std::filesystem::path& folder, Json description);

enum class Verify { Sizes, Checksums };

// Reads segment.json and verifies what it lists. Throws Error(IoError) that names what is missing or
// damaged; another schema version too.
Json read_segment_folder(const std::filesystem::path& folder, Verify verify);

}  // namespace nunmul
