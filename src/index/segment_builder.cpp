// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment_builder.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include <xapian.h>

#include "base/error.h"
#include "base/files.h"
#include "index/segment_assembly.h"
#include "index/segment_files.h"
#include "index/segment_part.h"
#include "index/xapian_error.h"

namespace nunmul {
namespace {

constexpr std::size_t kPartDocuments = 4'000;        // where Xapian builds fastest with our terms
constexpr std::size_t kPartBytes = 8 * 1024 * 1024;  // bounds memory when documents are long

// Documents on their way into a part.
struct Batch {
  std::size_t number = 0;
  std::vector<StoredDocument> documents;
  std::size_t bytes = 0;
};

void yield_to_searches() {
  // Linux gives each thread its own nice value.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid)), kLowPriorityNice);
}

}  // namespace

struct SegmentBuilder::Impl {
  std::filesystem::path folder;
  const Settings& settings;
  const Analyzer& analyzer;
  SegmentBuilderOptions options;

  Batch batch;
  std::size_t batches = 0;
  bool finished = false;

  std::vector<std::unique_ptr<PartBuilder>> builders;  // of each thread
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Batch> waiting;                 // guarded by mutex
  std::map<std::size_t, SegmentPart> parts;  // guarded by mutex
  std::exception_ptr failure;                // guarded by mutex
  bool closed = false;                       // guarded by mutex
  std::vector<std::jthread> threads;

  Impl(const std::filesystem::path& where, const Settings& s, const Analyzer& a,
       const SegmentBuilderOptions& o)
      : folder(where), settings(s), analyzer(a), options(o) {
    builders.push_back(std::make_unique<PartBuilder>(settings, analyzer));
  }

  ~Impl() {
    close();
    threads.clear();
    if (!finished) {
      std::error_code ignored;
      std::filesystem::remove_all(folder, ignored);
    }
  }

  void close() {
    const std::lock_guard lock(mutex);
    closed = true;
    changed.notify_all();
  }

  void start_threads() {
    for (unsigned t = 0; t < options.threads; ++t) {
      if (t > 0) builders.push_back(std::make_unique<PartBuilder>(settings, analyzer));
      threads.emplace_back([this, t, builder = builders[t].get()] { work(t, *builder); });
    }
  }

  void work(std::size_t thread, PartBuilder& builder) {
    if (options.low_priority) yield_to_searches();
    for (;;) {
      Batch next;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return closed || failure || !waiting.empty(); });
        // One failure fails the whole, and leaves the builder it happened in half way through a document.
        if (failure || waiting.empty()) return;
        next = std::move(waiting.front());
        waiting.pop_front();
        changed.notify_all();
      }
      try {
        SegmentPart part = make_part(next, thread, builder);
        const std::lock_guard lock(mutex);
        parts.emplace(next.number, std::move(part));
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!failure) failure = std::current_exception();
        changed.notify_all();
      }
    }
  }

  void flush_batch() {
    Batch full = std::move(batch);
    batch = {};
    batch.number = ++batches;
    if (options.threads <= 1) {
      parts.emplace(full.number, make_part(full, 0, *builders[0]));
      return;
    }
    if (threads.empty()) start_threads();
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return failure || waiting.size() < options.threads; });
    if (failure) std::rethrow_exception(failure);
    waiting.push_back(std::move(full));
    changed.notify_all();
  }

  SegmentPart make_part(const Batch& documents, std::size_t thread, PartBuilder& builder) const {
    try {
      SegmentPart part =
          builder.build(folder / ("part-" + std::to_string(documents.number)), documents.documents);
      part.thread = thread;
      return part;
    } catch (const Xapian::Error& error) {
      throw postings_failure(error);
    }
  }

  Error postings_failure(const Xapian::Error& error) const {
    return xapian_failure("write the postings of " + folder.string(), error);
  }

  void finish() {
    if (!batch.documents.empty()) flush_batch();
    close();
    threads.clear();
    if (failure) std::rethrow_exception(failure);

    std::vector<const DocumentBuilder*> numbers;
    for (const auto& builder : builders) numbers.push_back(&builder->builder());
    Json description = assemble_segment(folder, parts, numbers);
    for (const auto& [number, part] : parts) part.remove_files();
    finish_segment_folder(folder, std::move(description));
    finished = true;
  }
};

SegmentBuilder::SegmentBuilder(const std::filesystem::path& folder, const Settings& settings,
                               const Analyzer& analyzer, const SegmentBuilderOptions& options)
    : impl_(std::make_unique<Impl>(folder, settings, analyzer, options)) {
  std::error_code error;
  if (!std::filesystem::create_directory(folder, error))
    throw_errno(error ? error.value() : EEXIST, "make " + folder.string());
  impl_->batch.number = ++impl_->batches;
}

SegmentBuilder::~SegmentBuilder() = default;

void SegmentBuilder::add(const StoredDocument& document) {
  Batch& batch = impl_->batch;
  batch.bytes += document.json.size();
  batch.documents.push_back(document);
  if (batch.documents.size() >= kPartDocuments || batch.bytes >= kPartBytes) impl_->flush_batch();
}

void SegmentBuilder::finish() {
  try {
    impl_->finish();
  } catch (const Xapian::Error& error) {
    throw impl_->postings_failure(error);
  }
}

}  // namespace nunmul
