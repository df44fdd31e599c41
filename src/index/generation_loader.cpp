// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/generation_loader.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "index/checked_json.h"
#include "index/generation_state.h"
#include "index/part_name.h"
#include "index/terms.h"

namespace nunmul {
namespace {

Error damaged_generation(const std::filesystem::path& path, const std::string& how) {
  return Error(ErrorCode::IoError, "The generation " + path.string() + " " + how + ".");
}

}  // namespace

std::string published_name(const std::filesystem::path& index_folder) {
  std::error_code error;
  if (!std::filesystem::exists(index_folder / "CURRENT", error)) return "";
  std::string name = read_file(index_folder / "CURRENT");
  while (!name.empty() && (name.back() == '\n' || name.back() == ' ')) name.pop_back();
  return name;
}

std::filesystem::path manifest_path(const std::filesystem::path& index_folder, const std::string& name) {
  return index_folder / "generations" / (name + ".json");
}

void write_manifest(const std::filesystem::path& index_folder, const Manifest& manifest) {
  Json segments = Json::array();
  for (const ManifestSegment& segment : manifest.segments)
    segments.push_back({{"name", segment.name}, {"erased", segment.erased}});
  Json json;
  json["schema"] = kSchemaVersion;
  json["name"] = manifest.name;
  json["createdAt"] = manifest.created_at;
  json["origin"] = manifest.origin;
  json["storeVersion"] = manifest.store_version;
  json["documents"] = manifest.documents;
  json["bytes"] = manifest.bytes;
  json["settings"] = manifest.settings;
  json["languages"] = manifest.fingerprint;
  json["segments"] = std::move(segments);
  json["metrics"] = manifest.metrics;
  write_checked_json(manifest_path(index_folder, manifest.name), json);
}

// Its JSON, whatever schema it is of.
static Json read_manifest_json(const std::filesystem::path& path) {
  const std::optional<Json> json = read_checked_json(path);
  if (!json) throw damaged_generation(path, "is damaged");
  return *json;
}

std::optional<std::uint64_t> read_manifest_version(const std::filesystem::path& index_folder,
                                                   const std::string& name) {
  try {
    return read_manifest_json(manifest_path(index_folder, name)).at("storeVersion").get<std::uint64_t>();
  } catch (const Error&) {
    return std::nullopt;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

Manifest read_manifest(const std::filesystem::path& index_folder, const std::string& name) {
  const std::filesystem::path path = manifest_path(index_folder, name);
  try {
    const Json json = read_manifest_json(path);
    if (json.at("schema").get<std::uint32_t>() != kSchemaVersion)
      throw damaged_generation(path, "is of another version of the index format");
    Manifest manifest;
    manifest.name = json.at("name");
    manifest.created_at = json.at("createdAt");
    manifest.origin = json.at("origin");
    manifest.store_version = json.at("storeVersion");
    manifest.documents = json.at("documents");
    manifest.bytes = json.at("bytes");
    manifest.settings = json.at("settings");
    manifest.fingerprint = json.at("languages");
    manifest.metrics = json.at("metrics");
    for (const Json& segment : json.at("segments"))
      manifest.segments.push_back(
          {segment.at("name"), segment.at("erased").get<std::vector<std::uint32_t>>()});
    return manifest;
  } catch (const nlohmann::json::exception&) {
    throw damaged_generation(path, "is damaged");
  }
}

std::vector<std::string> manifest_names(const std::filesystem::path& index_folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(index_folder / "generations", error))
    if (entry.path().extension() == ".json" && is_part_name(entry.path().stem().string(), Part::Generation))
      names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::shared_ptr<const Segment> GenerationLoader::open_segment(const std::string& name, Verify verify) {
  const std::lock_guard lock(mutex_);
  std::weak_ptr<const Segment>& known = segments_[name];
  if (auto open = known.lock()) return open;
  auto segment = std::make_shared<const Segment>(folder_ / "segments" / name, verify);
  known = segment;
  std::erase_if(segments_, [](const auto& entry) { return entry.second.expired(); });
  return segment;
}

std::string new_generation_name(const std::filesystem::path& folder) {
  std::string name = new_part_name(Part::Generation);
  const std::vector<std::string> names = manifest_names(folder);
  if (names.empty() || name > names.back()) return name;
  const std::string& newest = names.back();
  const std::size_t digits = newest.find('T') + 1;
  const std::size_t end = newest.find('-');
  if (digits == 0 || end == std::string::npos || newest.find_first_not_of("0123456789", digits) != end)
    return name;
  std::string time = std::to_string(std::stoull(newest.substr(digits, end - digits)) + 1);
  time.insert(0, end - digits - std::min(end - digits, time.size()), '0');
  return newest.substr(0, digits) + time + name.substr(name.find('-'));
}

void publish_manifest(const std::filesystem::path& index_folder, const Manifest& manifest) {
  write_manifest(index_folder, manifest);
  write_file_atomically(index_folder / "CURRENT", manifest.name + "\n");
}

std::vector<LiveSegment> GenerationLoader::open_segments(const Manifest& manifest, Verify verify) {
  std::vector<LiveSegment> segments;
  for (const ManifestSegment& named : manifest.segments) {
    LiveSegment live;
    live.segment = open_segment(named.name, verify);
    live.live = Bitmap(live.segment->documents(), true);
    for (const std::uint32_t erased : named.erased) {
      if (erased >= live.segment->documents())
        throw damaged_generation(manifest_path(folder_, manifest.name), "is damaged");
      live.live.reset(erased);
    }
    live.live_count = static_cast<std::uint32_t>(live.live.count());
    segments.push_back(std::move(live));
  }
  return segments;
}

std::shared_ptr<const Generation> GenerationLoader::open(const Manifest& manifest, Verify verify) {
  return make_generation(manifest, deserialize_settings(manifest.settings), open_segments(manifest, verify),
                         resources_);
}

}  // namespace nunmul
