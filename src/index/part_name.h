// SPDX-License-Identifier: GPL-2.0-or-later
// The names of what an index writes beside its documents: generations and segments. Whatever has another
// name is not the index's own, and stays untouched.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

enum class Part : char { Generation = 'g', Segment = 's' };

// A name that sorts by time and that no other has: "s20260722T091503123456-0f3a9c21".
std::string new_part_name(Part part);
bool is_part_name(std::string_view name, Part part);

// Whether a file of an index is what a write that was cut off has left: the name that write_file_atomically
// gives beside CURRENT, inputs.json and manifests, which are written by the holder of the index's lock only.
bool is_cut_off_write(std::string_view name);

}  // namespace nunmul
