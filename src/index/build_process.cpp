// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/build_process.h"

#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"
#include "base/log.h"
#include "index/index_state.h"
#include "index/segment_builder.h"
#include "text/analyzer.h"
#include "text/language_resources.h"

extern char** environ;

namespace nunmul {
namespace {

constexpr std::size_t kSendBytes = 256 * 1024;  // gathered before they are sent
constexpr int kLookMilliseconds = 100;          // between two questions whether the build is canceled
constexpr std::uint64_t kProgressDocuments = 1024;
// Stands before each document; both ends are the same program.
struct DocumentHead {
  std::uint64_t ordinal = 0;
  std::uint64_t id_bytes = 0;
  std::uint64_t json_bytes = 0;
  DocumentOrigin origin = DocumentOrigin::Client;
};
constexpr std::uint64_t kEndMark = ~std::uint64_t{0};  // as an ordinal

// ---- The parent's side.

class Builder {
 public:
  Builder() = default;
  ~Builder() {
    if (socket_ >= 0) ::close(socket_);
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    wait();
  }
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  // False where it cannot be started.
  bool start(const BuilderProgram& program) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
    socket_ = ends[0];
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    // A group of its own: Ctrl-C is for the parent, which ends its child itself.
    posix_spawnattr_t how;
    posix_spawnattr_init(&how);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    std::string name = "nunmul", argument = kBuildArgument, parent = std::to_string(::getpid());
    std::array<char*, 4> arguments{name.data(), argument.data(), parent.data(), nullptr};
    const int error =
        ::posix_spawn(&process_, program.executable.c_str(), &files, &how, arguments.data(), environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    ::close(ends[1]);
    if (error == 0) return true;
    process_ = -1;
    log(LogLevel::Warning, "a builder cannot be started from " + program.executable.string() + ": " +
                               std::strerror(error) + "; the index is built without one");
    return false;
  }

  // Sends, and hears what is said meanwhile. False when the other end is gone.
  template <typename Hear>
  bool send(std::string_view bytes, Hear&& hear, const BuildWatch& watch) {
    while (!bytes.empty()) {
      if (!look(POLLOUT, hear, watch)) return false;
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent >= 0)
        bytes.remove_prefix(static_cast<std::size_t>(sent));
      else if (errno != EAGAIN && errno != EINTR)
        return false;
    }
    return true;
  }

  template <typename Hear>
  void hear_to_the_end(Hear&& hear, const BuildWatch& watch) {
    while (look(0, hear, watch)) {
    }
  }

  // How it ended, as waitpid tells.
  int wait() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return status;
  }

 private:
  // Waits for something to read, or to write if asked for; false at the end of what is read.
  template <typename Hear>
  bool look(short also, Hear&& hear, const BuildWatch& watch) {
    for (;;) {
      if (watch.canceled && watch.canceled()) throw Error(ErrorCode::Internal, "canceled");
      pollfd wanted{socket_, static_cast<short>(POLLIN | also), 0};
      if (::poll(&wanted, 1, kLookMilliseconds) <= 0) continue;
      if ((wanted.revents & (POLLIN | POLLHUP | POLLERR)) != 0 && !read_lines(hear)) return false;
      if (also == 0 || (wanted.revents & also) != 0) return true;
    }
  }

  template <typename Hear>
  bool read_lines(Hear&& hear) {
    std::array<char, 4096> bytes{};
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) return false;
    if (count > 0) heard_.append(bytes.data(), static_cast<std::size_t>(count));
    for (std::size_t end = 0; (end = heard_.find('\n')) != std::string::npos; heard_.erase(0, end + 1))
      hear(parse_json(std::string_view(heard_).substr(0, end)));
    return true;
  }

  int socket_ = -1;
  pid_t process_ = -1;
  std::string heard_;  // the beginning of a line
};

std::string order_line(const BuilderProgram& program, const SegmentOrder& order) {
  return dump_json(Json{{"folder", order.folder.string()},
                        {"settings", serialize_settings(order.settings)},
                        {"languages", program.languages.string()},
                        {"fingerprint", order.fingerprint},
                        {"threads", order.threads},
                        {"lowPriority", order.low_priority}}) +
         "\n";
}

void append(std::string& bytes, const StoredDocument& document) {
  const DocumentHead head{document.ordinal, document.id.size(), document.json.size(), document.origin};
  bytes.append(reinterpret_cast<const char*>(&head), sizeof head);
  bytes += document.id;
  bytes += document.json;
}

std::string describe_end(int status) {
  if (WIFSIGNALED(status))
    return "signal " + std::to_string(WTERMSIG(status)) + " (" + ::strsignal(WTERMSIG(status)) + ")";
  return "exit status " + std::to_string(WEXITSTATUS(status));
}

// Leaves feed() when there is nobody who listens.
struct Deaf {};

// ---- The child's side.

