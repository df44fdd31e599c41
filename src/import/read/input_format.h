// SPDX-License-Identifier: GPL-2.0-or-later
// Which reader a file is for.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/words/word_lists.h"

namespace nunmul {

enum class InputFormat { Article, Html, Markdown, Csv, Tsv, JsonFile, Ndjson, Posts };

// "auto", which leaves it to detect_format, and the names of the formats.
std::vector<std::string> input_format_names();

// Nothing for other names.
std::optional<InputFormat> read_input_format(std::string_view name);

// By what the file holds, then by its extension: a .txt file may hold HTML, a .json file NDJSON.
InputFormat detect_format(const WordLists& words, const std::filesystem::path& path,
                          std::string_view content);

// "ko" of "rain.ko.md", as Hugo names translations; "" where the name has no such part.
std::string language_in_name(const std::filesystem::path& path);

// Whether a file found in a folder is passed over: pictures, archives and the like, by extension. XML is
// taken where it holds posts, which only its content says.
bool is_no_text_file(const std::filesystem::path& path);

}  // namespace nunmul
