// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/webhooks.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "engine/catalog_store.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxWaiting = 1'000;  // posts; more are dropped
constexpr int kTimeoutSeconds = 5;

struct HttpUrl {
  std::string host;
  std::string port = "80";
  std::string target = "/";
  std::string authority;  // host and port as written
};

std::optional<HttpUrl> parse_http_url(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) return std::nullopt;
  url.remove_prefix(kScheme.size());
  HttpUrl parts;
  const std::size_t path = std::min(url.find_first_of("/?#"), url.size());
  parts.authority = url.substr(0, path);
  if (path < url.size()) parts.target = url.substr(path, url.find('#') - path);
  if (parts.target.front() != '/') parts.target.insert(0, "/");
  std::string_view authority = parts.authority;
  const std::size_t colon = authority.rfind(':');
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    parts.host = authority.substr(1, close - 1);
    if (colon != std::string_view::npos && colon > close) parts.port = authority.substr(colon + 1);
  } else {
    parts.host = authority.substr(0, colon);
    if (colon != std::string_view::npos) parts.port = authority.substr(colon + 1);
  }
  if (parts.host.empty()) return std::nullopt;
  return parts;
}

class Socket {
 public:
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  ~Socket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// A connected socket with time limits, or a negative one.
int connect_to(const HttpUrl& url) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(url.host.c_str(), url.port.c_str(), &hints, &found) != 0) return -1;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, ::freeaddrinfo);
  for (const addrinfo* address = found; address; address = address->ai_next) {
    const int descriptor =
        ::socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, address->ai_protocol);
    if (descriptor < 0) continue;
    const timeval limit{kTimeoutSeconds, 0};
    ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (::connect(descriptor, address->ai_addr, address->ai_addrlen) == 0) return descriptor;
    ::close(descriptor);
  }
  return -1;
}

// "" if the receiver took it, else what is wrong.
std::string post(const Webhook& hook, const std::string& body) {
  const auto url = parse_http_url(hook.url);
  if (!url) return "only plain http is spoken";
  const Socket socket(connect_to(*url));
  if (socket.get() < 0) return "no connection";
  std::string request = "POST " + url->target + " HTTP/1.1\r\nHost: " + url->authority +
                        "\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\nContent-Length: " +
                        std::to_string(body.size()) + "\r\n";
  for (const auto& [name, value] : hook.headers) request += name + ": " + value + "\r\n";
  request += "\r\n" + body;
  for (std::string_view rest = request; !rest.empty();) {
    const ssize_t sent = ::send(socket.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent <= 0) return "the connection broke";
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  char answer[64];
  const ssize_t size = ::recv(socket.get(), answer, sizeof answer, 0);
  const std::string_view status(answer, size > 0 ? static_cast<std::size_t>(size) : 0);
  if (status.starts_with("HTTP/1.") && status.size() > 9 && status[9] == '2') return "";
  return status.empty() ? "no answer" : "refused";
}

std::string masked(const std::string& value) {
  if (value.size() <= 5) return "XXX...";
  std::size_t end = 2;
  while (end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) ++end;
  return value.substr(0, end) + "XXXX...";
}

}  // namespace

Json to_json(const Webhook& webhook) {
  Json headers = Json::object();
  for (const auto& [name, value] : webhook.headers) headers[name] = masked(value);
  Json json;
  json["uuid"] = webhook.uuid;
  json["isEditable"] = true;
  json["url"] = webhook.url;
  json["headers"] = std::move(headers);
  return json;
}

struct Webhooks::Impl {
  explicit Impl(CatalogStore& catalog_store) : store(catalog_store) {}

  CatalogStore& store;
  mutable std::mutex mutex;
  std::vector<Webhook> hooks;       // guarded by mutex
  std::deque<std::string> waiting;  // guarded by mutex
  std::condition_variable_any arrived;
  std::jthread poster;

  void load() {
    std::vector<Webhook> loaded = store.read([](Sqlite& db) {
      SqliteStatement row = db.prepare("SELECT uuid, url, headers FROM webhooks ORDER BY rowid");
      std::vector<Webhook> rows;
      while (row.step())
        rows.push_back({std::string(row.text(0)), std::string(row.text(1)),
                        parse_json(row.text(2)).get<std::map<std::string, std::string>>()});
      return rows;
    });
    const std::scoped_lock lock(mutex);
    hooks = std::move(loaded);
  }

  void save(const Webhook& hook) {
    const std::string headers = dump_json(Json(hook.headers));
    store.write([&](Sqlite& db) {
      db.prepare("INSERT INTO webhooks VALUES (?1,?2,?3) ON CONFLICT (uuid) DO UPDATE SET url=?2, headers=?3")
          .bind(1, std::string_view(hook.uuid))
          .bind(2, std::string_view(hook.url))
          .bind(3, std::string_view(headers))
          .run();
    });
    load();
  }

  void post_all(const std::stop_token& stop) {
    for (;;) {
      std::string body;
      std::vector<Webhook> receivers;
      {
        std::unique_lock lock(mutex);
        arrived.wait(lock, stop, [&] { return !waiting.empty(); });
        if (stop.stop_requested()) return;
        body = std::move(waiting.front());
        waiting.pop_front();
        receivers = hooks;
      }
      for (const Webhook& hook : receivers)
        if (const std::string problem = post(hook, body); !problem.empty())
          log(LogLevel::Warning, "webhook " + hook.uuid + " was not told: " + problem);
    }
  }
};

Webhooks::Webhooks(CatalogStore& store) : impl_(std::make_unique<Impl>(store)) {
  impl_->load();
  impl_->poster = std::jthread([impl = impl_.get()](const std::stop_token& stop) { impl->post_all(stop); });
}

Webhooks::~Webhooks() = default;

std::vector<Webhook> Webhooks::list() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->hooks;
}

std::optional<Webhook> Webhooks::find(std::string_view uuid) const {
  for (Webhook& hook : list())
    if (hook.uuid == uuid) return std::move(hook);
  return std::nullopt;
}

Webhook Webhooks::create(std::string url, std::map<std::string, std::string> headers) {
  Webhook hook{random_uuid(), std::move(url), std::move(headers)};
  impl_->save(hook);
  return hook;
}

void Webhooks::update(const Webhook& webhook) {
  if (!find(webhook.uuid))
    throw Error(ErrorCode::WebhookNotFound, "Webhook `" + webhook.uuid + "` not found.");
  impl_->save(webhook);
}

void Webhooks::remove(std::string_view uuid) {
  if (!find(uuid)) throw Error(ErrorCode::WebhookNotFound, "Webhook `" + std::string(uuid) + "` not found.");
  impl_->store.write(
      [&](Sqlite& db) { db.prepare("DELETE FROM webhooks WHERE uuid=?1").bind(1, uuid).run(); });
  impl_->load();
}

bool Webhooks::empty() const {
  const std::scoped_lock lock(impl_->mutex);
  return impl_->hooks.empty();
}

void Webhooks::notify(std::string ndjson) {
  const std::scoped_lock lock(impl_->mutex);
  if (impl_->hooks.empty()) return;
  if (impl_->waiting.size() >= kMaxWaiting) {
    log(LogLevel::Warning, "a webhook is too slow: the news of a batch is dropped");
    return;
  }
  impl_->waiting.push_back(std::move(ndjson));
  impl_->arrived.notify_one();
}

}  // namespace nunmul
