// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/commands.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/file_watcher.h"
#include "cli/import_options.h"
#include "cli/import_report.h"
#include "cli/index_round.h"
#include "cli/private_files.h"
#include "cli/stop_signals.h"
#include "http/index_uid.h"
#include "import/read/source_text.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

// A burst of changes is over when nothing has changed for this long.
constexpr double kUsualDrop = 0.02;  // of nDCG@10, where judged queries are given and no limit
constexpr std::chrono::milliseconds kQuiet{200};
constexpr std::chrono::milliseconds kLongestBurst{2000};

constexpr const char* kOwnIndex = "entries";
constexpr const char* kOwnContent = NUNMUL_SOURCE_INDEX_DIR "/content";
constexpr const char* kOwnSettings = NUNMUL_SOURCE_INDEX_DIR "/settings/entries.json";

struct IndexOptions {
  IndexJob job;
  std::vector<std::string> inputs;
  std::string languages;
  std::string dictionaries;
  bool watch = false;
  bool json = false;
  bool overwrite_edits = false;
};

void use_own_content(IndexOptions& options) {
  if (!options.inputs.empty()) return;
  std::error_code error;
  if (!std::filesystem::is_directory(kOwnContent, error)) throw WrongUse("No file or folder is given.");
  options.inputs.emplace_back(kOwnContent);
  if (options.job.settings_file.empty() && options.job.data.index == kOwnIndex)
    options.job.settings_file = kOwnSettings;
}

void complete(IndexOptions& options) {
  IndexJob& job = options.job;
  use_own_content(options);
  check_index_uid(job.data.index);
  if (job.gate.judged.empty() && (job.gate.min_ndcg || job.gate.max_drop))
    throw WrongUse("--min-ndcg and --max-drop need --judged.");
  if (!job.gate.judged.empty() && !job.gate.min_ndcg && !job.gate.max_drop) job.gate.max_drop = kUsualDrop;
  if (options.watch && job.dry_run) throw WrongUse("--watch and --dry-run exclude each other.");
  if (options.overwrite_edits) job.edits = Edits::Overwrite;
  job.inputs.assign(options.inputs.begin(), options.inputs.end());
  use_languages(job.import, options.languages);
  const bool reads_input =
      std::find(job.inputs.begin(), job.inputs.end(), kStandardInput) != job.inputs.end();
  if (options.watch && reads_input) throw WrongUse("Standard input cannot be watched.");
}

void print(const IndexOptions& options, const IndexReport& report) {
  print_problems(report.import);
  if (options.json)
    std::cout << dump_json(to_json(report)) << std::endl;
  else
    std::cout << to_text(report) << std::flush;
}

bool is_success(const IndexReport& report) {
  const bool is_done = report.outcome != IndexOutcome::Refused && report.outcome != IndexOutcome::BadInput;
  return is_done && report.import.problems.empty();
}

std::shared_ptr<const LanguageResources> load_and_tell(const IndexOptions& options) {
  auto resources = load_languages(options.languages, options.dictionaries);
  if (options.job.titles)
    std::cerr << "language resources in " << options.languages << ": " << describe(*resources) << "\n";
  return resources;
}

// A file that is not there is a mistyped name more often than one to do without.
std::string hint_for(const ImportReport& report) {
  for (const ImportProblem& problem : report.problems)
    if (problem.message.find("there is no such file") != std::string::npos)
      return "names are taken from " + std::filesystem::current_path().string() + ", where the command runs";
  return "--keep-going indexes what could be read, and removes nothing";
}

void index_once(const IndexOptions& options) {
  const auto resources = load_and_tell(options);
  ProgressBar progress;
  const IndexReport report = run_index_round(options.job, resources, progress, [] { return false; });
  progress.wipe();
  print(options, report);
  if (report.outcome == IndexOutcome::BadInput) std::cerr << "hint: " << hint_for(report.import) << "\n";
  if (!is_success(report)) throw CommandFailed{};
}

// ---- Watching.

std::vector<std::filesystem::path> watched_paths(const IndexOptions& options) {
  std::vector<std::filesystem::path> paths = options.job.inputs;
  for (const std::string& path :
       {options.job.settings_file, options.job.rules_file, options.job.import.overrides_file.string(),
        options.job.gate.judged, options.languages})
    if (!path.empty()) paths.emplace_back(path);
  return paths;
}

