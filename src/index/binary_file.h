// SPDX-License-Identifier: GPL-2.0-or-later
// The frame of our own binary files: arrays one behind the other, each aligned to eight bytes, and a
// footer with their places, so that a mapped file gives them back without copying. Little-endian, for
// one kind of machine; the segment's checksums guard the bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace nunmul {

// Appends arrays to a new file. Throws Error(IoError) or Error(NoSpaceLeftOnDevice).
class BinaryFileWriter {
 public:
  explicit BinaryFileWriter(const std::filesystem::path& path);

  template <typename T>
  void add(std::span<const T> values) {
    begin_array();
    append({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  template <typename T>
  void add(const std::vector<T>& values) {
    add(std::span<const T>(values));
  }
  // An array given in pieces: begin_array, then append as often as wanted.
  void begin_array();
  void append(std::string_view bytes);

  // Writes the footer and closes; the file is not synced yet.
  void finish();

 private:
  void write(std::string_view bytes);

  std::filesystem::path path_;
  std::ofstream file_;
  std::uint64_t position_ = 0;
  std::vector<std::uint64_t> starts_;  // two a array: begin and bytes
};

// Reads it back. Throws Error(IoError) if the footer does not fit the file.
class BinaryFile {
 public:
  BinaryFile() = default;
  explicit BinaryFile(const std::filesystem::path& path);

  // The array of that number, in the order of writing.
  template <typename T>
  std::span<const T> array(std::size_t number) const {
    const std::string_view bytes = array_bytes(number);
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  std::string_view array_bytes(std::size_t number) const;
  std::size_t arrays() const { return starts_.size() / 2; }
  const std::filesystem::path& path() const { return path_; }

 private:
  MappedFile file_;
  std::filesystem::path path_;
  std::span<const std::uint64_t> starts_;
};

}  // namespace nunmul
