// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/input_state.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"
#include "import/read/folder_tree.h"
#include "import/read/input_format.h"
#include "import/read/source_text.h"
#include "import/words/word_lists.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStateFile = "inputs.json";

void add_field(std::string& text, std::string_view field) {
  text += std::to_string(field.size()) + ":";
  text += field;
}

void add_file(std::string& text, const fs::path& file) {
  add_field(text, file.string());
  add_field(text, sha256_hex(MappedFile(file).bytes()));
}

void add_input(std::string& text, const fs::path& input) {
  if (input == kStandardInput) throw Error(ErrorCode::IoError, "Standard input can be read once.");
  if (!fs::is_directory(input)) return add_file(text, input);
  const FolderTree tree = read_folder_tree(input);
  if (!tree.failures.empty()) throw Error(ErrorCode::IoError, "A folder cannot be read.");
  for (const fs::path& file : tree.files)
    if (!is_no_text_file(file)) add_file(text, file);
}

// Another build of this program may read the same file otherwise.
void add_program(std::string& text) {
  const fs::path program = fs::read_symlink("/proc/self/exe");
  add_field(text, program.string());
  add_field(text, std::to_string(fs::file_size(program)));
  add_field(text, std::to_string(fs::last_write_time(program).time_since_epoch().count()));
}

std::uint64_t entries_below(const std::string& folder, const EntryCounts& counts) {
  const std::string beginning = folder + "/";
  std::uint64_t sum = 0;
  for (auto file = counts.lower_bound(beginning); file != counts.end() && file->first.starts_with(beginning);
       ++file)
    sum += file->second;
  return sum;
}

}  // namespace

EntryCounts count_entries(const std::vector<fs::path>& inputs, const ImportReport& report) {
  EntryCounts counts;
  for (const FileEntries& found : report.found) counts[whole_path(found.file).string()] = found.entries;
  std::error_code error;
  EntryCounts folders;
  for (const fs::path& input : inputs) {
    if (!fs::is_directory(input, error)) continue;
    const std::string folder = whole_path(input).string();
    folders[folder] = entries_below(folder, counts);
  }
  counts.merge(folders);
  return counts;
}

std::optional<std::string> hash_of_inputs(const IndexJob& job, std::string_view primary_key) try {
  std::string text;
  add_program(text);
  add_field(text, primary_key);
  add_field(text, job.import.format);
  add_field(text, job.import.encoding);
  add_field(text, job.import.drafts ? "drafts" : "");
  for (const fs::path& file : {job.import.names_file, job.import.overrides_file})
    if (!file.empty() && fs::exists(file)) add_file(text, file);
  for (const fs::path& file : word_list_files(job.import.word_lists)) add_file(text, file);
  for (const fs::path& input : job.inputs) add_input(text, input);
  return sha256_hex(text);
} catch (const Error&) {
  return std::nullopt;
} catch (const fs::filesystem_error&) {
  return std::nullopt;
}

std::optional<InputState> read_input_state(const fs::path& index_folder) try {
  const Json json = parse_json(read_file(index_folder / kStateFile));
  const auto documents = json.at("documents").get<std::uint64_t>();
  return InputState{json.at("hash").get<std::string>(),
                    json.at("storeVersion").get<std::uint64_t>(),
                    documents,
                    json.at("files").get<std::uint64_t>(),
                    json.value("unchanged", documents),  // earlier versions did not keep these
                    json.value("kept", std::uint64_t{0}),
                    json.value("entries", EntryCounts{}),
                    json.value("due", std::int64_t{0})};
} catch (const Error&) {
  return std::nullopt;
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

void write_input_state(const fs::path& index_folder, const InputState& state) {
  write_file_atomically(index_folder / kStateFile, dump_json(Json{{"hash", state.hash},
                                                                  {"storeVersion", state.store_version},
                                                                  {"documents", state.documents},
                                                                  {"files", state.files},
                                                                  {"unchanged", state.unchanged},
                                                                  {"kept", state.kept},
                                                                  {"entries", state.entries},
                                                                  {"due", state.due}}) +
                                                       "\n");
}

}  // namespace nunmul
