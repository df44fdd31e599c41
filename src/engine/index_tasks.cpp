// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/index_tasks.h"

#include <algorithm>

#include "base/log.h"
#include "index/generation_history.h"

namespace nunmul {
namespace {

constexpr std::chrono::seconds kRebuildInterval{10};  // where an index could not be built

MissingIndex missing_index(const Task& task) {
  const bool may_make_it = task.content.contains("create") && task.content["create"].get<bool>();
  return may_make_it ? MissingIndex::Create : MissingIndex::Fail;
}

TaskOutcome no_index(const Task& task) {
  return failed_outcome(task, ErrorCode::IndexNotFound,
                        "Index `" + task.index_uid.value_or("") + "` not found.");
}

// `version` is that of the documents.
bool is_behind(const Index& index, std::uint64_t version) {
  return index.problem() || index.needs_rebuild() || version != index.opened()->store_version();
}

}  // namespace

AppliedTasks IndexTasks::apply(const std::vector<Task>& tasks) {
  std::vector<TaskOutcome> outcomes;
  std::shared_ptr<const CatalogEntry> entry;
  // Tasks that may not make the index fail, up to the first that may.
  auto first = tasks.begin();
  for (; first != tasks.end(); ++first) {
    entry = open(*first->index_uid, missing_index(*first));
    if (entry) break;
    outcomes.push_back(no_index(*first));
  }
  if (!entry) return {std::move(outcomes), std::nullopt, nullptr};
  AppliedTasks applied = apply_to(*entry, {first, tasks.end()});
  applied.outcomes.insert(applied.outcomes.begin(), outcomes.begin(), outcomes.end());
  return applied;
}

std::shared_ptr<const CatalogEntry> IndexTasks::open(const std::string& uid, MissingIndex missing) {
  if (missing == MissingIndex::Create)
    store_.ensure_index(uid);
  else if (!store_.find_index(uid))
    return nullptr;
  if (auto entry = catalog_.find(uid)) return entry;
  catalog_.refresh();
  if (auto entry = catalog_.find(uid)) return entry;
  throw Error(ErrorCode::Internal, "Index `" + uid + "` cannot be opened; the log of the server says why.");
}

AppliedTasks IndexTasks::apply_to(const CatalogEntry& entry, const std::vector<Task>& tasks) {
  auto writer = waits_.open_writer(*entry.index);
  // Another process may have changed the settings before it let go of the lock.
  const std::optional<IndexRow> row = store_.find_index(entry.row.uid);
  if (!row || row->number != entry.row.number)
    throw Error(ErrorCode::IndexNotFound, "Index `" + entry.row.uid + "` not found.");
  DocumentStore& documents = writer->documents();
  std::vector<TaskOutcome> known;  // failed half-way in an earlier round
  for (;;) {
    IndexChanges changes(documents, *entry.index, *row, queue_, [&] { return waits_.is_interrupted(); });
    documents.begin();
    try {
      std::vector<TaskOutcome> outcomes = apply_each(documents, changes, tasks, known);
      AppliedTasks applied =
          bring_to_readers(*entry.index, *writer, changes, tasks, std::move(outcomes), *row);
      applied.writer = std::move(writer);
      return applied;
    } catch (const HalfAppliedTask& half) {
      documents.rollback();
      known.push_back(half.outcome);
    } catch (...) {
      documents.rollback();
      throw;
    }
  }
}

std::vector<TaskOutcome> IndexTasks::apply_each(DocumentStore& documents, IndexChanges& changes,
                                                const std::vector<Task>& tasks,
                                                const std::vector<TaskOutcome>& known) {
  documents.forget_applied(queue_.first_unfinished());
  std::vector<TaskOutcome> outcomes;
  for (const Task& task : tasks) {
    const auto half = std::find_if(known.begin(), known.end(),
                                   [&](const TaskOutcome& each) { return each.uid == task.uid; });
    if (half != known.end())
      outcomes.push_back(*half);
    else if (const auto record = documents.applied(task.uid))
      outcomes.push_back(changes.read_record(task.uid, *record));
    else
      outcomes.push_back(changes.apply(task));
    queue_.report_progress("applying tasks", outcomes.size(), tasks.size());
  }
  return outcomes;
}

// The transaction is open; it is committed here or left to be undone.
AppliedTasks IndexTasks::bring_to_readers(Index& index, IndexWriter& writer, const IndexChanges& changes,
                                          const std::vector<Task>& tasks, std::vector<TaskOutcome> outcomes,
                                          const IndexRow& before) {
  DocumentStore& documents = writer.documents();
  const IndexRow& row = changes.row();
  const auto served = index.opened();
  const bool row_changed = row.primary_key != before.primary_key || row.settings != before.settings;
  const bool documents_changed = documents.version() != served->store_version();
  std::optional<CandidateGeneration> candidate;
  if (documents_changed || row.settings != served->settings() || index.problem() || index.needs_rebuild()) {
    candidate = build(writer, row.settings,
                      tasks.front().type == TaskType::SettingsUpdate ? "settings" : "documents");
    if (waits_.is_interrupted()) {
      writer.discard(*candidate);
      throw Interrupted{};
    }
  }
  PublishSteps steps;
  steps.in_transaction = [&] {
    if (!candidate && !row_changed) return;
    for (const TaskOutcome& outcome : outcomes)
      documents.record_applied(outcome.uid, changes.record_of(outcome));
  };
  steps.insist = [&](const auto& publish) { waits_.insist("publishing a generation", publish); };
  writer.commit_and_publish(candidate ? &*candidate : nullptr, steps);
  AppliedTasks applied{std::move(outcomes), std::nullopt, nullptr};
  if (row_changed || documents_changed) applied.changed_row = row;
  if (applied.changed_row) applied.changed_row->documents_version = documents.version();
  return applied;
}

CandidateGeneration IndexTasks::build(IndexWriter& writer, const Settings& settings,
                                      const std::string& origin) {
  BuildOptions options;
  options.origin = origin;
  options.low_priority = true;
  options.builder = builder_;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    queue_.report_progress("indexing documents", done, total);
  };
  options.canceled = [&] { return waits_.is_interrupted(); };
  try {
    return writer.build(settings, options);
  } catch (const Error&) {
    if (waits_.is_interrupted()) throw Interrupted{};
    throw;
  }
}

