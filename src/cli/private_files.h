// SPDX-License-Identifier: GPL-2.0-or-later
// Keeps secrets from other users of the machine: a data folder holds every document, and the headers of
// webhooks.
#pragma once

#include <filesystem>

namespace nunmul {

// From here on only the user of this process can reach what it makes. For commands that write a data folder
// and nothing elsewhere. Says on stderr where the folder is open to others.
void keep_private(const std::filesystem::path& data_dir);

// Says on stderr where a server of another user could not read what this process writes.
void warn_of_other_server(const std::filesystem::path& data_dir);

// Says on stderr where others can read a file that holds the master key.
void warn_of_open_key(const std::filesystem::path& file);

}  // namespace nunmul
