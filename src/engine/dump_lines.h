// SPDX-License-Identifier: GPL-2.0-or-later
// The lines of a dump, unpacked piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

struct gzFile_s;  // of zlib

namespace nunmul {

// As much as a request body may have by default; no document comes near it, but settings may.
inline constexpr std::size_t kMaxDumpLineBytes = 100'000'000;

// A gzip file, or a plain one. For one thread.
class DumpLines {
 public:
  explicit DumpLines(const std::filesystem::path& file);
  ~DumpLines();
  DumpLines(const DumpLines&) = delete;
  DumpLines& operator=(const DumpLines&) = delete;

  // The next line without its end, valid until the next call; nothing at the end. Throws Error(InvalidInput)
  // for a damaged file and for a line beyond kMaxDumpLineBytes.
  std::optional<std::string_view> next();
  std::uint64_t number() const { return number_; }  // of the line that next() gave or refused, from 1

 private:
  gzFile_s* file_;
  std::string buffer_;  // unread text begins at begin_
  std::size_t begin_ = 0;
  std::uint64_t number_ = 0;

  bool fill();
  std::string_view take(std::size_t end);
};

}  // namespace nunmul