bool tell(std::string_view line) {
  while (!line.empty()) {
    const ssize_t sent = ::send(STDOUT_FILENO, line.data(), line.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return false;
    line.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

Json error_answer(ErrorCode code, const std::string& message) {
  return {
      {"error", {{"code", static_cast<int>(code)}, {"message", message}}}};  // both ends are the same program
}

// Made before memory runs out.
std::string no_memory_line;

// Xapian's objects do not survive the destructors that follow an allocation that failed.
void end_without_memory() {
  tell(no_memory_line);
  ::_exit(1);
}

void be_a_builder(int parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);  // it ended before
  no_memory_line =
      dump_json(error_answer(ErrorCode::Internal, "There was not enough memory to build the index.")) + "\n";
  std::set_new_handler(end_without_memory);
  // Where the machine is short of memory, this goes before the server.
  if (std::FILE* file = std::fopen("/proc/self/oom_score_adj", "w")) {
    std::fputs("500", file);
    std::fclose(file);
  }
}

void read_exactly(void* to, std::size_t bytes) {
  if (std::fread(to, 1, bytes, stdin) != bytes)
    throw Error(ErrorCode::Internal, "The documents to build ended too early.");
}

bool read_document(StoredDocument& document) {
  DocumentHead head;
  read_exactly(&head, sizeof head);
  if (head.ordinal == kEndMark) return false;
  document.ordinal = head.ordinal;
  document.origin = head.origin;
  document.id.resize(head.id_bytes);
  document.json.resize(head.json_bytes);
  read_exactly(document.id.data(), document.id.size());
  read_exactly(document.json.data(), document.json.size());
  return true;
}

std::string read_line() {
  std::string line;
  for (int c = 0; (c = std::getc(stdin)) != EOF && c != '\n';) line.push_back(static_cast<char>(c));
  return line;
}

Json build_ordered() {
  const Json order = parse_json(read_line());
  const auto resources =
      LanguageResources::load(std::filesystem::path(order.at("languages").get<std::string>()));
  if (fingerprint_of(*resources) != order.at("fingerprint").get<std::string>())
    return {{"languages", "others"}};
  const bool low_priority = order.at("lowPriority").get<bool>();
  if (low_priority) ::setpriority(PRIO_PROCESS, 0, kLowPriorityNice);  // threads inherit it
  const Settings settings = deserialize_settings(order.at("settings").get<std::string>());
  const Analyzer analyzer(resources,
                          {settings.separator_tokens, settings.non_separator_tokens, settings.dictionary});
  SegmentBuilder builder(order.at("folder").get<std::string>(), settings, analyzer,
                         {order.at("threads").get<unsigned>(), low_priority});
  StoredDocument document;
  for (std::uint64_t done = 0; read_document(document);) {
    builder.add(document);
    if (++done % kProgressDocuments == 0) tell("{\"done\":" + std::to_string(done) + "}\n");
  }
  builder.finish();
  return {{"ok", true}};
}

}  // namespace

BuildEnd build_in_process(const BuilderProgram& program, const SegmentOrder& order,
                          const std::function<void(const std::function<void(const StoredDocument&)>&)>& feed,
                          const BuildWatch& watch, std::string& how_it_died) {
  Builder builder;
  if (!builder.start(program)) return BuildEnd::NoProgram;
  std::optional<Json> last;  // what is no progress
  const auto hear = [&](Json line) {
    if (!line.contains("done"))
      last = std::move(line);
    else if (watch.progress)
      watch.progress(line["done"].get<std::uint64_t>());
  };
  std::string bytes = order_line(program, order);
  try {
    feed([&](const StoredDocument& document) {
      append(bytes, document);
      if (bytes.size() < kSendBytes) return;
      if (!builder.send(bytes, hear, watch)) throw Deaf{};
      bytes.clear();
    });
    append(bytes, {kEndMark, "", ""});
    if (!builder.send(bytes, hear, watch)) throw Deaf{};
  } catch (const Deaf&) {
    // Its last words tell why it went.
  }
  builder.hear_to_the_end(hear, watch);
  const int status = builder.wait();
  if (last && last->contains("error"))
    throw Error(static_cast<ErrorCode>((*last)["error"]["code"].get<int>()),
                (*last)["error"]["message"].get<std::string>());
  if (last && last->contains("languages")) return BuildEnd::OtherLanguages;
  if (last && last->contains("ok") && status == 0) return BuildEnd::Done;
  how_it_died = describe_end(status);
  return BuildEnd::Died;
}

int run_builder(int parent) {
  be_a_builder(parent);
  Json answer;
  try {
    answer = build_ordered();
  } catch (const Error& error) {
    answer = error_answer(error.code(), error.what());
  } catch (const std::exception& error) {
    answer = error_answer(ErrorCode::Internal, std::string("The index could not be built: ") + error.what());
  }
  const bool told = tell(dump_json(answer) + "\n");
  return told && answer.contains("ok") ? 0 : 1;
}

}  // namespace nunmul
