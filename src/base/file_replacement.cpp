// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/file_replacement.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <optional>
#include <string>

#include "base/files.h"

namespace nunmul {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLinks = 40;            // as the kernel has it
constexpr const char* kAside = ".new-";  // and the id of the process that writes, and a number

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : "."; }

// N for /proc/self/fd/N. There is no path behind such a link: what it names may be a pipe or a socket, and a
// file there is written on by others too.
std::optional<int> descriptor_of(const fs::path& path) {
  std::error_code error;
  if (fs::canonical(folder_of(path), error) != "/proc/" + std::to_string(::getpid()) + "/fd") return {};
  const std::string name = path.filename().string();
  int descriptor = 0;
  const auto [stop, problem] = std::from_chars(name.data(), name.data() + name.size(), descriptor);
  if (problem != std::errc{} || stop != name.data() + name.size()) return {};
  return descriptor;
}

fs::path follow_links(fs::path path) {
  std::error_code error;
  for (int links = 0; links < kMaxLinks && fs::is_symlink(path, error) && !descriptor_of(path); ++links)
    path = path.parent_path() / fs::read_symlink(path, error);
  return path;
}

int connect_to(const fs::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.native().size() >= sizeof address.sun_path) return errno = ENAMETOOLONG, -1;
  path.native().copy(address.sun_path, path.native().size());
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0 || ::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0)
    return descriptor;
  const int error_number = errno;
  ::close(descriptor);
  return errno = error_number, -1;
}

// Whether what killed processes have left aside is of this name.
bool is_left_over(const std::string& name, const std::string& beginning) {
  if (!name.starts_with(beginning)) return false;
  pid_t process = 0;
  const char* last = name.data() + name.size();
  const auto [stop, problem] = std::from_chars(name.data() + beginning.size(), last, process);
  if (problem != std::errc{} || (stop != last && *stop != '-') || process <= 0) return false;
  return ::kill(process, 0) != 0 && errno == ESRCH;
}

void remove_left_over(const fs::path& target) {
  const std::string beginning = target.filename().string() + kAside;
  std::error_code error, ignored;
  for (fs::directory_iterator it(folder_of(target), error), end; !error && it != end; it.increment(error))
    if (is_left_over(it->path().filename().string(), beginning)) fs::remove(it->path(), ignored);
}

// A name beside `path` that no other thread or process uses.
fs::path name_aside(const fs::path& path) {
  static std::atomic<unsigned> number{0};
  return path.string() + kAside + std::to_string(::getpid()) + "-" + std::to_string(number.fetch_add(1));
}

}  // namespace

FileReplacement::FileReplacement(const fs::path& target, mode_t mode) : target_(follow_links(target)) {
  struct stat status {};
  const bool is_there = ::stat(target_.c_str(), &status) == 0;
  check(is_there || errno == ENOENT);
  if (const auto descriptor = descriptor_of(target_))
    write_into(::fcntl(*descriptor, F_DUPFD_CLOEXEC, 0));
  else if (!is_there || S_ISREG(status.st_mode))
    open_aside(mode);
  else if (S_ISSOCK(status.st_mode))
    write_into(connect_to(target_));
  else
    write_into(::open(target_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
}

FileReplacement::FileReplacement(int descriptor) : target_("standard output") {
  write_into(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
}

FileReplacement::~FileReplacement() {
  if (!aside_.empty()) ::unlink(aside_.c_str());
}

void FileReplacement::open_aside(mode_t mode) {
  remove_left_over(target_);
  const fs::path aside = name_aside(target_);
  struct stat replaced {};
  const bool is_replacing = ::stat(target_.c_str(), &replaced) == 0;
  ::unlink(aside.c_str());  // of an earlier process with this id
  const int descriptor =
      ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, is_replacing ? 0600 : mode);
  check(descriptor >= 0);
  file_.reset(::fdopen(descriptor, "w"));
  aside_ = aside;
  if (!is_replacing) return;
  // Only root may give a file away, and some file systems know neither owners nor permissions.
  [[maybe_unused]] const int owner = ::fchown(descriptor, replaced.st_uid, replaced.st_gid);
  [[maybe_unused]] const int permissions = ::fchmod(descriptor, replaced.st_mode & 0777);
}

void FileReplacement::write_into(int descriptor) {
  check(descriptor >= 0);
  into_.reset(::fdopen(descriptor, "w"));
  check(into_ != nullptr);
  file_.reset(std::tmpfile());
  check(file_ != nullptr);
}

void FileReplacement::check(bool is_good) const {
  if (!is_good) throw_errno(errno, "write " + target_.string());
}

void FileReplacement::write(std::string_view bytes) {
  check(std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size());
}

void FileReplacement::publish() {
  check(std::fflush(file_.get()) == 0);
  if (into_) return copy_into_target();
  check(::fsync(::fileno(file_.get())) == 0);
  check(std::rename(aside_.c_str(), target_.c_str()) == 0);
  aside_.clear();
  sync_folder(folder_of(target_));
}

void FileReplacement::copy_into_target() {
  std::rewind(file_.get());
  std::array<char, 65536> piece{};
  for (std::size_t n = 0; (n = std::fread(piece.data(), 1, piece.size(), file_.get())) > 0;)
    check(std::fwrite(piece.data(), 1, n, into_.get()) == n);
  check(std::fflush(into_.get()) == 0);
}

std::optional<std::string_view> target_of_aside(std::string_view name) {
  const std::size_t at = name.rfind(kAside);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view numbers = name.substr(at + std::string_view(kAside).size());
  const std::size_t dash = numbers.find('-');
  if (dash == 0 || dash == std::string_view::npos || dash + 1 == numbers.size()) return std::nullopt;
  if (numbers.find_first_not_of("0123456789-") != std::string_view::npos) return std::nullopt;
  return name.substr(0, at);
}

}  // namespace nunmul
