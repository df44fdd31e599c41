// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/document_recovery.h"

#include <unistd.h>

#include <unordered_map>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/time.h"
#include "index/generation_loader.h"

namespace nunmul {
namespace {

FileLock lock_index(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "lock";
  auto lock = FileLock::try_lock(path, "pid " + std::to_string(::getpid()) + " nunmul check --adopt");
  if (lock) return std::move(*lock);
  throw Error(ErrorCode::IoError,
              "The index in " + folder.string() + " is being written by " + FileLock::holder(path) + ".");
}

struct OpenedGeneration {
  Manifest manifest;
  std::vector<LiveSegment> segments;
};

std::optional<OpenedGeneration> newest_whole(const std::filesystem::path& folder) {
  GenerationLoader loader(folder, nullptr);
  const std::vector<std::string> names = manifest_names(folder);
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    try {
      Manifest manifest = read_manifest(folder, *name);
      auto segments = loader.open_segments(manifest, Verify::Checksums);
      return OpenedGeneration{std::move(manifest), std::move(segments)};
    } catch (const Error& error) {
      log(LogLevel::Warning, error.what());
    }
  }
  return std::nullopt;
}

// As the generation of the documents that were just taken from it.
void publish_again(const std::filesystem::path& folder, Manifest manifest, std::uint64_t version) {
  manifest.origin = "recovered from " + manifest.name;
  manifest.name = new_generation_name(folder);
  manifest.created_at = to_rfc3339(now());
  manifest.store_version = version;
  publish_manifest(folder, manifest);
}

}  // namespace

void put_back(DocumentStore& store, const std::vector<LiveSegment>& segments, DocumentOrigin unknown) {
  struct Present {
    std::uint64_t text = 0;  // its hash
    DocumentOrigin origin;
  };
  std::unordered_map<std::string, Present> present;
  store.for_each([&](const StoredDocument& document) {
    present.emplace(document.id, Present{hash64(document.json), document.origin});
  });
  for (const LiveSegment& live : segments) {
    for (std::uint32_t d = 0; d < live.segment->documents(); ++d) {
      if (!live.live.test(d)) continue;
      const auto now = present.find(std::string(live.segment->id(d)));
      const bool is_there = now != present.end();
      const bool is_same = is_there && now->second.text == hash64(live.segment->json(d));
      const DocumentOrigin otherwise = is_there ? now->second.origin : unknown;
      const DocumentOrigin origin = is_same ? otherwise : live.segment->origin(d).value_or(otherwise);
      store.put_back(live.segment->stored(d, origin));
      if (is_there) present.erase(now);
    }
  }
  for (const auto& [id, document] : present) store.erase(id);
}

std::optional<RecoveredDocuments> recover_documents(const std::filesystem::path& index_folder) {
  const FileLock lock = lock_index(index_folder);
  auto newest = newest_whole(index_folder);
  if (!newest) return std::nullopt;
  const RecoveredDocuments recovered{newest->manifest.name, newest->manifest.documents};
  DocumentStore store(index_folder / kDocumentStoreFile);
  store.begin();
  store.begin_above(newest->manifest.store_version);
  put_back(store, newest->segments, DocumentOrigin::Client);
  store.commit();
  publish_again(index_folder, std::move(newest->manifest), store.version());
  return recovered;
}

}  // namespace nunmul
