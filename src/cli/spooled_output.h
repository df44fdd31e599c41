// SPDX-License-Identifier: GPL-2.0-or-later
// Output that appears as a whole or not at all: a file is written aside and takes its place in one
// step; standard output gets it at the end.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace nunmul {

class SpooledOutput {
 public:
  // "-" is standard output. Throws Error(IoError) that names the file.
  explicit SpooledOutput(const std::string& target);
  ~SpooledOutput();  // what was not published is forgotten
  SpooledOutput(const SpooledOutput&) = delete;
  SpooledOutput& operator=(const SpooledOutput&) = delete;

  void write_line(std::string_view line);
  void publish();

 private:
  void check(bool is_good) const;

  std::filesystem::path target_;
  std::filesystem::path aside_;  // "" for standard output
  std::FILE* file_ = nullptr;
};

}  // namespace nunmul
