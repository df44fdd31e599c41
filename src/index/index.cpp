// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/index.h"

#include <mutex>

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "index/generation_loader.h"
#include "index/index_state.h"
#include "text/language_resources.h"

namespace nunmul {

std::string fingerprint_of(const LanguageResources& resources) { return std::to_string(resources.fingerprint()); }

Index::Impl::Impl(const std::filesystem::path& where, std::shared_ptr<const LanguageResources> languages)
    : folder(where), resources(std::move(languages)), loader(folder, resources) {}

void Index::Impl::adopt(std::shared_ptr<const Generation> generation, const std::string& fingerprint) {
  const std::lock_guard lock(mutex);
  current = std::move(generation);
  current_fingerprint = fingerprint;
  damage.clear();
}

// The empty generation of an index that has none on disk.
static Manifest empty_manifest() {
  Manifest manifest;
  manifest.name = "empty";
  manifest.settings = serialize_settings(Settings{});
  return manifest;
}

// Opens what CURRENT names or, when that is damaged, the newest one that opens.
void Index::Impl::open_published(Verify verify) {
  const std::string wanted = published_name(folder);
  std::vector<std::string> names = manifest_names(folder);
  if (wanted.empty() && names.empty()) {
    const Manifest manifest = empty_manifest();
    adopt(loader.open(manifest, verify), fingerprint_of(*resources));
    return;
  }
  std::string first_problem;
  if (wanted.empty()) first_problem = "There is no " + (folder / "CURRENT").string() + ", which names the published generation.";
  std::erase(names, wanted);
  if (!wanted.empty()) names.push_back(wanted);
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    try {
      const Manifest manifest = read_manifest(folder, *name);
      auto generation = loader.open(manifest, verify);
      if (!first_problem.empty())
        log(LogLevel::Warning, "generation " + wanted + " is set aside; " + *name + " is served instead until the index is rebuilt");
      adopt(std::move(generation), manifest.fingerprint);
      if (!first_problem.empty()) {
        const std::lock_guard lock(mutex);
        damage = first_problem;
        refused = wanted;
      }
      return;
    } catch (const Error& error) {
      // Another process may have published meanwhile and removed what was being opened.
      if (published_name(folder) != wanted) return open_published(verify);
      log(LogLevel::Warning, error.what());
      if (first_problem.empty()) first_problem = error.what();
    }
  }
  const Manifest manifest = empty_manifest();
  adopt(loader.open(manifest, verify), fingerprint_of(*resources));
  const std::lock_guard lock(mutex);
  damage = first_problem;
  refused = wanted;
}

Index::Index(const std::filesystem::path& folder, std::shared_ptr<const LanguageResources> resources)
    : impl_(std::make_unique<Impl>(folder, std::move(resources))) {
  std::error_code error;
  for (const auto& name : {folder, folder / "generations", folder / "segments"}) {
    std::filesystem::create_directories(name, error);
    if (error) throw_errno(error.value(), "make " + name.string());
  }
  impl_->open_published(Verify::Checksums);
}

Index::~Index() = default;

const std::filesystem::path& Index::folder() const { return impl_->folder; }

std::shared_ptr<const Generation> Index::generation() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->current;
}

bool Index::refresh() {
  // A generation may be replaced, and its files removed, between the two steps: then CURRENT has
  // changed again, and the newer one is taken.
  for (int attempt = 0; attempt < 5; ++attempt) {
    const std::string name = published_name(impl_->folder);
    if (name.empty() || name == generation()->name()) return false;
    {
      const std::lock_guard lock(impl_->mutex);
      if (name == impl_->refused) return false;
    }
    try {
      const Manifest manifest = read_manifest(impl_->folder, name);
      impl_->adopt(impl_->loader.open(manifest, Verify::Sizes), manifest.fingerprint);
      return true;
    } catch (const Error& error) {
      if (published_name(impl_->folder) != name) continue;
      log(LogLevel::Warning, std::string("a published generation cannot be used: ") + error.what());
      const std::lock_guard lock(impl_->mutex);
      impl_->damage = error.what();
      impl_->refused = name;
      return false;
    }
  }
  return false;
}

std::optional<std::string> Index::needs_rebuild() const {
  const std::lock_guard lock(impl_->mutex);
  if (!impl_->damage.empty()) return impl_->damage;
  if (impl_->current_fingerprint != fingerprint_of(*impl_->resources))
    return "The language resources are others than those that the index was built with.";
  return std::nullopt;
}

const std::shared_ptr<const LanguageResources>& Index::resources() const { return impl_->resources; }

}  // namespace nunmul
