// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/webhooks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "engine/catalog_store.h"
#include "engine/webhook_post.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxWaiting = 1'000;  // posts; more are dropped
constexpr std::size_t kShownCharacters = 2;

// Up to five characters are hidden whole, else all but the first two are.
std::string masked(const std::string& value) {
  std::size_t characters = 0, shown_bytes = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if ((static_cast<unsigned char>(value[i]) & 0xC0) == 0x80) continue;
    if (characters++ == kShownCharacters) shown_bytes = i;
  }
  return characters <= 5 ? "XXX..." : value.substr(0, shown_bytes) + "XXXX...";
}

// By its name. Clients compare the other headers with what they sent.
bool is_secret(std::string_view header) {
  constexpr std::array kSecrets{"auth", "cookie", "credential", "key", "pass", "secret", "session", "sign", "token"};
  std::string name(header);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::any_of(kSecrets.begin(), kSecrets.end(),
                     [&](const char* part) { return name.find(part) != std::string::npos; });
}

}  // namespace

Json to_json(const Webhook& webhook) {
  Json headers = Json::object();
  for (const auto& [name, value] : webhook.headers) headers[name] = is_secret(name) ? masked(value) : value;
  Json json;
  json["uuid"] = webhook.uuid;
  json["isEditable"] = true;
  json["url"] = webhook.url;
  json["headers"] = std::move(headers);
  return json;
}

std::vector<Webhook> read_webhook_rows(Sqlite& db) {
  SqliteStatement row = db.prepare("SELECT uuid, url, headers FROM webhooks ORDER BY rowid");
  std::vector<Webhook> rows;
  while (row.step())
    rows.push_back({std::string(row.text(0)), std::string(row.text(1)),
                    parse_json(row.text(2)).get<std::map<std::string, std::string>>()});
  return rows;
}

void write_webhook_row(Sqlite& db, const Webhook& webhook) {
  const std::string headers = dump_json(Json(webhook.headers));
  db.prepare("INSERT INTO webhooks VALUES (?1,?2,?3) ON CONFLICT (uuid) DO UPDATE SET url=?2, headers=?3")
      .bind(1, std::string_view(webhook.uuid))
      .bind(2, std::string_view(webhook.url))
      .bind(3, std::string_view(headers))
      .run();
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
    std::vector<Webhook> loaded = store.read([](Sqlite& db) { return read_webhook_rows(db); });
    const std::scoped_lock lock(mutex);
    hooks = std::move(loaded);
  }

  void save(const Webhook& hook) {
    store.write([&](Sqlite& db) { write_webhook_row(db, hook); });
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
        if (const std::string problem = post_webhook({hook.url, hook.headers, body}, stop); !problem.empty())
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
