// SPDX-License-Identifier: GPL-2.0-or-later
// Builds and publishes generations. Little that changed becomes a small segment of its own beside those
// that are there; small segments are put together with it now and then, so that their number grows
// with the logarithm of the documents. Much that changed makes a new segment of everything.
#include <algorithm>
#include <chrono>
#include <set>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include <xapian.h>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/time.h"
#include "index/generation_history.h"
#include "index/generation_loader.h"
#include "index/index.h"
#include "index/index_state.h"
#include "index/segment_builder.h"
#include "index/xapian_error.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

// Above this share of changed documents everything is built anew.
constexpr double kFullBuildShare = 0.2;
// A segment is put together with a new one that is at least this share of its size.
constexpr std::uint64_t kMergeFactor = 3;
// A segment with more erased documents than this share is not worth keeping.
constexpr double kMaxErasedShare = 0.5;
// Fewer documents than these are not worth threads.
constexpr std::uint64_t kThreadedDocuments = 5'000;
constexpr unsigned kDefaultHistory = 2;

// A name that sorts by time and that no other has.
std::string new_name(char kind) {
  std::string time = to_rfc3339(now());
  std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == '.' || c == 'Z'; });
  return std::string(1, kind) + time + "-" + random_uuid().substr(0, 8);
}

// The history is ordered by name: where the clock was set back, the newest name is counted on.
std::string new_generation_name(const std::filesystem::path& folder) {
  std::string name = new_name('g');
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

}  // namespace

struct IndexWriter::Impl {
  Index& index;
  FileLock lock;
  DocumentStore store;
  unsigned history_limit = kDefaultHistory;
  std::map<std::string, Manifest> candidates;  // built, not published

  Impl(Index& i, FileLock l) : index(i), lock(std::move(l)), store(i.folder() / "documents.db") {
    if (!index.impl_->documents) index.impl_->documents = std::make_unique<Sqlite>(folder() / "documents.db");
    // Another process may have published while this one waited for the lock.
    index.refresh();
    remove_orphans();
  }

  const std::filesystem::path& folder() const { return index.folder(); }
  std::filesystem::path segment_path(const std::string& name) const { return folder() / "segments" / name; }

  // ---- What to build.

  struct Plan {
    std::vector<std::pair<const LiveSegment*, std::vector<std::uint32_t>>>
        kept;                               // with all its erased documents
    std::vector<StoredDocument> documents;  // of the new segment
    bool full = false;
  };

  // Ordinals of the documents that changed or went since the published generation.
  struct Changes {
    std::vector<StoredDocument> changed;
    std::set<std::uint64_t> gone_from_segments;
  };

  bool must_build_all(const Settings& settings, const Generation& now, std::uint64_t changed,
                      const BuildOptions& options) const {
    if (options.force_full || index.needs_rebuild() || needs_reindex(now.settings(), settings)) return true;
    if (now.store_version() > store.version()) return true;  // the store was replaced by an older one
    return now.documents() == 0 ||
           static_cast<double>(changed) > kFullBuildShare * static_cast<double>(now.documents());
  }

  Plan plan_update(const Generation& now) const {
    Plan plan;
    std::set<std::uint64_t> gone;
    store.for_each_changed_since(now.store_version(), [&](const StoredDocument& document) {
      gone.insert(document.ordinal);
      plan.documents.push_back(document);
    });
    for (const std::uint64_t ordinal : store.erased_since(now.store_version())) gone.insert(ordinal);

    std::vector<std::pair<const LiveSegment*, std::vector<std::uint32_t>>> present;
    for (const LiveSegment& live : now.segments()) {
      std::vector<std::uint32_t> erased;
      for (std::uint32_t d = 0; live.live_count < live.segment->documents() && d < live.segment->documents();
           ++d)
        if (!live.live.test(d)) erased.push_back(d);
      for (const std::uint64_t ordinal : gone)
        if (const auto document = live.segment->find_ordinal(ordinal); document && live.live.test(*document))
          erased.push_back(*document);
      std::sort(erased.begin(), erased.end());
      present.emplace_back(&live, std::move(erased));
    }
    // From the smallest up: what is not much larger than all that is new joins it.
    std::sort(present.begin(), present.end(), [](const auto& a, const auto& b) {
      return a.first->segment->documents() < b.first->segment->documents();
    });
    for (auto& [live, erased] : present) {
      const std::uint64_t all = live->segment->documents();
      const std::uint64_t left = all - erased.size();
      const bool mostly_erased =
          static_cast<double>(erased.size()) > kMaxErasedShare * static_cast<double>(all);
      const bool small = !plan.documents.empty() && left <= kMergeFactor * plan.documents.size();
      if (left > 0 && !mostly_erased && !small) {
        plan.kept.emplace_back(live, std::move(erased));
        continue;
      }
      for (std::uint32_t d = 0; d < all; ++d)
        if (!std::binary_search(erased.begin(), erased.end(), d))
          plan.documents.push_back({live->segment->ordinal(d), std::string(live->segment->id(d)),
                                    std::string(live->segment->json(d))});
    }
    std::sort(plan.documents.begin(), plan.documents.end(),
              [](const auto& a, const auto& b) { return a.ordinal < b.ordinal; });
    return plan;
  }

