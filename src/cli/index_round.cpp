// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/index_round.h"

#include <chrono>
#include <exception>
#include <iostream>
#include <optional>
#include <thread>
#include <unordered_set>

#include "base/files.h"
#include "base/hash.h"
#include "cli/input_state.h"
#include "cli/new_index.h"
#include "cli/rules_file.h"
#include "cli/shrink_guard.h"
#include "cli/stored_document.h"
#include "engine/data_dir.h"
#include "engine/data_folder.h"
#include "engine/index_record.h"
#include "engine/store_fit.h"
#include "index/index.h"

namespace nunmul {
namespace {

constexpr std::chrono::milliseconds kLockInterval{50};
constexpr const char* kPrimaryKey = "id";

void apply_settings_file(Settings& settings, const std::string& file) {
  try {
    Json patch = parse_json(read_file(file));
    if (patch.is_object() && patch.contains("nunmul")) {
      apply_own_settings(settings, patch["nunmul"]);
      patch.erase("nunmul");
    }
    apply_settings(settings, patch);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::IoError) throw;
    throw Error(ErrorCode::InvalidInput, file + ": " + error.what());
  }
}

// What the files of the job make of the settings.
Settings settings_from(Settings settings, const IndexJob& job) {
  if (!job.settings_file.empty()) apply_settings_file(settings, job.settings_file);
  if (!job.rules_file.empty()) apply_rules_file(settings, job.rules_file);
  return settings;
}

class Round {
 public:
  Round(const IndexJob& job, const std::shared_ptr<const LanguageResources>& resources, ProgressBar& progress,
        const std::function<bool()>& stopped)
      : job_(job), resources_(resources), progress_(progress), stopped_(stopped) {
    report_.index = job.data.index;
  }

  IndexReport run() {
    if (job_.dry_run && !find_row()) {
      count_as_new();
    } else {
      open_and_index();
    }
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    return std::move(report_);
  }

 private:
  void open_and_index() {
    try {
      open();
      index_files();
    } catch (...) {
      take_back();
      throw;
    }
    if (report_.outcome == IndexOutcome::BadInput || report_.outcome == IndexOutcome::Refused) take_back();
  }

  void take_back() {
    writer_.reset();
    index_.reset();
    if (place_) place_->take_back();
  }

  std::optional<IndexRow> find_row() const {
    const std::filesystem::path data_dir = job_.data.data_dir;
    std::error_code error;
    if (!std::filesystem::exists(data_dir / "store.db", error) && !error) {
      require_data_folder(data_dir);
      require_no_documents(data_dir);
      return std::nullopt;
    }
    return DataDir(job_.data.data_dir, StoreUse::Read).find_index(job_.data.index);
  }

  // A dry run where there is no index yet.
  void count_as_new() {
    settings_from(Settings{}, job_);
    read_inputs([&](const EntryDocument& document) { note(PutOutcome::Added, document); });
    report_.documents = report_.added;
    report_.outcome = may_go_on() ? IndexOutcome::DryRun : IndexOutcome::BadInput;
  }

  // ---- Opening.

  DataDir& data() { return place_->data(); }

  void open() {
    settings_from(Settings{}, job_);  // a wrong file makes no index
    do {
      writer_.reset();
      place_ = std::make_unique<NewIndex>(job_.data, kPrimaryKey);
      index_ =
          std::make_unique<Index>(data().folder(place_->row()), resources_, expectation_of(place_->row()));
      index_->make_folders();
      wait_for_lock();
      writer_ = std::make_unique<IndexWriter>(*index_, lock_holder("index"), IndexWriter::Wait::Yes);
    } while (!take_row());
    writer_->set_history_limit(job_.keep);
  }

  // The row as whoever held the lock has left it; false where they took the index back that they had made.
  bool take_row() {
    const std::optional<IndexRow> row = data().find_index(job_.data.index);
    if (!row || row->number != place_->row().number) return false;
    row_ = *row;
    return true;
  }

  void wait_for_lock() {
    const std::filesystem::path lock = index_->folder() / "lock";
    for (bool told = false; !FileLock::try_lock(lock, lock_holder("index")); told = true) {
      if (!told)
        std::cerr << "waiting for " << FileLock::holder(lock) << ", which is writing the index "
                  << job_.data.index << "\n";
      go_on_or_stop();
      std::this_thread::sleep_for(kLockInterval);
    }
  }

  void go_on_or_stop() const {
    if (stopped_()) throw Stopped{};
  }

  // ---- Documents.

  std::string_view primary_key() const {
    return row_.primary_key ? std::string_view(*row_.primary_key) : kPrimaryKey;
  }

  // Passes on each entry that can be stored; what cannot becomes a problem of its file.
  void read_inputs(const std::function<void(const EntryDocument&)>& take) {
    std::exception_ptr failure;  // of the store; what a sink throws counts as a problem of the input
    std::vector<ImportProblem> unfit;
    std::uint64_t count = 0;
    report_.import = import_each(job_.inputs, job_.import, [&](Entry&& entry) {
      if (failure) return;
      try {
        if (++count % 256 == 0) step(count);
        if (const auto document = fit_document(entry, unfit)) take(*document);
      } catch (...) {
        failure = std::current_exception();
      }
    });
    if (failure) std::rethrow_exception(failure);
    report_.import.problems.insert(report_.import.problems.end(), unfit.begin(), unfit.end());
  }

