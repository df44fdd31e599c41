// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/generation_history.h"

#include <algorithm>

#include "base/error.h"
#include "index/generation_loader.h"

namespace nunmul {
namespace {

GenerationInfo read_info(const std::filesystem::path& folder, const std::string& name) {
  GenerationInfo info;
  info.name = name;
  try {
    const Manifest manifest = read_manifest(folder, name);
    info.created_at = manifest.created_at;
    info.documents = manifest.documents;
    info.bytes = manifest.bytes;
    info.origin = manifest.origin;
    info.metrics = manifest.metrics;
  } catch (const Error& error) {
    info.problem = error.what();
  }
  return info;
}

}  // namespace

std::vector<GenerationInfo> generation_history(const Index& index) {
  std::vector<GenerationInfo> list;
  const std::string current = index.opened()->name();
  for (const std::string& name : manifest_names(index.folder())) {
    list.push_back(read_info(index.folder(), name));
    list.back().current = name == current;
  }
  std::reverse(list.begin(), list.end());
  return list;
}

bool has_damaged_history(const Index& index) {
  GenerationLoader loader(index.folder(), index.resources());
  const std::string published = published_name(index.folder());
  for (const std::string& name : manifest_names(index.folder())) {
    if (name == published) continue;
    try {
      loader.open_segments(read_manifest(index.folder(), name), Verify::Checksums);
    } catch (const Error&) {
      return true;
    }
  }
  return false;
}

std::shared_ptr<const Generation> open_generation(const Index& index, const std::string& name) {
  return GenerationLoader(index.folder(), index.resources())
      .open(read_manifest(index.folder(), name), Verify::Sizes);
}

}  // namespace nunmul
