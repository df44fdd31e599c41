// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/spooled_output.h"

#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/error.h"
#include "base/files.h"

namespace nunmul {

SpooledOutput::SpooledOutput(const std::string& target) : target_(target) {
  if (target == "-") {
    file_ = std::tmpfile();
  } else {
    // Through a link to the file itself, which else would be replaced by a file.
    std::error_code error;
    if (std::filesystem::is_symlink(target_, error))
      target_ = std::filesystem::weakly_canonical(target_, error);
    aside_ = target_.string() + ".new-" + std::to_string(::getpid());
    file_ = std::fopen(aside_.c_str(), "w");
  }
  check(file_ != nullptr);
}

SpooledOutput::~SpooledOutput() {
  if (file_) std::fclose(file_);
  if (!aside_.empty()) ::unlink(aside_.c_str());
}

void SpooledOutput::check(bool is_good) const {
  if (!is_good) throw_errno(errno, "write " + (aside_.empty() ? "standard output" : target_.string()));
}

void SpooledOutput::write_line(std::string_view line) {
  check(std::fwrite(line.data(), 1, line.size(), file_) == line.size() && std::fputc('\n', file_) != EOF);
}

void SpooledOutput::publish() {
  check(std::fflush(file_) == 0);
  if (aside_.empty()) {
    std::rewind(file_);
    std::array<char, 65536> piece{};
    for (std::size_t n = 0; (n = std::fread(piece.data(), 1, piece.size(), file_)) > 0;)
      check(std::fwrite(piece.data(), 1, n, stdout) == n);
    check(std::fflush(stdout) == 0);
    return;
  }
  check(::fsync(::fileno(file_)) == 0);
  check(std::rename(aside_.c_str(), target_.c_str()) == 0);
  aside_.clear();
  sync_folder(target_.has_parent_path() ? target_.parent_path() : ".");
}

}  // namespace nunmul
