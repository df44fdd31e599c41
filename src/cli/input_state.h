// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a run of `nunmul index` has the same files as the run before, byte for byte: then reading their
// entries again would give what is stored already. The last run's state lies beside the index, and is only
// worth something while the stored documents are those that it left.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "cli/index_round.h"

namespace nunmul {

struct InputState {
  std::string hash;                 // of the inputs
  std::uint64_t store_version = 0;  // of the documents after the run
  std::uint64_t documents = 0;      // of the files
  std::uint64_t files = 0;
  bool operator==(const InputState&) const = default;
};

// Of all that the entries depend on: the files with their names, the options, the names of the site owner,
// and this program. Nothing if some of it cannot be read; whoever reads it then says why.
std::optional<std::string> hash_of_inputs(const IndexJob& job, std::string_view primary_key);

// Nothing if there is none, or none that can be read.
std::optional<InputState> read_input_state(const std::filesystem::path& index_folder);
void write_input_state(const std::filesystem::path& index_folder, const InputState& state);

}  // namespace nunmul
