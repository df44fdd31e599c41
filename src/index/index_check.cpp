// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/index_check.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "index/document_store.h"
#include "index/generation_loader.h"

namespace nunmul {
namespace {

constexpr const char* kIsRebuilt =
    " The index is built anew from its documents at the next start of `nunmul serve`, or by a run of `nunmul "
    "index`.";
constexpr const char* kIsSetAside = " It is set aside at the next start of `nunmul serve`.";

// The claims of generations about the documents that they were built from.
struct Claims {
  std::uint64_t version = 0;
  bool has_unreadable = false;
};

Claims claims_of(const std::filesystem::path& folder, const std::vector<std::string>& names) {
  Claims claims;
  for (const std::string& name : names) {
    const auto version = read_manifest_version(folder, name);
    claims.version = std::max(claims.version, version.value_or(0));
    claims.has_unreadable |= !version;
  }
  return claims;
}

class IndexCheck {
 public:
  IndexCheck(const std::filesystem::path& folder, const IndexExpectation& expected)
      : folder_(folder), expected_(expected), published_(published_name(folder)) {}

  std::vector<std::string> run() {
    const bool has_documents = check_documents();
    check_current();
    for (const std::string& name : manifest_names(folder_)) check_generation(name);
    if (has_documents && problems_.empty()) check_is_whole();
    return std::move(problems_);
  }

 private:
  const std::filesystem::path& folder_;
  const IndexExpectation& expected_;
  const std::string published_;
  std::set<std::string> checked_;  // segments
  std::vector<std::string> problems_;

  std::filesystem::path documents() const { return folder_ / kDocumentStoreFile; }

  bool check_documents() try {
    require_documents(folder_, expected_.least_version);
    if (read_store_state(documents()) == StoreState{}) return true;
    for (const std::string& id : DocumentStore(documents(), SqliteAccess::Read).check())
      problems_.push_back("The stored document `" + id +
                          "` is damaged. Send it again, or index its file again with "
                          "`nunmul index --rebuild`.");
    return true;
  } catch (const Error& error) {
    problems_.emplace_back(error.what());
    return false;
  }

  void check_current() {
    const std::vector<std::string> names = manifest_names(folder_);
    if (names.empty() || std::find(names.begin(), names.end(), published_) != names.end()) return;
    problems_.push_back((folder_ / "CURRENT").string() + " names no generation that is there." + kIsRebuilt);
  }

  void check_generation(const std::string& name) {
    const char* advice = name == published_ ? kIsRebuilt : kIsSetAside;
    try {
      for (const ManifestSegment& segment : read_manifest(folder_, name).segments)
        check_segment(segment.name, name, advice);
    } catch (const Error& error) {
      problems_.push_back(std::string(error.what()) + advice);
    }
  }

  void check_segment(const std::string& segment, const std::string& generation, const char* advice) {
    if (generation != published_ && !checked_.insert(segment).second) return;
    try {
      read_segment_folder(folder_ / "segments" / segment, Verify::Checksums);
    } catch (const Error& error) {
      problems_.push_back(std::string(error.what()) +
                          (advice == kIsSetAside ? " The generation " + generation + " is of it." : "") +
                          advice);
    }
  }

  // Whether another process is about to publish is not looked at: it takes an instant.
  void check_is_whole() {
    if (published_.empty()) {
      if (read_store_state(documents()).version > 0)
        problems_.push_back("No generation is published." + std::string(kIsRebuilt));
      return;
    }
    const Manifest manifest = read_manifest(folder_, published_);
    const bool has_all = manifest.store_version == read_store_state(documents()).version;
    const bool has_settings =
        !expected_.settings || deserialize_settings(manifest.settings) == *expected_.settings;
    if (has_all && has_settings) return;
    problems_.push_back(
        "The published generation " + published_ +
        (has_all ? " was built under other settings." : " lacks changes of the documents.") +
        " They are brought into it at the next start of `nunmul serve`, or by a run of `nunmul index`.");
  }
};

}  // namespace

void require_documents(const std::filesystem::path& folder, std::uint64_t least_version) {
  const std::vector<std::string> names = manifest_names(folder);
  const Claims claims = claims_of(folder, names);
  // Documents are read last, since another process may be writing them.
  const std::filesystem::path file = folder / kDocumentStoreFile;
  const std::uint64_t version = read_store_state(file).version;
  std::error_code error;
  const bool is_there = std::filesystem::file_size(file, error) > 0 && !error;
  if (version >= std::max(claims.version, least_version) && (is_there || !claims.has_unreadable)) return;
  if (manifest_names(folder) != names) return require_documents(folder, least_version);
  throw Error(ErrorCode::IoError,
              file.string() +
                  (!is_there                  ? " is missing"
                   : version < claims.version ? " is older than a generation beside it"
                                              : " is older than store.db") +
                  ", and with it documents of the index. Put it back, or take the documents of the newest "
                  "generation instead with `nunmul check --adopt`.");
}

std::vector<std::string> check_index(const std::filesystem::path& folder, const IndexExpectation& expected) {
  return IndexCheck(folder, expected).run();
}

}  // namespace nunmul