  // ---- Building.

  using Add = std::function<void(const StoredDocument&)>;
  using Feed = std::function<void(const Add&)>;

  // Calls feed(add) with a function that takes the documents; returns the segment's name, or "" if
  // there was none.
  std::string build_segment(const Settings& settings, std::uint64_t expected, const BuildOptions& options,
                            std::uint64_t& analyzed, const Feed& feed) {
    if (expected == 0) return "";
    const unsigned cores =
        options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    const unsigned threads = expected < kThreadedDocuments ? 1U : cores;
    std::string name;
    if (options.builder && expected >= options.builder->least_documents)
      name = build_segment_apart(settings, expected, options, threads, analyzed, feed);
    if (name.empty()) name = build_segment_here(settings, expected, options, threads, analyzed, feed);
    if (options.progress) options.progress(analyzed, expected);
    sync_folder(folder() / "segments");
    return name;
  }

  std::string build_segment_here(const Settings& settings, std::uint64_t expected,
                                 const BuildOptions& options, unsigned threads, std::uint64_t& analyzed,
                                 const Feed& feed) {
    const Analyzer analyzer(
        index.resources(),
        AnalyzerSettings{settings.separator_tokens, settings.non_separator_tokens, settings.dictionary});
    const std::string name = new_name('s');
    SegmentBuilder builder(segment_path(name), settings, analyzer, {threads, options.low_priority});
    analyzed = 0;
    feed([&](const StoredDocument& document) {
      builder.add(document);
      if (++analyzed % 256 != 0) return;
      if (options.progress) options.progress(analyzed, expected);
      if (options.canceled && options.canceled()) throw Error(ErrorCode::Internal, "canceled");
    });
    builder.finish();
    return name;
  }

  // In a process of its own. One that dies is followed by another with one thread, which needs less
  // memory; "" where there can be none.
  std::string build_segment_apart(const Settings& settings, std::uint64_t expected,
                                  const BuildOptions& options, unsigned threads, std::uint64_t& analyzed,
                                  const Feed& feed) {
    const BuildWatch watch{[&](std::uint64_t done) {
                             if (options.progress) options.progress(done, expected);
                           },
                           options.canceled};
    std::string how_it_died;
    for (const unsigned attempt_threads : {threads, 1U}) {
      const std::string name = new_name('s');
      const SegmentOrder order{segment_path(name), settings, fingerprint_of(*index.resources()),
                               attempt_threads, options.low_priority};
      analyzed = 0;
      const BuildEnd end = build_in_process(
          *options.builder, order,
          [&](const Add& add) {
            feed([&](const StoredDocument& document) {
              add(document);
              ++analyzed;
            });
          },
          watch, how_it_died);
      if (end == BuildEnd::Done) return name;
      std::error_code ignored;
      std::filesystem::remove_all(segment_path(name), ignored);
      if (end != BuildEnd::Died) return "";
      log(LogLevel::Warning, "the builder of " + folder().string() + " was ended by " + how_it_died);
    }
    throw Error(ErrorCode::Internal, "The process that built the index was ended twice, the second time by " +
                                         how_it_died + ". It may have run out of memory.");
  }

