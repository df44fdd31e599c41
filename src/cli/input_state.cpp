// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/input_state.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/json.h"
#include "import/folder_tree.h"
#include "import/input_format.h"

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

}  // namespace

std::optional<std::string> hash_of_inputs(const IndexJob& job, std::string_view primary_key) try {
  std::string text;
  add_program(text);
  add_field(text, primary_key);
  add_field(text, job.import.format);
  for (const fs::path& file : {job.import.names_file, job.import.overrides_file})
    if (!file.empty() && fs::exists(file)) add_file(text, file);
  for (const fs::path& input : job.inputs) add_input(text, input);
  return sha256_hex(text);
} catch (const Error&) {
  return std::nullopt;
} catch (const fs::filesystem_error&) {
  return std::nullopt;
}

std::optional<InputState> read_input_state(const fs::path& index_folder) try {
  const Json json = parse_json(read_file(index_folder / kStateFile));
  return InputState{json.at("hash").get<std::string>(), json.at("storeVersion").get<std::uint64_t>(),
                    json.at("documents").get<std::uint64_t>(), json.at("files").get<std::uint64_t>()};
} catch (const Error&) {
  return std::nullopt;
} catch (const nlohmann::json::exception&) {
  return std::nullopt;
}

void write_input_state(const fs::path& index_folder, const InputState& state) {
  write_file_atomically(index_folder / kStateFile, dump_json(Json{{"hash", state.hash},
                                                                  {"storeVersion", state.store_version},
                                                                  {"documents", state.documents},
                                                                  {"files", state.files}}) +
                                                       "\n");
}

}  // namespace nunmul
