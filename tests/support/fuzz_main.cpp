// SPDX-License-Identifier: GPL-2.0-or-later
// The main function of a fuzz target that is built without libFuzzer: gives it every file of the
// folders named on the command line, so that what fuzzing once found is tried in every test run.
// A folder without files is a failure: nothing would have been tested.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

std::vector<std::filesystem::path> files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The name goes out first: when an input crashes, it is the last line.
void replay(const std::filesystem::path& file) {
  std::fprintf(stderr, "%s\n", file.c_str());
  const std::string bytes = bytes_of(file);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const auto files = files_below(argv[i]);
    if (files.empty()) {
      std::fprintf(stderr, "error: no inputs in %s\n", argv[i]);
      return 1;
    }
    for (const auto& file : files) replay(file);
  }
  std::fprintf(stderr, "all inputs passed\n");
  return 0;
}