  CandidateGeneration build(const Settings& settings, const BuildOptions& options) {
    const auto started = std::chrono::steady_clock::now();
    const auto now_served = index.generation();
    const Generation& before = *now_served;

    Manifest manifest;
    manifest.name = new_generation_name(folder());
    manifest.created_at = to_rfc3339(now());
    manifest.origin = options.origin;
    manifest.store_version = store.version();
    manifest.settings = serialize_settings(settings);
    manifest.fingerprint = fingerprint_of(*index.resources());

    BuildReport report;
    report.generation = manifest.name;
    const std::uint64_t changed = store.count_changed_since(before.store_version());
    report.full = must_build_all(settings, before, changed, options);
    std::string added;
    if (report.full) {
      added = build_segment(settings, store.count(), options, report.analyzed,
                            [&](const Add& add) { store.for_each(add); });
    } else {
      const Plan plan = plan_update(before);
      added = build_segment(settings, plan.documents.size(), options, report.analyzed, [&](const Add& add) {
        for (const StoredDocument& document : plan.documents) add(document);
      });
      for (const auto& [live, erased] : plan.kept)
        manifest.segments.push_back({live->segment->name(), erased});
    }
    if (!added.empty()) manifest.segments.push_back({added, {}});

    const auto generation = index.impl_->loader.open(manifest, Verify::Sizes);
    manifest.documents = generation->documents();
    manifest.bytes = generation->bytes();
    report.documents = manifest.documents;
    report.bytes = manifest.bytes;
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    candidates[manifest.name] = manifest;
    return {generation, report};
  }

  // ---- Publishing.

  void publish_manifest(const Manifest& manifest) {
    write_manifest(folder(), manifest);
    write_file_atomically(folder() / "CURRENT", manifest.name + "\n");
  }

  void publish(const CandidateGeneration& candidate, const Json& metrics) {
    Manifest manifest = candidates.at(candidate.report.generation);
    manifest.metrics = metrics;
    publish_manifest(manifest);
    candidates.erase(manifest.name);
    index.impl_->adopt(candidate.generation, manifest.fingerprint);
    prune();
    store.forget_erased(oldest_kept_version());
  }

  std::uint64_t oldest_kept_version() const {
    // Only the published generation is ever updated, so what it holds is enough.
    return index.generation()->store_version();
  }

  void prune() {
    std::vector<std::string> names = manifest_names(folder());
    const std::string current = index.generation()->name();
    std::erase(names, current);
    forget_refused(names);
    while (names.size() + 1 > std::max(1U, history_limit)) {
      std::error_code ignored;
      std::filesystem::remove(manifest_path(folder(), names.front()), ignored);
      names.erase(names.begin());
    }
    remove_orphans();
  }

  // A damaged generation that was set aside is no history.
  void forget_refused(std::vector<std::string>& names) {
    const std::lock_guard guard(index.impl_->mutex);
    if (index.impl_->refused.empty()) return;
    std::error_code ignored;
    std::filesystem::remove(manifest_path(folder(), index.impl_->refused), ignored);
    std::erase(names, index.impl_->refused);
    index.impl_->refused.clear();
  }

  // Segments that no manifest names: of crashed builds, or of generations that are gone.
  void remove_orphans() {
    std::set<std::string> named;
    for (const std::string& name : manifest_names(folder())) {
      try {
        for (const ManifestSegment& segment : read_manifest(folder(), name).segments)
          named.insert(segment.name);
      } catch (const Error& error) {
        log(LogLevel::Warning, error.what());
        return;  // what a damaged manifest names is not known, so nothing is removed
      }
    }
    for (const auto& [name, manifest] : candidates)
      for (const ManifestSegment& segment : manifest.segments) named.insert(segment.name);
    const auto served = index.generation();
    for (const LiveSegment& live : served->segments()) named.insert(live.segment->name());
    std::error_code ignored;
    std::vector<std::filesystem::path> orphans;
    for (const auto& entry : std::filesystem::directory_iterator(folder() / "segments", ignored))
      if (!named.contains(entry.path().filename().string())) orphans.push_back(entry.path());
    for (const auto& path : orphans) std::filesystem::remove_all(path, ignored);
  }

  // Makes the documents of the store those of the generation, under the ordinals that its segments know.
  void put_back(const Generation& generation) {
    std::unordered_set<std::string> others;  // documents that the generation does not have
    std::unordered_map<std::string, DocumentOrigin> from_clients;
    store.for_each([&](const StoredDocument& document) {
      others.insert(document.id);
      if (document.origin != DocumentOrigin::Files) from_clients.emplace(document.id, document.origin);
    });
    for (const LiveSegment& live : generation.segments()) {
      for (std::uint32_t d = 0; d < live.segment->documents(); ++d) {
        if (!live.live.test(d)) continue;
        const StoredDocument document{live.segment->ordinal(d), std::string(live.segment->id(d)),
                                      std::string(live.segment->json(d))};
        const auto from_client = from_clients.find(document.id);
        store.put_back(document,
                       from_client == from_clients.end() ? DocumentOrigin::Files : from_client->second);
        others.erase(document.id);
      }
    }
    for (const std::string& id : others) store.erase(id);
  }

