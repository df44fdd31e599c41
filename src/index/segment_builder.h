// SPDX-License-Identifier: GPL-2.0-or-later
// Writes one segment. Documents are gathered into parts of some thousand; threads analyze them, each
// part into a throw-away Xapian database of its own; at the end the parts are put together. That is
// several times faster than one growing database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "index/document_store.h"
#include "index/settings.h"
#include "text/analyzer.h"

namespace nunmul {

// How far behind searches of the same machine a build of low priority stands, as a nice value: enough that
// a search does not wait for it, and little enough that other work does not starve it.
constexpr int kLowPriorityNice = 5;

struct SegmentBuilderOptions {
  unsigned threads = 1;       // that analyze, besides the caller's; parts stay with the caller if 1
  bool low_priority = false;  // they yield to the searches of this machine
};

// For one thread. Settings and analyzer outlive it. The folder must not exist; if finish() is not
// reached the destructor removes it.
class SegmentBuilder {
 public:
  SegmentBuilder(const std::filesystem::path& folder, const Settings& settings, const Analyzer& analyzer,
                 const SegmentBuilderOptions& options = {});
  ~SegmentBuilder();

  // In the order of rising ordinals. Throws Error(MalformedPayload) for a document that is no JSON
  // object, and what went wrong in a thread.
  void add(const StoredDocument& document);

  // Completes the segment: every file is written, synced, and listed in segment.json.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