  void step(std::uint64_t count) {
    progress_.update("reading entries", count, 0);
    go_on_or_stop();
  }

  std::optional<EntryDocument> fit_document(const Entry& entry, std::vector<ImportProblem>& unfit) const {
    try {
      return document_of(entry, primary_key());
    } catch (const Error& error) {
      unfit.push_back({entry.source, entry.line, error.what()});
      return std::nullopt;
    }
  }

  bool may_go_on() const { return report_.import.problems.empty() || job_.keep_going; }

  void note(PutOutcome outcome, const EntryDocument& document) {
    switch (outcome) {
      case PutOutcome::Unchanged:
        ++report_.unchanged;
        return;
      case PutOutcome::Added:
        return count(report_.added, report_.added_titles, document.json, document.id);
      case PutOutcome::Changed:
        return count(report_.changed, report_.changed_titles, document.json, document.id);
      case PutOutcome::Kept:
        return count(report_.kept, report_.kept_titles, document.json, document.id);
    }
  }

  void count(std::uint64_t& number, std::vector<std::string>& titles, std::string_view json,
             std::string_view id) const {
    ++number;
    if (job_.titles) titles.push_back(title_of(json, id));
  }

  void store_documents() {
    DocumentStore& documents = writer_->documents();
    const std::uint64_t before = documents.count();
    std::unordered_set<std::uint64_t> seen;  // hashes of identifiers: half the memory of a million strings
    if (job_.edits == Edits::Overwrite) documents.forget_edits();
    read_inputs([&](const EntryDocument& document) {
      seen.insert(hash64(document.id));
      note(documents.put(document.id, document.json, DocumentOrigin::Files, job_.edits), document);
    });
    entries_ = count_entries(job_.inputs, report_.import);
    if (report_.import.problems.empty()) remove_others(seen);
    report_.documents = documents.count();
    if (!job_.allow_shrink) report_.refusal = find_shrinkage(before);
  }

  // Entries that came from files before and are in none of them now go, unless a client has changed them.
  void remove_others(const std::unordered_set<std::uint64_t>& seen) {
    DocumentStore& documents = writer_->documents();
    const auto json_of = [&](const std::string& id) {
      return job_.titles ? documents.find(id).value_or("") : "";
    };
    for (const std::string& id : documents.ids_of(DocumentOrigin::Files)) {
      if (seen.contains(hash64(id)) || is_outside_of_window(id)) continue;
      count(report_.removed, report_.removed_titles, json_of(id), id);
      documents.erase(id);
    }
    for (const std::string& id : documents.ids_of(DocumentOrigin::Edited))
      if (!seen.contains(hash64(id))) count(report_.kept, report_.kept_titles, json_of(id), id);
  }

  // Whether the document comes from a feed, which lists the newest only, and does not withdraw it.
  bool is_outside_of_window(const std::string& id) const {
    const std::set<std::string>& windows = report_.import.windows;
    if (windows.empty() || report_.import.withdrawn.contains(id)) return false;
    const auto json = writer_->documents().find(id);
    if (!json) return false;
    const auto source = text_field(*json, "source");
    return source && windows.contains(*source);
  }

  std::string find_shrinkage(std::uint64_t documents_before) const {
    const auto last_run = read_input_state(index_->folder());
    return shrink_refusal({documents_before, report_.removed, report_.import.count,
                           last_run ? last_run->entries : EntryCounts{}, entries_});
  }

  // ---- Generations.

  void index_files() {
    DocumentStore& documents = writer_->documents();
    const Settings settings = settings_from(row_.settings, job_);
    report_.settings_changed = settings != row_.settings;
    documents.begin();
    const std::optional<std::string> inputs = hash_of_inputs(job_, primary_key());
    if (!inputs || job_.rebuild || !is_stored(*inputs)) store_documents();
    if (!may_go_on() || !report_.refusal.empty()) {
      documents.rollback();
      report_.outcome = may_go_on() ? IndexOutcome::Refused : IndexOutcome::BadInput;
      return;
    }
    const auto published = index_->opened();
    const bool is_current = documents.version() == published->store_version() &&
                            settings == published->settings() && !index_->problem() &&
                            !index_->needs_rebuild();
    if (is_current && !job_.rebuild) {
      keep(*published, settings);
      return remember(inputs);
    }
    if (job_.dry_run && job_.gate.judged.empty()) {
      documents.rollback();
      report_.bytes = published->bytes();
      report_.outcome = IndexOutcome::DryRun;
      return;
    }
    build_and_publish(*published, settings);
    remember(inputs);
  }

  std::uint64_t documents_of_files() const {
    return writer_->documents().ids_of(DocumentOrigin::Files).size();
  }

