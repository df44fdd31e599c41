// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/listener.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>

#include "base/error.h"
#include "base/files.h"

namespace nunmul {
namespace {

// A burst of new clients waits in the kernel instead of trying again after a second; the system cuts this
// down to net.core.somaxconn.
constexpr int kBacklog = std::numeric_limits<int>::max();
constexpr int kUnsentBytes = 128 * 1024;
constexpr int kFirstActivationSocket = 3;

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Addresses addresses_of(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int result = getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (result != 0)
    throw Error(ErrorCode::IoError, "Cannot listen on `" + host + "`: " + gai_strerror(result));
  return {found, &freeaddrinfo};
}

void set_port(sockaddr& address, std::uint16_t port) {
  if (address.sa_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6&>(address).sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in&>(address).sin_port = htons(port);
  }
}

void set_option(const Descriptor& socket, int level, int option, int value) {
  ::setsockopt(socket.get(), level, option, &value, sizeof value);
}

// Accepted sockets inherit these options. An answer that its client does not read stays with the
// connection, where it is counted, and does not pile up in the kernel, which takes megabytes of each.
void start_listening(const Descriptor& socket) {
  set_option(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, kUnsentBytes);
  if (::listen(socket.get(), kBacklog) != 0) throw_errno(errno, "listen");
}

// Errors are left in errno.
Descriptor bound_socket(const addrinfo& address, std::uint16_t port) {
  Descriptor socket(::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return socket;
  set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  set_port(*address.ai_addr, port);
  if (::bind(socket.get(), address.ai_addr, address.ai_addrlen) == 0) return socket;
  const int reason = errno;
  socket.reset();
  errno = reason;
  return socket;
}

// Without a family if the socket has none.
sockaddr_storage address_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) address.ss_family = AF_UNSPEC;
  return address;
}

int number_in_environment(const char* name) {
  const char* text = std::getenv(name);
  int number = 0;
  if (text != nullptr) std::from_chars(text, text + std::strlen(text), number);
  return number;
}

}  // namespace

std::vector<Descriptor> listen_on(const std::string& host, std::uint16_t port) {
  std::vector<Descriptor> listeners;
  const Addresses addresses = addresses_of(host);
  int reason = 0;
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
    Descriptor socket = bound_socket(*address, port);
    if (socket.get() < 0) {
      // A second address may be missing (IPv6 switched off) or taken by the first ("::" takes IPv4 too).
      reason = errno;
      continue;
    }
    start_listening(socket);
    port = port_of(socket);
    listeners.push_back(std::move(socket));
  }
  if (listeners.empty()) throw_errno(reason, "listen on " + host + ":" + std::to_string(port));
  return listeners;
}

std::vector<Descriptor> adopt_listeners(const std::vector<int>& sockets) {
  std::vector<Descriptor> listeners;
  for (const int socket : sockets) {
    listeners.emplace_back(socket);
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    start_listening(listeners.back());
  }
  return listeners;
}

std::uint16_t port_of(const Descriptor& listener) {
  const sockaddr_storage address = address_of(listener.get());
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

std::string host_of(int listener) {
  std::array<char, NI_MAXHOST> host{};
  const sockaddr_storage address = address_of(listener);
  const bool is_internet = address.ss_family == AF_INET || address.ss_family == AF_INET6;
  if (is_internet)
    ::getnameinfo(reinterpret_cast<const sockaddr*>(&address), sizeof address, host.data(), host.size(),
                  nullptr, 0, NI_NUMERICHOST);
  return host.data();
}

std::vector<int> activation_sockets() {
  std::vector<int> sockets;
  if (number_in_environment("LISTEN_PID") != static_cast<int>(::getpid())) return sockets;
  const int count = number_in_environment("LISTEN_FDS");
  for (int i = 0; i < count; ++i) sockets.push_back(kFirstActivationSocket + i);
  return sockets;
}

}  // namespace nunmul
