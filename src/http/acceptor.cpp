// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/acceptor.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "base/log.h"
#include "base/network_address.h"

namespace nunmul {
namespace {

constexpr std::chrono::minutes kComplaintInterval{1};
constexpr int kAcceptsInARow = 64;  // then others have their turn

std::string address_text(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text.data(), text.size());
  } else if (address.ss_family == AF_INET6) {
    inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text.data(), text.size());
  }
  const std::string_view result(text.data());
  constexpr std::string_view kMapped = "::ffff:";  // an IPv4 client of an IPv6 socket
  const bool is_mapped = result.starts_with(kMapped) && result.find('.') != result.npos;
  return std::string(is_mapped ? result.substr(kMapped.size()) : result);
}

bool is_shortage(int error_number) {
  return error_number == EMFILE || error_number == ENFILE || error_number == ENOBUFS ||
         error_number == ENOMEM;
}

}  // namespace

Acceptor::Acceptor(PollSet& set, std::vector<Descriptor>& listeners,
                   std::function<void(Descriptor, std::string)> admit, std::function<bool()> make_room)
    : set_(set), listeners_(listeners), admit_(std::move(admit)), make_room_(std::move(make_room)) {
  resume();
}

void Acceptor::accept_from(std::size_t listener) {
  if (listener >= listeners_.size()) return;
  for (int i = 0; i < kAcceptsInARow; ++i) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    Descriptor socket(::accept4(listeners_[listener].get(), reinterpret_cast<sockaddr*>(&address), &size,
                                SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.get() >= 0) {
      admit_(std::move(socket), address_text(address));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK || !survive(errno)) {
      return;
    }
  }
}

void Acceptor::resume() {
  for (std::size_t i = 0; i < listeners_.size(); ++i) set_.add(listeners_[i].get(), i);
  is_paused_ = false;
}

void Acceptor::close() {
  for (std::size_t i = 0; i < listeners_.size(); ++i) accept_from(i);
  if (!is_paused_) pause();
  is_paused_ = false;
  listeners_.clear();
}

// Whether it is worth trying again at once.
bool Acceptor::survive(int error_number) {
  const auto now = std::chrono::steady_clock::now();
  if (now >= next_complaint_) {
    log(LogLevel::Warning, std::string("a connection could not be accepted: ") + std::strerror(error_number));
    next_complaint_ = now + kComplaintInterval;
  }
  if (!is_shortage(error_number) || make_room_()) return true;
  if (!is_paused_) pause();
  return false;
}

void Acceptor::pause() {
  for (const Descriptor& listener : listeners_) set_.remove(listener.get());
  is_paused_ = true;
}

bool is_local(const std::string& peer) { return peer.empty() || is_loopback_address(peer); }

}  // namespace nunmul
