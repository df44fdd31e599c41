// SPDX-License-Identifier: GPL-2.0-or-later
// Builds and publishes generations. Little that changed becomes a small segment of its own beside those
// that are there; small segments are put together with it now and then, so that their number grows
// with the logarithm of the documents. Much that changed makes a new segment of everything.
#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

#include <xapian.h>

#include "base/error.h"
#include "base/files.h"
#include "base/log.h"
#include "base/time.h"
#include "index/document_recovery.h"
#include "index/generation_history.h"
#include "index/generation_loader.h"
#include "index/index.h"
#include "index/index_check.h"
#include "index/index_state.h"
#include "index/part_name.h"
#include "index/segment_builder.h"
#include "index/segment_marks.h"
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

}  // namespace

struct IndexWriter::Impl {
  Index& index;
  FileLock lock;
  DocumentStore store;
  SegmentMarks marks;
  unsigned history_limit = kDefaultHistory;
  std::map<std::string, Manifest> candidates;  // built, not published

  Impl(Index& i, FileLock l)
      : index(i), lock(std::move(l)), store(i.impl_->documents_file()), marks(i.folder()) {
    if (!index.impl_->documents)
      index.impl_->documents = std::make_unique<Sqlite>(index.impl_->documents_file());
    // Another process may have published while this one waited for the lock.
    index.refresh();
    // Documents that are older than what is served are another folder's, put in the place of this one.
    require_documents(folder(),
                      std::max(index.impl_->expected.least_version, index.opened()->store_version()));
    remove_cut_off_writes();
    sweep();
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
    if (!store.knows_erased_since(now.store_version())) return true;
    return now.documents() == 0 ||
           static_cast<double>(changed) > kFullBuildShare * static_cast<double>(now.documents());
  }

