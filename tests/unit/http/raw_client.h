// SPDX-License-Identifier: GPL-2.0-or-later
// A client that sends the bytes it is told to, and reads answers as a strict client would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "http/descriptor.h"
#include "http/text_fields.h"

namespace nunmul {

struct RawAnswer {
  int status = 0;                              // 0 when the connection ended instead
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

class RawClient {
 public:
  // `from` is the address that the server sees, one of 127.0.0.0/8.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0, const char* from = nullptr)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{20, 0};  // a test that would hang fails
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const int on = 1;
    ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receive_buffer > 0)
      ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (from != nullptr) {
      ::inet_pton(AF_INET, from, &address.sin_addr);
      ::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("connection refused");
    }
  }

  // False when the connection has been closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  void end_sending() { ::shutdown(socket_.get(), SHUT_WR); }

  RawAnswer receive(bool has_body = true) {
    RawAnswer answer;
    const std::string head = take_until("\r\n\r\n");
    if (head.empty()) return answer;
    answer.status = std::stoi(head.substr(head.find(' ') + 1));
    for (std::size_t begin = head.find("\r\n") + 2; begin < head.size() - 2;) {
      const std::size_t end = head.find("\r\n", begin);
      const std::size_t colon = head.find(':', begin);
      answer.headers[to_lower_ascii(head.substr(begin, colon - begin))] =
          trimmed(std::string_view(head).substr(colon + 1, end - colon - 1));
      begin = end + 2;
    }
    if (has_body && answer.headers.count("content-length") != 0)
      answer.body = take(std::stoul(answer.headers["content-length"]));
    return answer;
  }

  RawAnswer get(const std::string& target) {
    send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
    return receive();
  }

  // Whether the server has closed, after at most what it still sends.
  bool is_at_end() {
    while (receive_some()) {
    }
    return has_ended_;
  }

 private:
  bool receive_some() {
    char bytes[16384];
    const ssize_t count = ::recv(socket_.get(), bytes, sizeof bytes, 0);
    if (count <= 0) {
      has_ended_ = count == 0 || errno == ECONNRESET;
      return false;
    }
    unread_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  std::string take(std::size_t size) {
    while (unread_.size() < size && receive_some()) {
    }
    const std::string result = unread_.substr(0, size);
    unread_.erase(0, size);
    return result;
  }

  std::string take_until(std::string_view end) {
    while (unread_.find(end) == unread_.npos) {
      if (!receive_some()) return {};
    }
    return take(unread_.find(end) + end.size());
  }

  Descriptor socket_;
  std::string unread_;
  bool has_ended_ = false;
};

}  // namespace nunmul