// A failure in one round is reported; the index stays as it was, and the next change brings the next
// round.
class WatchedIndex {
 public:
  explicit WatchedIndex(const IndexOptions& options)
      : options_(options), paths_(watched_paths(options)), watcher_(options.job.data.data_dir) {}

  void run() {
    std::cerr << "watching; Ctrl-C ends it" << std::endl;
    do {
      watcher_.watch(paths_);
      const bool is_due = due_ && *due_ <= now();
      if (const std::uint64_t state = watcher_.state_of(paths_); is_due || state != last_state_) {
        last_state_ = state;
        due_.reset();
        if (!round()) break;
      }
    } while (watcher_.wait(signals_.descriptor(), kQuiet, kLongestBurst, due_));
    std::cerr << "stopped" << std::endl;
  }

 private:
  // False when it was stopped.
  bool round() {
    try {
      load_resources();
      ProgressBar progress;
      const IndexReport report =
          run_index_round(options_.job, resources_, progress, [this] { return signals_.received(); });
      progress.wipe();
      print(options_, report);
      due_ = report.import.due;
    } catch (const Stopped&) {
      return false;
    } catch (const Error& error) {
      std::cerr << "error: " << error.what() << std::endl;
      last_state_.reset();  // what failed may work at the next change, whatever that is
    }
    return true;
  }

  void load_resources() {
    const std::uint64_t state = watcher_.state_of({options_.languages});
    if (resources_ && state == resources_state_) return;
    resources_ = load_and_tell(options_);
    resources_state_ = state;
  }

  const IndexOptions& options_;
  const std::vector<std::filesystem::path> paths_;
  const StopSignals signals_;
  FileWatcher watcher_;
  std::optional<std::uint64_t> last_state_;
  std::optional<Time> due_;  // when an entry that was left out is to be published
  std::shared_ptr<const LanguageResources> resources_;
  std::uint64_t resources_state_ = 0;
};

void run(IndexOptions& options) {
  complete(options);
  require_folder(options.job.data.data_dir);
  keep_private(options.job.data.data_dir);
  warn_of_other_server(options.job.data.data_dir);
  if (options.watch)
    WatchedIndex(options).run();
  else
    index_once(options);
}

}  // namespace

void add_index_command(CLI::App& program) {
  auto options = std::make_shared<IndexOptions>();
  IndexJob& job = options->job;
  CLI::App* command =
      program.add_subcommand("index", "Read files and folders into an index and publish it in one step");
  command->footer("Example: nunmul index --index mine --settings settings.json articles/");
  command->add_option("inputs", options->inputs, "What to read; - is stdin [index/content]")
      ->type_name("FILE|DIR...");
  add_data_options(*command, job.data);
  command->add_option("--settings", job.settings_file, "JSON file with settings to change")
      ->check(existing_file())
      ->type_name("FILE");
  command->add_option("--rules", job.rules_file, "JSON file with rules: pin, hide, boost, redirect")
      ->check(existing_file())
      ->type_name("FILE");
  command->add_flag("--watch", options->watch, "Index again whenever a file changes");
  command->add_option("--judged", job.gate.judged, "Publish only if these queries do not get worse")
      ->check(existing_file())
      ->type_name("FILE");
  command->add_option("--min-ndcg", job.gate.min_ndcg, "Least nDCG@10 of the new state")
      ->check(between(0, 1))
      ->type_name("X");
  command->add_option("--max-drop", job.gate.max_drop, "Most that nDCG@10 may lose [0.02]")
      ->check(between(0, 1))
      ->type_name("X");
  command->add_flag("--overwrite-edits", options->overwrite_edits, "Let files win over edits made over HTTP");
  command->add_flag("--allow-shrink", job.allow_shrink, "Publish even if much of the index disappears");
  command->add_flag("--dry-run", job.dry_run, "Report what would change, write nothing");
  command->add_flag("--rebuild", job.rebuild, "Analyse everything again, changed or not");
  command->add_option("--keep", job.keep, "States to keep, for going back")
      ->check(between(1, 1000))
      ->type_name("N")
      ->capture_default_str();
  command->add_flag("--keep-going", job.keep_going, "Index what can be read, remove nothing");
  command->add_flag("--verbose", job.titles, "Name what was added, changed and removed");
  command->add_flag("--json", options->json, "Print one JSON object for each run");
  add_import_options(*command, job.import, options->languages);
  add_dictionaries(*command, options->dictionaries);
  command->callback([options] { run(*options); });
}

}  // namespace nunmul
