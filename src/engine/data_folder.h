// SPDX-License-Identifier: GPL-2.0-or-later
// DATA_DIR/nunmul.json marks a folder as a data folder, so that no other is taken for one:
//   {"format":"nunmul data folder","version":1,"indexSchema":6}
// The version is that of the folder's layout; files in it have versions of their own. An older program could
// read neither a newer layout nor indexes of a newer schema, and refuses the folder by what the mark says.
#pragma once

#include <filesystem>

namespace nunmul {

// Makes the folder and its mark where there is nothing but dot files and lost+found, and marks a data folder
// of a program that made no marks or is older. Throws Error(InvalidInput) for a folder of anything else and
// for one that a newer program has made.
void claim_data_folder(const std::filesystem::path& data_dir);

// Throws the same without changing anything.
void require_data_folder(const std::filesystem::path& data_dir);

// Throws Error(IoError).
void write_data_folder_mark(const std::filesystem::path& data_dir);

}  // namespace nunmul
