// SPDX-License-Identifier: GPL-2.0-or-later
// One run of `nunmul index`: files become documents, documents become a generation, and the generation is
// published if it passes the relevance gate. A run takes effect as a whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/index_report.h"
#include "cli/progress_bar.h"
#include "cli/relevance_gate.h"
#include "import/import.h"
#include "index/document_store.h"

namespace nunmul {

struct IndexJob {
  DataOptions data;
  std::vector<std::filesystem::path> inputs;
  ImportOptions import;
  std::string settings_file;  // "" leaves the settings as they are
  std::string rules_file;     // {"rules":[…]}; "" leaves the rules as they are
  GateOptions gate;
  unsigned keep = 2;          // generations
  Edits edits = Edits::Keep;  // made over HTTP
  bool allow_shrink = false;  // publish even if much is removed (shrink_guard.h)
  bool dry_run = false;
  bool rebuild = false;     // analyze everything, changed or not
  bool keep_going = false;  // index what could be read; then nothing is removed
  bool titles = false;      // the report names what was added, changed, removed and kept
};

// The work was broken off because `stopped` said so; nothing was changed.
struct Stopped {};

// Waits for another process that writes the index, and says on stderr which one it is.
IndexReport run_index_round(const IndexJob& job, const std::shared_ptr<const LanguageResources>& resources,
                            ProgressBar& progress, const std::function<bool()>& stopped);

}  // namespace nunmul
