// SPDX-License-Identifier: GPL-2.0-or-later
// A large segment is built by a process of its own: its memory is given back when it ends, and where
// memory runs out it is what ends, not the server. The process is this program itself with the argument
// `build-segment`; it gets the documents from its parent, which alone sees an open transaction.
//   parent → child  a line of JSON that says what to build; documents; an end mark
//   child → parent  lines of JSON: {"done":N} now and then, at last {"ok":true}, {"languages":"others"} or
//                   {"error":{"code":N,"message":"…"}}
// The child ends with its parent, whatever ends that.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "index/document_store.h"
#include "index/settings.h"

namespace nunmul {

// The program that runs a builder.
struct BuilderProgram {
  std::filesystem::path executable;        // nunmul
  std::filesystem::path languages;         // folder of language resources
  std::uint64_t least_documents = 20'000;  // fewer are built in the process that asks
};

// The argument that makes the program a builder; its parent's process id follows it.
constexpr const char* kBuildArgument = "build-segment";

struct SegmentOrder {
  std::filesystem::path folder;  // must not exist; whatever is there after a failure is the caller's
  Settings settings;
  std::string fingerprint;  // of the language resources it must be built with
  unsigned threads = 1;
  bool low_priority = false;
};

struct BuildWatch {
  std::function<void(std::uint64_t)> progress;  // documents that were taken
  std::function<bool()> canceled;               // true ends the build with Error(Internal, "canceled")
};

enum class BuildEnd {
  Done,
  Died,           // by a signal, or without a word; it may go better another time
  NoProgram,      // it could not be started
  OtherLanguages  // the folder holds others by now
};

// Calls feed(add) once. Throws what feed throws and what the builder reports.
BuildEnd build_in_process(const BuilderProgram& program, const SegmentOrder& order,
                          const std::function<void(const std::function<void(const StoredDocument&)>&)>& feed,
                          const BuildWatch& watch, std::string& how_it_died);

// The child's side, over standard input and output; returns the exit status. `parent` is the process that
// started it.
int run_builder(int parent);

}  // namespace nunmul
