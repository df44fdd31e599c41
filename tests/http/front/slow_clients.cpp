// SPDX-License-Identifier: GPL-2.0-or-later
// What slow and greedy clients cost the others: the latency of small requests at rest and beside many
// connections that drip bytes, say nothing, keep alive, do not read their answers, or ask for what is costly
// without a pause. Server, slow clients and the measuring client are
// processes of their own; rest and load take turns, since the machine may be busy with other things.
//   slow_clients [ROUNDS [MILLISECONDS_OF_ONE_ROUND]]
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "http/http_server.h"
#include "unit/http/raw_client.h"

namespace nunmul {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;
constexpr std::chrono::microseconds kSearchTime{500};
constexpr std::chrono::microseconds kCostlySearchTime{20'000};
constexpr std::size_t kLargeAnswerBytes = 500'000;
constexpr std::chrono::milliseconds kProbeInterval{5};
constexpr const char* kOthersAddress = "127.0.0.2";

HttpResponse search(HttpRequest& request) {
  const auto end = Clock::now() + (request.path == "/costly" ? kCostlySearchTime : kSearchTime);
  while (Clock::now() < end) {
  }
  return {200, "application/json", std::string(request.path == "/large" ? kLargeAnswerBytes : 2000, 'x'), {}};
}

void raise_descriptor_limit() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

// A forked process that ends with this one or when the object goes.
class Child {
 public:
  template <typename Work>
  explicit Child(Work work) : id_(::fork()) {
    if (id_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    work();
    ::_exit(0);
  }
  ~Child() {
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  long resident_kilobytes() const {
    std::ifstream status("/proc/" + std::to_string(id_) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
    }
    return 0;
  }

 private:
  pid_t id_;
};

enum class Slowness { Drip, Silence, KeepAlive, NoReading };

std::vector<RawClient> connect_all(std::uint16_t port, std::size_t count, Slowness slowness,
                                   const char* from = nullptr) {
  std::vector<RawClient> clients;
  clients.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    clients.emplace_back(port, 0, from);
    if (slowness == Slowness::NoReading) clients.back().send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    if (slowness == Slowness::Drip) clients.back().send("GET /search HTTP/1.1\r\nHost: h\r\nX: ");
    if (slowness == Slowness::KeepAlive) clients.back().get("/search");
  }
  return clients;
}

// Connects again what the server has let go, as an attacker would. Never returns.
void be_slow(std::uint16_t port, std::size_t count, Slowness slowness, int ready,
             const char* from = nullptr) {
  std::vector<RawClient> clients = connect_all(port, count, slowness, from);
  [[maybe_unused]] const ssize_t told = ::write(ready, "!", 1);
  while (true) {
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const char* next = slowness == Slowness::Drip ? "x" : "GET /large HTTP/1.1\r\nHost: h\r\n\r\n";
      if ((slowness == Slowness::Drip || slowness == Slowness::NoReading) && !clients[i].send(next))
        clients[i] = std::move(connect_all(port, 1, slowness, from).front());
      if (i % 10 == 9) std::this_thread::sleep_for(std::chrono::milliseconds(20000 / count));
    }
    if (slowness == Slowness::Silence || slowness == Slowness::KeepAlive)
      std::this_thread::sleep_for(std::chrono::seconds(1));
  }
}

// Each connection asks again as soon as it was answered. Never returns.
void flood(std::uint16_t port, std::size_t count, const char* from) {
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < count; ++i)
    threads.emplace_back([=] {
      while (true) {
        RawClient client(port, 0, from);
        while (client.get("/costly").status != 0) {
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
}

struct Latencies {
  std::vector<double> milliseconds;
  std::size_t asked = 0;

  double at(double share) {
    std::sort(milliseconds.begin(), milliseconds.end());
    return milliseconds.empty()
               ? 0
               : milliseconds[static_cast<std::size_t>(share * static_cast<double>(milliseconds.size() - 1))];
  }
};

// Each probe is a client of its own: it has to get in as well.
void probe(std::uint16_t port, std::chrono::milliseconds duration, Latencies& latencies) {
  const auto end = Clock::now() + duration;
  while (Clock::now() < end) {
    const auto begin = Clock::now();
    ++latencies.asked;
    if (RawClient(port).get("/search").status == 200)
      latencies.milliseconds.push_back(Milliseconds(Clock::now() - begin).count());
    std::this_thread::sleep_until(begin + kProbeInterval);
  }
}

void probe_kept(std::uint16_t port, std::chrono::milliseconds duration, Latencies& latencies) {
  const auto end = Clock::now() + duration;
  RawClient client(port);
  client.get("/search");
  while (Clock::now() < end) {
    std::this_thread::sleep_for(kProbeInterval);
    const auto begin = Clock::now();
    ++latencies.asked;
    if (client.get("/search").status == 200)
      latencies.milliseconds.push_back(Milliseconds(Clock::now() - begin).count());
  }
}

void report(const char* name, Latencies& latencies) {
  std::printf("%-28s answered %zu of %zu, p50 %.2f ms, p99 %.2f ms\n", name, latencies.milliseconds.size(),
              latencies.asked, latencies.at(0.5), latencies.at(0.99));
}

void measure(std::uint16_t port, std::size_t count, Slowness slowness, const char* name, int rounds,
             std::chrono::milliseconds duration) {
  Latencies rest;
  Latencies load;
  for (int i = 0; i < rounds; ++i) {
    probe(port, duration, rest);
    std::array<int, 2> ready{};
    [[maybe_unused]] const int made = ::pipe(ready.data());
    const Child slow([&] { be_slow(port, count, slowness, ready[1]); });
    char told = 0;
    [[maybe_unused]] const ssize_t got = ::read(ready[0], &told, 1);
    probe(port, duration, load);
    ::close(ready[0]);
    ::close(ready[1]);
  }
  report((std::string("at rest, before ") + name).c_str(), rest);
  report((std::string("beside ") + name).c_str(), load);
  std::printf("  p99 x %.2f\n", load.at(0.99) / std::max(rest.at(0.99), 0.001));
}

// Each probe is a new connection, or all are one that is kept.
void measure_flood(std::uint16_t port, const char* from, int rounds, std::chrono::milliseconds duration) {
  Latencies rest;
  Latencies load;
  Latencies kept;
  for (int i = 0; i < rounds; ++i) {
    probe(port, duration, rest);
    const Child greedy([&] { flood(port, 1000, from); });
    std::this_thread::sleep_for(std::chrono::seconds(3));  // its first requests have been answered or refused
    probe(port, duration, load);
    probe_kept(port, duration, kept);
  }
  const std::string name = std::string("1,000 costly from ") + (from == nullptr ? "here" : from);
  report((std::string("at rest, before ") + name).c_str(), rest);
  report((std::string("beside ") + name).c_str(), load);
  report("  on a kept connection", kept);
  std::printf("  p50 x %.2f, kept x %.2f\n", load.at(0.5) / rest.at(0.5), kept.at(0.5) / rest.at(0.5));
}

// Whether clients that hold nothing lose their connections to such as take no answers.
void measure_unread(std::uint16_t port, const Child& server, const char* from,
                    std::chrono::milliseconds duration) {
  std::vector<RawClient> idle = connect_all(port, 20, Slowness::KeepAlive);
  std::array<int, 2> ready{};
  [[maybe_unused]] const int made = ::pipe(ready.data());
  const Child slow([&] { be_slow(port, 3000, Slowness::NoReading, ready[1], from); });
  Latencies load;
  probe(port, duration, load);
  char told = 0;
  [[maybe_unused]] const ssize_t got = ::read(ready[0], &told, 1);
  probe(port, duration, load);
  std::size_t answered = 0;
  for (RawClient& client : idle) answered += client.get("/search").status == 200 ? 1 : 0;
  report(from == nullptr ? "beside 3,000 not reading" : "the same from elsewhere", load);
  std::printf("  idle connections kept: %zu of %zu; server at %ld kB\n", answered, idle.size(),
              server.resident_kilobytes());
}

// Whether so many clients stay connected and are all answered a second time.
void hold(std::uint16_t port, std::size_t count, const Child& server) {
  const long before = server.resident_kilobytes();
  std::vector<RawClient> clients = connect_all(port, count, Slowness::KeepAlive);
  std::size_t answered = 0;
  for (RawClient& client : clients) answered += client.get("/search").status == 200 ? 1 : 0;
  std::printf("%zu kept connections: %zu answered again; server grew from %ld to %ld kB\n", count, answered,
              before, server.resident_kilobytes());
}

void run(int rounds, std::chrono::milliseconds duration) {
  raise_descriptor_limit();
  HttpServerOptions options;
  options.port = 0;
  HttpServer server(options, search);
  const Child serving([&] { server.run(); });
  measure_flood(server.port(), kOthersAddress, rounds, duration);
  measure_flood(server.port(), nullptr, rounds, duration);
  measure_unread(server.port(), serving, kOthersAddress, duration);
  measure_unread(server.port(), serving, nullptr, duration);
  measure(server.port(), 1000, Slowness::Drip, "1,000 dripping", rounds, duration);
  measure(server.port(), 1000, Slowness::Silence, "1,000 silent", rounds, duration);
  measure(server.port(), 3000, Slowness::Drip, "3,000 dripping", rounds, duration);
  hold(server.port(), 10'000, serving);
}

}  // namespace
}  // namespace nunmul

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::stoi(arguments[1]) : 5;
  nunmul::run(rounds, std::chrono::milliseconds(count > 2 ? std::stoi(arguments[2]) : 2000));
}