  DocumentOrigin origin_of(const Segment& segment, std::uint32_t document) const {
    if (const auto origin = segment.origin(document)) return *origin;
    return store.find_origin(segment.id(document)).value_or(DocumentOrigin::Client);
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
          plan.documents.push_back(live->segment->stored(d, origin_of(*live->segment, d)));
    }
    std::sort(plan.documents.begin(), plan.documents.end(),
              [](const auto& a, const auto& b) { return a.ordinal < b.ordinal; });
    return plan;
  }

  // ---- Building.

  // Marked, so that it goes if it is never published.
  std::string new_segment() const {
    std::string name = new_part_name(Part::Segment);
    marks.mark(name);
    return name;
  }

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
    const std::string name = new_segment();
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
      const std::string name = new_segment();
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
      sweep();  // what it had written
      if (end != BuildEnd::Died) return "";
      log(LogLevel::Warning, "the builder of " + folder().string() + " was ended by " + how_it_died);
    }
    throw Error(ErrorCode::Internal, "The process that built the index was ended twice, the second time by " +
                                         how_it_died + ". It may have run out of memory.");
  }

  CandidateGeneration build(const Settings& settings, const BuildOptions& options) {
    const auto started = std::chrono::steady_clock::now();
    const auto now_served = index.opened();
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
      if (index.problem()) store.require_sound();  // there is nothing else to go by
      added = build_segment(settings, store.count(), options, report.analyzed,
                            [&](const Add& add) { store.for_each(add); });
      require_all(report.analyzed);
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

  // A damaged database may have fewer documents than it says.
  void require_all(std::uint64_t documents) const {
    if (documents == store.count()) return;
    throw Error(ErrorCode::IoError, index.impl_->documents_file().string() + " is damaged: it has " +
                                        std::to_string(documents) + " of " + std::to_string(store.count()) +
                                        " documents. `nunmul check` says what to do.");
  }

  // ---- Publishing.

  void publish(const CandidateGeneration& candidate, const Json& metrics) {
    Manifest manifest = candidates.at(candidate.report.generation);
    manifest.metrics = metrics;
    publish_manifest(folder(), manifest);
    candidates.erase(manifest.name);
    index.impl_->adopt(candidate.generation, manifest.fingerprint);
    prune();
    // Everything was just built anew, so what no generation names can be of use to nobody.
    if (candidate.report.full) marks.mark_others(published_segments());
    sweep();
    // Only the published generation is ever updated, so what it holds is enough.
    store.forget_erased(candidate.generation->store_version());
  }

  // Generations of the history that are too many.
  void prune() {
    std::vector<std::string> names = manifest_names(folder());
    set_aside_refused(names);
    std::erase(names, index.opened()->name());
    const std::size_t kept = std::max(1U, history_limit) - 1;
    if (names.size() <= kept) return;
    const std::vector<std::string> too_many(names.begin(), names.end() - static_cast<std::ptrdiff_t>(kept));
    const std::set<std::string> still_named = published_segments(too_many);
    for (const std::string& name : too_many) remove_generation(name, still_named);
  }

  void remove_generation(const std::string& name, const std::set<std::string>& still_named) const {
    try {
      for (const ManifestSegment& segment : read_manifest(folder(), name).segments)
        if (!still_named.contains(segment.name)) marks.mark(segment.name);
    } catch (const Error&) {
      return set_aside(name);
    }
    std::error_code ignored;
    std::filesystem::remove(manifest_path(folder(), name), ignored);
  }

  // A damaged generation is no history.
  void set_aside_refused(std::vector<std::string>& names) {
    std::string refused;
    {
      const std::lock_guard guard(index.impl_->mutex);
      refused = std::exchange(index.impl_->refused, "");
    }
    if (std::erase(names, refused) > 0) set_aside(refused);
  }

  void set_aside(const std::string& name) const {
    const std::filesystem::path aside = folder() / "generations" / (name + ".damaged");
    log(LogLevel::Warning, "generation " + name + " is set aside as " + aside.string());
    std::error_code ignored;
    std::filesystem::rename(manifest_path(folder(), name), aside, ignored);
  }

  // But for the published one, which is set aside when another is published.
  void set_aside_damaged() {
    const std::string published = published_name(folder());
    for (const std::string& name : manifest_names(folder())) {
      if (name == published) continue;
      try {
        index.impl_->loader.open(read_manifest(folder(), name), Verify::Checksums);
      } catch (const Error& error) {
        log(LogLevel::Warning, error.what());
        set_aside(name);
      }
    }
    sweep();
  }

  // Segments that a generation names, these left out. A damaged one is not known to name any.
  std::set<std::string> published_segments(const std::vector<std::string>& left_out = {}) const {
    std::set<std::string> segments;
    for (const std::string& name : manifest_names(folder())) {
      if (std::find(left_out.begin(), left_out.end(), name) != left_out.end()) continue;
      try {
        for (const ManifestSegment& segment : read_manifest(folder(), name).segments)
          segments.insert(segment.name);
      } catch (const Error&) {  // whoever opens it says so
      }
    }
    return segments;
  }

  void sweep() const {
    if (marks.has_none()) return;
    std::set<std::string> in_use;
    for (const auto& [name, manifest] : candidates)
      for (const ManifestSegment& segment : manifest.segments) in_use.insert(segment.name);
    const auto opened = index.opened();
    for (const LiveSegment& live : opened->segments()) in_use.insert(live.segment->name());
    marks.sweep(published_segments(), in_use);
  }

  void remove_cut_off_writes() const {
    for (const auto& where : {folder(), folder() / "generations"}) {
      std::error_code error;
      std::vector<std::filesystem::path> files;
      for (const auto& entry : std::filesystem::directory_iterator(where, error))
        if (is_cut_off_write(entry.path().filename().string())) files.push_back(entry.path());
      for (const auto& file : files) std::filesystem::remove(file, error);
    }
  }

  void rollback(const std::string& name) {
    Manifest manifest = read_manifest(folder(), name);
    const auto generation = index.impl_->loader.open(manifest, Verify::Checksums);
    store.begin();
    put_back(store, generation->segments(), DocumentOrigin::Files);
    store.commit();
    manifest.name = new_generation_name(folder());
    manifest.created_at = to_rfc3339(now());
    manifest.origin = "rollback to " + name;
    manifest.store_version = store.version();
    publish_manifest(folder(), manifest);
    index.impl_->adopt(index.impl_->loader.open(manifest, Verify::Sizes), manifest.fingerprint);
    prune();
    sweep();
  }
};

IndexWriter::IndexWriter(Index& index, const std::string& holder, Wait wait) {
  index.make_folders();
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
    impl_->sweep();
    throw xapian_failure("build the index", error);
  } catch (const std::filesystem::filesystem_error& error) {
    impl_->sweep();
    throw_errno(error.code().value(), "build the index in " + impl_->folder().string());
  } catch (...) {
    impl_->sweep();
    throw;
  }
}

void IndexWriter::commit_and_publish(const CandidateGeneration* candidate, const PublishSteps& steps) {
  try {
    if (steps.in_transaction) steps.in_transaction();
    documents().commit();
  } catch (...) {
    candidate ? abandon(*candidate) : documents().rollback();
    throw;
  }
  if (steps.committed) steps.committed();
  if (!candidate) return;
  const auto publish_it = [&] { publish(*candidate, steps.metrics); };
  steps.insist ? steps.insist(publish_it) : publish_it();
}

void IndexWriter::publish(const CandidateGeneration& candidate, const Json& metrics) {
  impl_->publish(candidate, metrics);
}

void IndexWriter::discard(const CandidateGeneration& candidate) {
  impl_->candidates.erase(candidate.report.generation);
  impl_->sweep();
}

void IndexWriter::abandon(const CandidateGeneration& candidate) {
  documents().rollback();
  discard(candidate);
}

void IndexWriter::set_history_limit(unsigned generations) { impl_->history_limit = generations; }

void IndexWriter::rollback(const std::string& name) { impl_->rollback(name); }

void IndexWriter::set_aside_damaged() { impl_->set_aside_damaged(); }

}  // namespace nunmul