  // Whether the documents are what the same files gave the run before.
  bool is_stored(const std::string& inputs) {
    if (job_.edits == Edits::Overwrite) return false;
    const auto before = read_input_state(index_->folder());
    if (!before || before->hash != inputs || before->store_version != writer_->documents().version() ||
        before->documents != documents_of_files() || is_due(*before))
      return false;
    if (job_.titles && before->kept > 0) return false;  // they are to be named
    entries_ = before->entries;
    if (before->due != 0) report_.import.due = time_of_micros(before->due);
    report_.import.files = before->files;
    report_.import.count = before->unchanged + before->kept;
    report_.unchanged = before->unchanged;
    report_.kept = before->kept;
    report_.documents = writer_->documents().count();
    return true;
  }

  // Whether an entry that was left out is to be published by now.
  static bool is_due(const InputState& before) { return before.due != 0 && before.due <= micros_of(now()); }

  // For the next run. It reads the files again if there is something that it has to tell again.
  void remember(const std::optional<std::string>& inputs) {
    const ImportReport& import = report_.import;
    const bool is_done =
        report_.outcome == IndexOutcome::Published || report_.outcome == IndexOutcome::Unchanged;
    if (!import.problems.empty() || !is_done || job_.dry_run) return;
    const bool is_told = import.warnings.empty() && import.doubtful.empty();
    const InputState state{is_told ? inputs.value_or("") : "",
                           writer_->documents().version(),
                           documents_of_files(),
                           import.files,
                           report_.added + report_.changed + report_.unchanged,
                           report_.kept,
                           entries_,
                           import.due ? micros_of(*import.due) : 0};
    if (read_input_state(index_->folder()) != state) write_input_state(index_->folder(), state);
  }

  // Nothing is to be built. Origins may have changed, and are kept.
  void keep(const Generation& published, const Settings& settings) {
    if (!job_.gate.judged.empty()) report_.gate = ask_gate(job_.gate, nullptr, published);
    job_.dry_run ? writer_->documents().rollback() : writer_->documents().commit();
    if (!job_.dry_run) {
      store_row(settings);
      record();
    }
    report_.bytes = published.bytes();
    report_.generation = published.name();
    report_.outcome =
        report_.gate && !report_.gate->refusal.empty() ? IndexOutcome::Refused : IndexOutcome::Unchanged;
  }

  void build_and_publish(const Generation& published, const Settings& settings) {
    DocumentStore& documents = writer_->documents();
    const CandidateGeneration candidate = build(settings);
    report_.bytes = candidate.report.bytes;
    report_.full = candidate.report.full;
    report_.generation = candidate.report.generation;
    ask(published, candidate);
    const bool is_refused = report_.gate && !report_.gate->refusal.empty();
    if (is_refused || job_.dry_run) {
      report_.outcome = is_refused ? IndexOutcome::Refused : IndexOutcome::DryRun;
      return writer_->abandon(candidate);
    }
    PublishSteps steps;
    steps.committed = [&] { store_row(settings); };
    if (report_.gate)
      steps.metrics = to_json(report_.gate->evaluation.overall, report_.gate->evaluation.queries.size());
    writer_->commit_and_publish(&candidate, steps);
    data().store().touch_index(job_.data.index, documents.version());
    record();
    report_.outcome = IndexOutcome::Published;
  }

  void ask(const Generation& published, const CandidateGeneration& candidate) {
    if (job_.gate.judged.empty()) return;
    try {
      report_.gate = ask_gate(job_.gate, &published, *candidate.generation);
    } catch (...) {
      writer_->abandon(candidate);
      throw;
    }
  }

  CandidateGeneration build(const Settings& settings) {
    BuildOptions options;
    options.origin = "files";
    options.force_full = job_.rebuild;
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
      progress_.update("indexing", done, total);
    };
    options.canceled = stopped_;
    try {
      return writer_->build(settings, options);
    } catch (const Error&) {
      if (stopped_()) throw Stopped{};
      throw;
    }
  }

  void store_row(const Settings& settings) {
    if (settings != row_.settings) data().store().set_settings(job_.data.index, settings);
    if (!row_.primary_key) data().store().set_primary_key(job_.data.index, kPrimaryKey);
  }

  void record() {
    if (const auto row = data().find_index(job_.data.index)) record_index(index_->folder(), *row);
  }

  const IndexJob& job_;
  const std::shared_ptr<const LanguageResources>& resources_;
  ProgressBar& progress_;
  const std::function<bool()>& stopped_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  IndexReport report_;
  EntryCounts entries_;  // of the files read
  std::unique_ptr<NewIndex> place_;
  IndexRow row_;
  std::unique_ptr<Index> index_;
  std::unique_ptr<IndexWriter> writer_;
};

}  // namespace

IndexReport run_index_round(const IndexJob& job, const std::shared_ptr<const LanguageResources>& resources,
                            ProgressBar& progress, const std::function<bool()>& stopped) {
  return Round(job, resources, progress, stopped).run();
}

}  // namespace nunmul
