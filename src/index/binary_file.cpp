// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/binary_file.h"

#include <cerrno>

#include "base/error.h"

namespace nunmul {
namespace {
constexpr std::uint64_t kMagic = 0x31304c554d4e554eULL;  // "NUNMUL01"
constexpr std::size_t kAlignment = 8;
}  // namespace

BinaryFileWriter::BinaryFileWriter(const std::filesystem::path& path)
    : path_(path), file_(path, std::ios::binary | std::ios::trunc) {
  if (!file_) throw_errno(errno, "write " + path.string());
}

void BinaryFileWriter::write(std::string_view bytes) {
  file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file_) throw_errno(errno, "write " + path_.string());
  position_ += bytes.size();
}

void BinaryFileWriter::begin_array() {
  static constexpr char kZeros[kAlignment] = {};
  if (position_ % kAlignment != 0) write({kZeros, kAlignment - position_ % kAlignment});
  starts_.push_back(position_);
  starts_.push_back(0);
}

void BinaryFileWriter::append(std::string_view bytes) {
  write(bytes);
  starts_.back() += bytes.size();
}

void BinaryFileWriter::finish() {
  const std::vector<std::uint64_t> starts = starts_;
  begin_array();
  write({reinterpret_cast<const char*>(starts.data()), starts.size() * sizeof(std::uint64_t)});
  const std::uint64_t tail[2] = {starts.size(), kMagic};
  write({reinterpret_cast<const char*>(tail), sizeof tail});
  file_.close();
  if (!file_) throw_errno(errno, "write " + path_.string());
}

BinaryFile::BinaryFile(const std::filesystem::path& path) : file_(path), path_(path) {
  const std::string_view bytes = file_.bytes();
  const auto damaged = [&] {
    return Error(ErrorCode::IoError, "The file " + path.string() + " is damaged.");
  };
  if (bytes.size() < 16 || bytes.size() % 8 != 0) throw damaged();
  const auto* words = reinterpret_cast<const std::uint64_t*>(bytes.data());
  const std::size_t count = bytes.size() / 8;
  const std::uint64_t entries = words[count - 2];
  if (words[count - 1] != kMagic || entries > count - 2) throw damaged();
  starts_ = {words + (count - 2 - entries), entries};
  for (std::size_t i = 0; i + 1 < starts_.size(); i += 2)
    if (starts_[i] > bytes.size() || starts_[i + 1] > bytes.size() - starts_[i]) throw damaged();
}

std::string_view BinaryFile::array_bytes(std::size_t number) const {
  if (2 * number + 1 >= starts_.size())
    throw Error(ErrorCode::IoError, "The file " + path_.string() + " is damaged.");
  return file_.bytes().substr(starts_[2 * number], starts_[2 * number + 1]);
}

}  // namespace nunmul
