// SPDX-License-Identifier: GPL-2.0-or-later
// The input of the last run of `nunmul index`. If the files are the same, byte for byte, reading them again
// would give what is already stored, as long as the stored documents are those that the last run left. The
// number of entries of each file tells a file that was emptied from one that was always empty. The state is
// kept beside the index.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cli/index_round.h"

namespace nunmul {

// By the whole path of a file, or of a folder that was named: the entries in it.
using EntryCounts = std::map<std::string, std::uint64_t>;

struct InputState {
  std::string hash;                 // of the inputs; "" if the next run has to read them again in any case
  std::uint64_t store_version = 0;  // of the documents after the run
  std::uint64_t documents = 0;      // that are the files'
  std::uint64_t files = 0;
  std::uint64_t unchanged = 0;  // entries that the index has as they are
  std::uint64_t kept = 0;       // as IndexReport::kept
  EntryCounts entries;
  std::int64_t due = 0;  // when the next entry is to be published, in microseconds since 1970; 0 for none
  bool operator==(const InputState&) const = default;
};

// A hash of all that the entries depend on: the files with their names, the options, the owner's names,
// and this program. Nothing if some of it cannot be read; whoever reads it then says why.
std::optional<std::string> hash_of_inputs(const IndexJob& job, std::string_view primary_key);

EntryCounts count_entries(const std::vector<std::filesystem::path>& inputs, const ImportReport& report);

// Nothing if there is none, or none that can be read.
std::optional<InputState> read_input_state(const std::filesystem::path& index_folder);
void write_input_state(const std::filesystem::path& index_folder, const InputState& state);

}  // namespace nunmul