void IndexTasks::bring_up(const CatalogEntry& entry) {
  if (waits_.is_stopping()) return;
  try {
    const std::uint64_t version = read_store_state(entry.index->folder() / kDocumentStoreFile).version;
    if (version > entry.row.documents_version) store_.note_documents(entry.row.number, version);
    if (!is_behind(*entry.index, version) && !has_damaged_history(*entry.index)) return;
    const auto writer = waits_.try_writer(*entry.index);
    if (!writer) return;  // who holds the lock does it
    writer->set_aside_damaged();
    const std::optional<IndexRow> row = store_.find_index(entry.row.uid);
    if (!row || row->number != entry.row.number || is_resumed(*writer)) return;
    if (is_behind(*entry.index, writer->documents().version())) publish_rebuilt(*entry.index, *writer, *row);
  } catch (const Interrupted&) {
    return;
  } catch (const std::exception& error) {
    log(LogLevel::Error,
        "index " + entry.row.uid + " cannot be brought up to its documents: " + error.what());
  }
}

void IndexTasks::publish_rebuilt(const Index& index, IndexWriter& writer, const IndexRow& row) {
  const std::string reason =
      index.problem().value_or(index.needs_rebuild().value_or("It has changes that are not published."));
  log(LogLevel::Info, "index " + row.uid + " is brought up to its documents: " + reason);
  writer.publish(build(writer, row.settings, "rebuild"));
  log(LogLevel::Info, "index " + row.uid + " is whole");
}

// Whether tasks are applied that are not finished: the next batch ends them, under the settings that they
// leave.
bool IndexTasks::is_resumed(IndexWriter& writer) const {
  const auto last = writer.documents().last_applied();
  return last && *last >= queue_.first_unfinished();
}

void IndexTasks::look_after(const CatalogEntry& entry) {
  next_attempt_ = std::chrono::steady_clock::now() + kRebuildInterval;
  bring_up(entry);
}

void IndexTasks::rebuild_damaged() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_attempt_) return;
  for (const auto& entry : catalog_.list()) {
    if (!entry->index->problem()) continue;
    next_attempt_ = now + kRebuildInterval;
    bring_up(*entry);
  }
}

}  // namespace nunmul