  void rollback(const std::string& name) {
    Manifest manifest = read_manifest(folder(), name);
    const auto generation = index.impl_->loader.open(manifest, Verify::Checksums);
    store.begin();
    put_back(*generation);
    store.commit();
    manifest.name = new_generation_name(folder());
    manifest.created_at = to_rfc3339(now());
    manifest.origin = "rollback to " + name;
    manifest.store_version = store.version();
    publish_manifest(manifest);
    index.impl_->adopt(index.impl_->loader.open(manifest, Verify::Sizes), manifest.fingerprint);
    prune();
  }
};

IndexWriter::IndexWriter(Index& index, const std::string& holder, Wait wait) {
  const std::filesystem::path path = index.folder() / "lock";
  auto lock = FileLock::try_lock(path, holder);
  if (!lock && wait == Wait::No) {
    const std::string who = FileLock::holder(path);
    throw Error(ErrorCode::IoError, "The index in " + index.folder().string() + " is being written by " +
                                        (who.empty() ? "another process" : who) + ".");
  }
  impl_ = std::make_unique<Impl>(index, lock ? std::move(*lock) : FileLock::lock(path, holder));
}

IndexWriter::~IndexWriter() = default;

DocumentStore& IndexWriter::documents() { return impl_->store; }

CandidateGeneration IndexWriter::build(const Settings& settings, const BuildOptions& options) {
  try {
    return impl_->build(settings, options);
  } catch (const Xapian::Error& error) {
    impl_->remove_orphans();
    throw xapian_failure("build the index", error);
  } catch (const std::filesystem::filesystem_error& error) {
    impl_->remove_orphans();
    throw_errno(error.code().value(), "build the index in " + impl_->folder().string());
  } catch (...) {
    impl_->remove_orphans();
    throw;
  }
}

void IndexWriter::publish(const CandidateGeneration& candidate, const Json& metrics) {
  impl_->publish(candidate, metrics);
}

void IndexWriter::discard(const CandidateGeneration& candidate) {
  impl_->candidates.erase(candidate.report.generation);
  impl_->remove_orphans();
}

std::vector<GenerationInfo> IndexWriter::history() const { return generation_history(impl_->index); }

void IndexWriter::set_history_limit(unsigned generations) { impl_->history_limit = generations; }

std::shared_ptr<const Generation> IndexWriter::open_generation(const std::string& name) const {
  return impl_->index.impl_->loader.open(read_manifest(impl_->folder(), name), Verify::Sizes);
}

void IndexWriter::rollback(const std::string& name) { impl_->rollback(name); }

std::vector<std::string> check_index(const std::filesystem::path& folder) {
  std::vector<std::string> problems;
  const auto note = [&](const Error& error, const std::string& advice) {
    problems.push_back(std::string(error.what()) + " " + advice);
  };
  std::set<std::string> segments;
  const std::vector<std::string> names = manifest_names(folder);
  if (!names.empty() && std::find(names.begin(), names.end(), published_name(folder)) == names.end())
    problems.push_back((folder / "CURRENT").string() +
                       " names no generation that is there. The newest one is served and the index rebuilt "
                       "at the next start.");
  for (const std::string& name : names) {
    try {
      for (const ManifestSegment& segment : read_manifest(folder, name).segments)
        segments.insert(segment.name);
    } catch (const Error& error) {
      note(error, "It is set aside at the next start; the documents are not touched by it.");
    }
  }
  for (const std::string& name : segments) {
    try {
      read_segment_folder(folder / "segments" / name, Verify::Checksums);
    } catch (const Error& error) {
      note(error,
           "It is rebuilt from the stored documents at the next start, or now by `nunmul index --rebuild`.");
    }
  }
  try {
    for (const std::string& id : DocumentStore(folder / "documents.db").check())
      problems.push_back("The stored document `" + id + "` is damaged. Send it again.");
  } catch (const Error& error) {
    note(error, "The stored documents cannot be read: restore documents.db from a backup.");
  }
  return problems;
}

}  // namespace nunmul
