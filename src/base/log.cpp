// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>

#include "base/files.h"
#include "base/json.h"
#include "base/time.h"
#include "base/utf8.h"

namespace nunmul {
namespace {

constexpr std::array<std::string_view, 3> kLevelNames{"info", "warning", "error"};
// The priorities of syslog(3), which the journal takes from the front of a line (sd-daemon(3)).
constexpr std::array<std::string_view, 3> kJournalPriorities{"<6>", "<4>", "<3>"};

std::atomic<LogFormat> log_format{LogFormat::AsText};
std::atomic<int> log_descriptor{STDERR_FILENO};
std::atomic<bool> is_to_be_reopened{false};
std::filesystem::path log_file;  // written before there are other threads

std::string_view name_of(LogLevel level) { return kLevelNames[static_cast<std::size_t>(level)]; }

// Whether stderr is the journal itself, which has a time and a priority of its own for each line.
bool is_journal() {
  static const bool is_stderr_journal = [] {
    const char* stream = std::getenv("JOURNAL_STREAM");  // device:inode, see systemd.exec(5)
    struct stat status {};
    return stream != nullptr && ::fstat(STDERR_FILENO, &status) == 0 &&
           stream == std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
  }();
  return is_stderr_journal && log_descriptor == STDERR_FILENO;
}

std::string value_text(const LogField& field) {
  if (const auto* number = std::get_if<std::uint64_t>(&field.value)) return std::to_string(*number);
  return nunmul::quoted(std::get<std::string>(field.value));
}

std::string json_line(LogLevel level, std::string_view message, const std::vector<LogField>& fields) {
  std::string line = R"({"time":")" + to_rfc3339(now()) + R"(","level":")";
  line.append(name_of(level)).append(R"(","message":)").append(dump_json(Json(message)));
  for (const LogField& field : fields)
    line.append(",\"").append(field.name).append("\":").append(value_text(field));
  return line + "}";
}

std::string text_line(LogLevel level, std::string_view message, const std::vector<LogField>& fields,
                      bool is_logfmt) {
  std::string line;
  if (is_logfmt)
    line.append("time=").append(to_rfc3339(now())).append(" level=").append(name_of(level));
  else if (!is_journal())
    line.append(to_rfc3339(now())).append(" ").append(name_of(level));
  if (!line.empty()) line += ' ';
  line += is_logfmt ? "message=" + dump_json(Json(message)) : std::string(message);
  for (const LogField& field : fields)
    line.append(" ").append(field.name).append("=").append(value_text(field));
  return line;
}

int open_log(const std::filesystem::path& file) {
  constexpr mode_t kForOwnerAndGroup = 0640;
  return ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kForOwnerAndGroup);
}

// Into the old descriptor, which other threads may be writing to. One that cannot be opened stays as it was.
void reopen_now() {
  const int opened = open_log(log_file);
  if (opened < 0) return;
  ::dup3(opened, log_descriptor, O_CLOEXEC);
  ::close(opened);
}

}  // namespace

void log(LogLevel level, std::string_view message, const std::vector<LogField>& fields) {
  const LogFormat format = log_format;
  std::string line = format == LogFormat::AsJson
                         ? json_line(level, message, fields)
                         : text_line(level, message, fields, format == LogFormat::AsLogfmt);
  if (is_journal()) line.insert(0, kJournalPriorities[static_cast<std::size_t>(level)]);
  line += '\n';
  if (is_to_be_reopened.exchange(false)) reopen_now();
  // One write call, so that lines of several threads do not mix.
  [[maybe_unused]] const ssize_t ignored = ::write(log_descriptor, line.data(), line.size());
}

std::vector<std::string> log_format_names() { return {"text", "logfmt", "json"}; }

void set_log_format(LogFormat format) { log_format = format; }

void log_to_file(const std::filesystem::path& file) {
  const int opened = open_log(file);
  if (opened < 0) throw_errno(errno, "open the log " + file.string());
  log_file = file;
  log_descriptor = opened;
}

void reopen_log() {
  if (log_descriptor != STDERR_FILENO) is_to_be_reopened = true;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMaxBytes = 200;
  return dump_json(Json(utf8_prefix(text, kMaxBytes)));
}

}  // namespace nunmul
