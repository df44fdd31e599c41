// SPDX-License-Identifier: GPL-2.0-or-later
// One index on disk.
//   FOLDER/documents.db           the documents (DocumentStore), the truth
//   FOLDER/inputs.json            what `nunmul index` read last, if it did
//   FOLDER/CURRENT                the name of the published generation
//   FOLDER/generations/NAME.json  a generation: its segments, erased documents, settings, store version
//   FOLDER/segments/NAME/         immutable parts that generations share (segment.h)
//   FOLDER/removable/NAME         marks of segments that may be removed (segment_marks.h)
//   FOLDER/lock                   held by whoever writes
// A generation is published by replacing CURRENT in one step. Nothing on disk that a generation names
// ever changes, so a reader is never disturbed and a crash leaves the generation before.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "index/build_process.h"
#include "index/document_store.h"
#include "index/generation.h"
#include "index/settings.h"
#include "text/analyzer.h"

namespace nunmul {

class LanguageResources;

// The course of a generation's build.
struct BuildReport {
  std::uint64_t documents = 0;  // in the new generation
  std::uint64_t analyzed = 0;   // documents that had to be analyzed
  std::uint64_t bytes = 0;      // on disk, segments shared with others counted too
  double seconds = 0;
  bool full = false;       // every document was analyzed again
  std::string generation;  // its name
};

struct BuildOptions {
  std::string origin = "update";  // "files", "documents", "settings", "rebuild": shown in the history
  bool force_full = false;
  unsigned threads = 0;                   // 0: one a core
  bool low_priority = false;              // let the searches of this machine go first
  std::optional<BuilderProgram> builder;  // builds large segments in a process of its own
  // Called now and then from the building thread with documents done and in all.
  std::function<void(std::uint64_t, std::uint64_t)> progress;
  std::function<bool()> canceled;  // asked now and then; true ends the build with Error(Internal, "canceled")
};

struct GenerationInfo {
  std::string name;
  std::string created_at;
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;
  std::string origin;
  Json metrics;  // of the relevance gate, or null
  bool current = false;
  std::string problem;  // why it cannot be used, or ""
};

// Facts known elsewhere about an index, by which its folder is judged.
struct IndexExpectation {
  std::optional<Settings> settings;  // of the published generation
  std::uint64_t least_version = 0;   // that the documents must have reached
};

// Readers' side; every member is safe from many threads.
class Index {
 public:
  // Opens the folder to read it; where there is none, the index is empty. Where the published generation is
  // damaged, the newest good one is opened instead; problem() says whether it may be searched. Throws
  // Error(IoError) that names documents.db if that is missing or older than a generation or than `expected`.
  Index(const std::filesystem::path& folder, std::shared_ptr<const LanguageResources> resources,
        IndexExpectation expected = {});
  ~Index();

  // Before its lock is taken.
  void make_folders() const;

  const std::filesystem::path& folder() const;

  // The generation that searches use now. It stays usable as long as it is held. Throws
  // Error(IndexRebuilding) while there is a problem().
  std::shared_ptr<const Generation> generation() const;

  // The same whether it may be searched or not; for those who build the next one.
  std::shared_ptr<const Generation> opened() const;

  // Why the generation that could be opened must not be searched: it lacks something that the documents or
  // settings have. Nothing if it is whole.
  std::optional<std::string> problem() const;

  // Looks whether another process published a generation; true if one was taken over. Cheap.
  bool refresh();
  // The same where the settings may have changed meanwhile.
  bool refresh(const Settings& expected);

  // Whether the stored documents should be built into a generation anew (damage, other schema or
  // language resources than the index was built with), and why.
  std::optional<std::string> needs_rebuild() const;

  const std::shared_ptr<const LanguageResources>& resources() const;

  // Whether the generation that was opened last was built with these.
  bool is_built_with(const LanguageResources& resources) const;

 private:
  friend class IndexWriter;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A generation that is on disk but not published yet.
struct CandidateGeneration {
  std::shared_ptr<const Generation> generation;
  BuildReport report;
};

// Steps to be done when documents are committed and the generation built of them is published.
struct PublishSteps {
  std::function<void()> in_transaction;  // writes more rows beside the documents
  std::function<void()> committed;       // what follows from the documents elsewhere; may be done again
  // How publishing is called: by itself, or again and again while it fails.
  std::function<void(const std::function<void()>&)> insist;
  Json metrics;  // for the history; may be null
};

// The one writer of an index; holds the folder's lock from construction to destruction.
class IndexWriter {
 public:
  enum class Wait { No, Yes };
  // Throws Error(IoError) that says who holds the lock, with Wait::No.
  IndexWriter(Index& index, const std::string& holder, Wait wait = Wait::Yes);
  ~IndexWriter();

  // The documents; change them between begin() and commit().
  DocumentStore& documents();

  // Builds what the store holds now (an open transaction included) under these settings: only what
  // changed since the published generation when that is little, else everything. Does not publish.
  CandidateGeneration build(const Settings& settings, const BuildOptions& options = {});

  // Ends the open transaction and makes the candidate that was built in it (null if there is nothing to
  // build) the generation that all processes use, durably. documents.db is the truth and comes first:
  //
  //   the process dies or fails                     what is found then
  //   before the commit                             all as it was; the candidate's segment stands marked, and
  //                                                 the next writer removes it
  //   between the commit and CURRENT's replacement  documents newer than the generation: the next start, or
  //                                                 the server that looks for such, builds them
  //   after it                                      documents and generation alike; what is too old goes with
  //                                                 the next publishing
  //
  // A failure before the commit is undone here, and goes on to the caller. Behind it nothing can be undone.
  void commit_and_publish(const CandidateGeneration* candidate, const PublishSteps& steps = {});
  // The second half alone, of a candidate whose documents stand committed.
  void publish(const CandidateGeneration& candidate, const Json& metrics = nullptr);

  // Forgets an unpublished candidate and frees its disk.
  void discard(const CandidateGeneration& candidate);
  // The same, and undoes the open transaction that it was built in.
  void abandon(const CandidateGeneration& candidate);

  // Renames generations that are damaged, those that are not published included, to NAME.damaged and says so
  // in the log. Reads every byte of them.
  void set_aside_damaged();

  // Publishing keeps this many generations (default 2) and removes older ones.
  void set_history_limit(unsigned generations);
  // Publishes an earlier generation again. Its documents are put back into the store.
  void rollback(const std::string& name);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
