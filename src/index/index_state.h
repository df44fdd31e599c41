// SPDX-License-Identifier: GPL-2.0-or-later
// The state that Index and IndexWriter share.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "index/generation_loader.h"
#include "index/index.h"
#include "index/sqlite.h"

namespace nunmul {

// The text that a manifest keeps of the language resources.
std::string fingerprint_of(const LanguageResources& resources);

struct Index::Impl {
  Impl(const std::filesystem::path& where, std::shared_ptr<const LanguageResources> languages,
       IndexExpectation expectation);

  void open_published(Verify verify);
  void adopt(std::shared_ptr<const Generation> generation, const std::string& fingerprint);
  void judge();
  bool refresh();
  std::filesystem::path documents_file() const { return folder / kDocumentStoreFile; }

  const std::filesystem::path folder;
  const std::shared_ptr<const LanguageResources> resources;
  GenerationLoader loader;

  // Open from the first writer on, and used by nobody: when the last connection closes, SQLite writes its log
  // back and removes it, at the cost of several syncs that every writer of a server would pay for.
  std::unique_ptr<Sqlite> documents;  // guarded by the lock of the index

  std::mutex mutex;
  std::shared_ptr<const Generation> current;  // guarded by mutex
  std::string current_fingerprint;            // guarded by mutex
  std::string damage;                         // guarded by mutex; why the published one is not served, or ""
  std::string refused;                        // guarded by mutex; the name that `damage` is about
  std::string problem;                        // guarded by mutex; what Index::problem says, or ""
  IndexExpectation expected;                  // guarded by mutex
};

}  // namespace nunmul
