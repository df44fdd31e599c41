// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/dump_lines.h"

#include <zlib.h>

#include <cerrno>

#include "base/error.h"
#include "base/files.h"

namespace nunmul {
namespace {

constexpr unsigned kPieceBytes = 256 * 1024;

}  // namespace

DumpLines::DumpLines(const std::filesystem::path& file) : file_(::gzopen(file.c_str(), "rb")) {
  if (!file_) throw_errno(errno, "read " + file.string());
}

DumpLines::~DumpLines() { ::gzclose(file_); }

// Reads on; whether there was more.
bool DumpLines::fill() {
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t size = buffer_.size();
  buffer_.resize(size + kPieceBytes);
  const int count = ::gzread(file_, buffer_.data() + size, kPieceBytes);
  buffer_.resize(size + static_cast<std::size_t>(count > 0 ? count : 0));
  int problem = Z_OK;
  const char* message = ::gzerror(file_, &problem);
  if (problem != Z_OK)
    throw Error(ErrorCode::InvalidInput, std::string("the file is damaged: ") + message + ".");
  return count > 0;
}

std::string_view DumpLines::take(std::size_t end) {
  const std::string_view line = std::string_view(buffer_).substr(begin_, end - begin_);
  begin_ = std::min(end + 1, buffer_.size());
  return line;
}

std::optional<std::string_view> DumpLines::next() {
  ++number_;
  std::size_t searched = 0;  // bytes of the line
  for (;;) {
    const std::size_t end = buffer_.find('\n', begin_ + searched);
    if (end != buffer_.npos) return take(end);
    searched = buffer_.size() - begin_;
    if (searched > kMaxDumpLineBytes)
      throw Error(ErrorCode::InvalidInput,
                  "the line has more than 100,000,000 bytes, and no dump has such a line.");
    if (fill()) continue;
    if (searched == 0) return std::nullopt;
    return take(buffer_.size());
  }
}

}  // namespace nunmul
