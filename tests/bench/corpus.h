// SPDX-License-Identifier: GPL-2.0-or-later
// The entries that the benches index, and the queries they ask. The same arguments give the same ones, on a
// machine that knows the same packages.
#pragma once

#include <cstddef>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nunmul::bench {

struct Entry {
  std::string title, section, description;
};

// Short entries from the descriptions of Debian packages. Beyond the list they are made of halves of others.
std::vector<Entry> package_entries(std::size_t size, std::mt19937& random);

struct TextSize {
  std::size_t least = 1'000, most = 1'600;  // bytes
};

// Entries of sentences in any order, from the `text` fields of a JSON file with an object a line.
std::vector<Entry> prose_entries(const std::filesystem::path& file, std::size_t size, TextSize bytes,
                                 std::mt19937& random);

// Runs of letters and digits, lower case; a run of kana, of Han characters or of Hangul by itself.
std::vector<std::string> words_of(std::string_view text);

enum class Also { Nothing, Filter, Facets };

struct Query {
  std::string text;  // as typed in a search box: a word is finished by a space
  Also also = Also::Nothing;
  std::string section;  // to filter by
};

struct QueryKind {
  std::string name;
  std::vector<Query> queries;
};

// `count` queries of each kind, and a mix of them with 40 % keystrokes.
std::vector<QueryKind> make_queries(const std::vector<Entry>& entries, std::size_t count,
                                    std::mt19937& random);

}  // namespace nunmul::bench
