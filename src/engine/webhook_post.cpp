// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/webhook_post.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <string_view>

#include "base/error.h"
#include "engine/internal_address.h"
#include "engine/web_address.h"
#include "engine/webhook_rules.h"

namespace nunmul {
namespace {

using namespace std::chrono_literals;

constexpr auto kTimeForPost = 10s;
constexpr auto kTick = 200ms;  // how late a stop may be noticed
constexpr std::size_t kStatusBytes = std::string_view("HTTP/1.1 200").size();

// The failure that ends a post; its text is for the log.
struct PostError {
  std::string problem;
};

// A socket that is waited for no longer than the post may take.
class TimedSocket {
 public:
  TimedSocket(WebhookReach reach, const std::stop_token& stop)
      : reach_(reach), stop_(stop), end_(std::chrono::steady_clock::now() + kTimeForPost) {}
  ~TimedSocket() { close(); }
  TimedSocket(const TimedSocket&) = delete;
  TimedSocket& operator=(const TimedSocket&) = delete;

  int get() const { return descriptor_; }

  // Tries the addresses of the host in order.
  void connect(const WebAddress& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found) != 0)
      throw PostError{"its host is unknown"};
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, ::freeaddrinfo);
    bool forbidden = false;
    for (const addrinfo* each = found; each; each = each->ai_next) {
      if (reach_ == WebhookReach::Outside && is_internal(*each->ai_addr)) {
        forbidden = true;
      } else if (connect_to(*each)) {
        return;
      }
    }
    throw PostError{forbidden ? "its address is internal, which --no-private-webhooks forbids"
                              : "no connection"};
  }

  void wait(short events) const {
    pollfd waiting{descriptor_, events, 0};
    while (std::chrono::steady_clock::now() < end_ && !stop_.stop_requested()) {
      const int ready = ::poll(&waiting, 1, static_cast<int>(std::chrono::milliseconds(kTick).count()));
      if (ready > 0) return;
      if (ready < 0 && errno != EINTR) break;
    }
    throw PostError{"it took too long"};
  }

 private:
  const WebhookReach reach_;
  const std::stop_token& stop_;
  const std::chrono::steady_clock::time_point end_;
  int descriptor_ = -1;

  void close() {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
  }

  bool connect_to(const addrinfo& address) {
    close();
    descriptor_ =
        ::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, address.ai_protocol);
    if (descriptor_ < 0) return false;
    if (::connect(descriptor_, address.ai_addr, address.ai_addrlen) == 0) return true;
    if (errno != EINPROGRESS) return false;
    wait(POLLOUT);
    int problem = 0;
    socklen_t size = sizeof problem;
    return ::getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &problem, &size) == 0 && problem == 0;
  }
};

class TcpStream {
 public:
  explicit TcpStream(const TimedSocket& socket) : socket_(socket) {}

  std::size_t write(std::string_view bytes) {
    return retry(POLLOUT, [&] { return ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL); });
  }
  // 0 at the end.
  std::size_t read(char* into, std::size_t size) {
    return retry(POLLIN, [&] { return ::recv(socket_.get(), into, size, 0); });
  }

 private:
  const TimedSocket& socket_;

  template <typename Step>
  std::size_t retry(short events, Step&& step) const {
    for (;;) {
      const ssize_t count = step();
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) throw PostError{"the connection broke"};
      socket_.wait(events);
    }
  }
};

template <auto free>
struct FreeWith {
  template <typename T>
  void operator()(T* pointer) const {
    free(pointer);
  }
};

class TlsStream {
 public:
  TlsStream(const TimedSocket& socket, const std::string& host)
      : socket_(socket), context_(::SSL_CTX_new(::TLS_client_method())) {
    if (!context_ || ::SSL_CTX_set_default_verify_paths(context_.get()) != 1)
      throw PostError{"TLS could not be set up"};
    ::SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    ::SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    ssl_.reset(::SSL_new(context_.get()));
    if (!ssl_ || !expect(host) || ::SSL_set_fd(ssl_.get(), socket_.get()) != 1)
      throw PostError{"TLS could not be set up"};
    retry([&] { return ::SSL_connect(ssl_.get()); });
  }

  std::size_t write(std::string_view bytes) {
    std::size_t count = 0;
    retry([&] { return ::SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count); });
    return count;
  }
  std::size_t read(char* into, std::size_t size) {
    std::size_t count = 0;
    retry([&] { return ::SSL_read_ex(ssl_.get(), into, size, &count); });
    return count;
  }

 private:
  const TimedSocket& socket_;
  std::unique_ptr<SSL_CTX, FreeWith<::SSL_CTX_free>> context_;
  std::unique_ptr<SSL, FreeWith<::SSL_free>> ssl_;

  // The name or address that the certificate must be for.
  bool expect(const std::string& host) {
    std::array<unsigned char, 16> bytes{};
    const bool is_number = ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
                           ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
    if (is_number) return ::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(ssl_.get()), host.c_str()) == 1;
    return ::SSL_set1_host(ssl_.get(), host.c_str()) == 1 &&
           ::SSL_set_tlsext_host_name(ssl_.get(), host.c_str()) == 1;
  }

  template <typename Step>
  void retry(Step&& step) const {
    for (;;) {
      ::ERR_clear_error();
      const int result = step();
      if (result == 1) return;
      switch (::SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ:
          socket_.wait(POLLIN);
          break;
        case SSL_ERROR_WANT_WRITE:
          socket_.wait(POLLOUT);
          break;
        default:
          throw PostError{problem()};
      }
    }
  }

  std::string problem() const {
    const long verdict = ::SSL_get_verify_result(ssl_.get());
    if (verdict == X509_V_OK) return "the TLS connection broke";
    return std::string("its certificate is not valid: ") + ::X509_verify_cert_error_string(verdict);
  }
};

std::string request_text(const WebAddress& address, const WebhookPost& post) {
  std::string text = "POST " + address.target + " HTTP/1.1\r\nHost: " + address.authority +
                     "\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\nContent-Length: " +
                     std::to_string(post.body.size()) + "\r\n";
  for (const auto& [name, value] : post.headers)
    if (may_be_sent(name, value)) text += name + ": " + value + "\r\n";
  return text + "\r\n" + post.body;
}

template <typename Stream>
void exchange(Stream&& stream, const std::string& request) {
  for (std::string_view rest = request; !rest.empty();) rest.remove_prefix(stream.write(rest));
  std::array<char, kStatusBytes> status{};
  std::size_t size = 0;
  while (size < status.size()) {
    const std::size_t count = stream.read(status.data() + size, status.size() - size);
    if (count == 0) throw PostError{"no answer"};
    size += count;
  }
  const std::string_view text(status.data(), status.size());
  if (!text.starts_with("HTTP/1.") || text[9] != '2') throw PostError{"refused: " + std::string(text)};
}

}  // namespace

std::string post_webhook(const WebhookPost& post, const std::stop_token& stop) {
  try {
    const WebAddress address = read_web_address(post.url);
    const std::string request = request_text(address, post);
    TimedSocket socket(post.reach, stop);
    socket.connect(address);
    if (address.is_secure)
      exchange(TlsStream(socket, address.host), request);
    else
      exchange(TcpStream(socket), request);
    return "";
  } catch (const BadWebAddress& bad) {
    return "its address " + bad.problem;
  } catch (const PostError& error) {
    return error.problem;
  }
}

}  // namespace nunmul
