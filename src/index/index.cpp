// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/index.h"

#include <mutex>

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "index/generation_loader.h"
#include "index/index_check.h"
#include "index/index_state.h"
#include "text/language_resources.h"

namespace nunmul {

std::string fingerprint_of(const LanguageResources& resources) {
  return std::to_string(resources.fingerprint());
}

Index::Impl::Impl(const std::filesystem::path& where, std::shared_ptr<const LanguageResources> languages,
                  IndexExpectation expectation)
    : folder(where),
      resources(std::move(languages)),
      loader(folder, resources),
      expected(std::move(expectation)) {}

void Index::Impl::adopt(std::shared_ptr<const Generation> generation, const std::string& fingerprint) {
  const std::lock_guard lock(mutex);
  current = std::move(generation);
  current_fingerprint = fingerprint;
  damage.clear();
  problem.clear();
}

// Compares the generation that was opened with what it was built from.
void Index::Impl::judge() {
  const std::uint64_t version = read_store_state(documents_file()).version;
  const std::lock_guard lock(mutex);
  problem.clear();
  if (current->store_version() != version)
    problem = "It lacks changes of the documents.";
  else if (expected.settings && *expected.settings != current->settings())
    problem = "It was built under other settings.";
  if (!problem.empty() && !damage.empty()) problem = damage;
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
  std::string first_problem;
  if (wanted.empty() && !names.empty())
    first_problem =
        "There is no " + (folder / "CURRENT").string() + ", which names the published generation.";
  std::erase(names, wanted);
  if (!wanted.empty()) names.push_back(wanted);
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    try {
      const Manifest manifest = read_manifest(folder, *name);
      adopt(loader.open(manifest, verify), manifest.fingerprint);
      break;
    } catch (const Error& error) {
      // Another process may have published meanwhile and removed what was being opened.
      if (published_name(folder) != wanted) return open_published(verify);
      log(LogLevel::Warning, error.what());
      if (first_problem.empty()) first_problem = error.what();
    }
  }
  if (!current) adopt(loader.open(empty_manifest(), verify), fingerprint_of(*resources));
  const std::lock_guard lock(mutex);
  damage = first_problem;
  refused = first_problem.empty() ? "" : wanted;
}

Index::Index(const std::filesystem::path& folder, std::shared_ptr<const LanguageResources> resources,
             IndexExpectation expected)
    : impl_(std::make_unique<Impl>(folder, std::move(resources), std::move(expected))) {
  require_documents(folder, impl_->expected.least_version);
  impl_->open_published(Verify::Checksums);
  impl_->judge();
  require_documents(folder, impl_->expected.least_version);  // the folder may have been replaced meanwhile
}

Index::~Index() = default;

void Index::make_folders() const {
  std::error_code error;
  for (const char* name : {"", "generations", "segments", "removable"}) {
    std::filesystem::create_directories(impl_->folder / name, error);
    if (error) throw_errno(error.value(), "make " + (impl_->folder / name).string());
  }
}

const std::filesystem::path& Index::folder() const { return impl_->folder; }

std::shared_ptr<const Generation> Index::opened() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->current;
}

std::shared_ptr<const Generation> Index::generation() const {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->problem.empty()) return impl_->current;
  throw Error(ErrorCode::IndexRebuilding,
              "The index is being built anew from its documents. Ask again soon.");
}

std::optional<std::string> Index::problem() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->problem.empty() ? std::nullopt : std::optional(impl_->problem);
}

bool Index::refresh() {
  const bool was_whole = !problem();
  const bool is_new = impl_->refresh();
  if (!was_whole) impl_->judge();
  return is_new;
}

bool Index::refresh(const Settings& expected) {
  {
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->problem.empty()) impl_->expected.settings = expected;
  }
  return refresh();
}

bool Index::Impl::refresh() {
  // A generation may be replaced, and its files removed, between the two steps: then CURRENT has
  // changed again, and the newer one is taken.
  for (int attempt = 0; attempt < 5; ++attempt) {
    const std::string name = published_name(folder);
    std::uint64_t version = 0;
    {
      const std::lock_guard lock(mutex);
      if (name.empty() || name == current->name() || name == refused) return false;
      version = current->store_version();
    }
    try {
      const Manifest manifest = read_manifest(folder, name);
      if (manifest.store_version < version)  // going back makes a new one, of all changes
        throw Error(ErrorCode::IoError,
                    "The published generation " + name + " in " + folder.string() +
                        " is older than the one before. Put the folder back that it replaced.");
      adopt(loader.open(manifest, Verify::Sizes), manifest.fingerprint);
      return true;
    } catch (const Error& error) {
      if (published_name(folder) != name) continue;
      log(LogLevel::Warning, std::string("a published generation cannot be used: ") + error.what());
      const std::lock_guard lock(mutex);
      damage = problem = error.what();
      refused = name;
      return false;
    }
  }
  return false;
}

std::optional<std::string> Index::needs_rebuild() const {
  {
    const std::lock_guard lock(impl_->mutex);
    if (!impl_->damage.empty()) return impl_->damage;
  }
  if (!is_built_with(*impl_->resources))
    return "The language resources are others than those that the index was built with.";
  return std::nullopt;
}

const std::shared_ptr<const LanguageResources>& Index::resources() const { return impl_->resources; }

bool Index::is_built_with(const LanguageResources& resources) const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->current_fingerprint == fingerprint_of(resources);
}

}  // namespace nunmul
