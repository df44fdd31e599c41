// SPDX-License-Identifier: GPL-2.0-or-later
// The result of one run of `nunmul index`, for people and for scripts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "cli/relevance_gate.h"
#include "import/import.h"

namespace nunmul {

enum class IndexOutcome {
  Published,
  Unchanged,  // there was nothing to do
  DryRun,     // would have been published
  Refused,    // by the relevance gate, or since it would remove too much
  BadInput,   // something was wrong with the files
};

struct IndexReport {
  IndexOutcome outcome = IndexOutcome::Unchanged;
  std::string index;
  ImportReport import;
  std::uint64_t added = 0, changed = 0, unchanged = 0, removed = 0;
  std::uint64_t kept = 0;  // as changed or deleted over HTTP, where the files say something else
  // If asked for.
  std::vector<std::string> added_titles, changed_titles, removed_titles, kept_titles;
  std::uint64_t documents = 0;  // in the index
  std::uint64_t bytes = 0;      // of the generation on disk
  double seconds = 0;           // reading, building and publishing
  bool full = false;            // every document was analyzed
  bool settings_changed = false;
  std::string generation;
  std::string refusal;  // why too much would be removed, or ""
  std::optional<GateReport> gate;
};

std::string to_text(const IndexReport& report);
Json to_json(const IndexReport& report);

// "1.2 MB".
std::string readable_bytes(std::uint64_t bytes);

}  // namespace nunmul
