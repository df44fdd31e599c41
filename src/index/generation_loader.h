// SPDX-License-Identifier: GPL-2.0-or-later
// Generations on disk: a JSON manifest each, FOLDER/generations/NAME.json, that names segments and the
// documents of them that are gone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "index/generation.h"
#include "index/index.h"

namespace nunmul {

struct ManifestSegment {
  std::string name;
  std::vector<std::uint32_t> erased;  // documents, ascending
};

struct Manifest {
  std::string name;
  std::string created_at;
  std::string origin;
  std::uint64_t store_version = 0;
  std::string settings;     // serialize_settings
  std::string fingerprint;  // of the language resources it was built with
  std::vector<ManifestSegment> segments;
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;
  Json metrics;
};

// Writes the manifest in one step. A manifest's own checksum guards it.
void write_manifest(const std::filesystem::path& index_folder, const Manifest& manifest);
// Throws Error(IoError) when it is missing or damaged.
Manifest read_manifest(const std::filesystem::path& index_folder, const std::string& name);
// The version of the document store that it was built from, also where read_manifest does not know its
// schema. Nothing where it is damaged.
std::optional<std::uint64_t> read_manifest_version(const std::filesystem::path& index_folder,
                                                   const std::string& name);
// Names of all manifests, oldest first.
std::vector<std::string> manifest_names(const std::filesystem::path& index_folder);
// The name that CURRENT holds; "" if there is no such file.
std::string published_name(const std::filesystem::path& index_folder);
std::filesystem::path manifest_path(const std::filesystem::path& index_folder, const std::string& name);

// A name for a new generation. The history is ordered by name: where the clock was set back, the newest name
// is counted on.
std::string new_generation_name(const std::filesystem::path& index_folder);
// Writes the manifest and makes it the published one. For the holder of the index's lock.
void publish_manifest(const std::filesystem::path& index_folder, const Manifest& manifest);

// Opens generations; segments that several of them name are opened once. Safe from many threads.
class GenerationLoader {
 public:
  GenerationLoader(std::filesystem::path index_folder, std::shared_ptr<const LanguageResources> resources)
      : folder_(std::move(index_folder)), resources_(std::move(resources)) {}

  std::shared_ptr<const Generation> open(const Manifest& manifest, Verify verify);
  std::vector<LiveSegment> open_segments(const Manifest& manifest, Verify verify);

 private:
  std::shared_ptr<const Segment> open_segment(const std::string& name, Verify verify);

  std::filesystem::path folder_;
  std::shared_ptr<const LanguageResources> resources_;
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<const Segment>> segments_;  // guarded by mutex_
};

}  // namespace nunmul
