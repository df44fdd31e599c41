// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/spooled_output.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>

#include "base/error.h"
#include "base/files.h"

namespace nunmul {
namespace {

constexpr const char* kAside = ".new-";  // and the id of the process that writes

// What processes that were killed have left beside the target.
void remove_left_over(const std::filesystem::path& target) {
  const std::string beginning = target.filename().string() + kAside;
  const std::filesystem::path folder = target.has_parent_path() ? target.parent_path() : ".";
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with(beginning)) continue;
    pid_t process = 0;
    const char* last = name.data() + name.size();
    const auto [stop, problem] = std::from_chars(name.data() + beginning.size(), last, process);
    const bool is_gone =
        problem == std::errc{} && stop == last && process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
    std::error_code ignored;
    if (is_gone) std::filesystem::remove(it->path(), ignored);
  }
}

}  // namespace

SpooledOutput::SpooledOutput(const std::string& target) : target_(target) {
  if (target == "-") {
    file_ = std::tmpfile();
  } else {
    // Through a link to the file itself, which else would be replaced by a file.
    std::error_code error;
    if (std::filesystem::is_symlink(target_, error))
      target_ = std::filesystem::weakly_canonical(target_, error);
    remove_left_over(target_);
    aside_ = target_.string() + kAside + std::to_string(::getpid());
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
