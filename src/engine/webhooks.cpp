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
#include "engine/key_store.h"

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
  constexpr std::array kSecrets{"auth",   "cookie",  "credential", "key",  "pass",
                                "secret", "session", "sign",       "token"};
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
  SqliteStatement row = db.prepare("SELECT uuid, url, headers, owner FROM webhooks ORDER BY rowid");
  std::vector<Webhook> rows;
  while (row.step())
    rows.push_back({std::string(row.text(0)), std::string(row.text(1)),
                    parse_json(row.text(2)).get<std::map<std::string, std::string>>(), row.optional_text(3)});
  return rows;
}

void write_webhook_row(Sqlite& db, const Webhook& webhook) {
  const std::string headers = dump_json(Json(webhook.headers));
  db.prepare(
        "INSERT INTO webhooks (uuid, url, headers, owner) VALUES (?1,?2,?3,?4) "
        "ON CONFLICT (uuid) DO UPDATE SET url=?2, headers=?3")
      .bind(1, std::string_view(webhook.uuid))
      .bind(2, std::string_view(webhook.url))
      .bind(3, std::string_view(headers))
      .bind(4, webhook.owner)
      .run();
}

struct Webhooks::Impl {
  CatalogStore& store;
  const KeyStore& keys;
  const WebhookReach reach;
  std::mutex mutex;
  std::deque<std::vector<TaskNews>> waiting;  // guarded by mutex
  std::condition_variable_any arrived;
  std::jthread poster;

  std::vector<Webhook> hooks() const {
    return store.read([](Sqlite& db) { return read_webhook_rows(db); });
  }

  // The lines that the receiver may see; "" also where its key is gone or has expired.
  std::string body_for(const Webhook& hook, const std::vector<TaskNews>& news) const {
    const auto grant = hook.owner ? keys.grant_of(*hook.owner) : std::optional(Grant());
    std::string body;
    for (const TaskNews& each : news)
      if (grant && grant->sees_task_of(each.index_uid)) body += each.line;
    return body;
  }

  void post(const std::vector<TaskNews>& news, const std::stop_token& stop) const {
    for (const Webhook& hook : hooks()) {
      const std::string body = body_for(hook, news);
      if (body.empty()) continue;
      if (const std::string problem = post_webhook({hook.url, hook.headers, body, reach}, stop);
          !problem.empty())
        log(LogLevel::Warning, "webhook " + hook.uuid + " was not told: " + problem);
    }
  }

  void post_all(const std::stop_token& stop) {
    for (;;) {
      std::vector<TaskNews> news;
      {
        std::unique_lock lock(mutex);
        arrived.wait(lock, stop, [&] { return !waiting.empty(); });
        if (stop.stop_requested()) return;
        news = std::move(waiting.front());
        waiting.pop_front();
      }
      try {
        post(news, stop);
      } catch (const std::exception& error) {
        log(LogLevel::Error, std::string("webhooks were not told: ") + error.what());
      }
    }
  }
};

Webhooks::Webhooks(CatalogStore& store, const KeyStore& keys, WebhookReach reach)
    : impl_(std::make_unique<Impl>(store, keys, reach)) {
  impl_->poster = std::jthread([impl = impl_.get()](const std::stop_token& stop) { impl->post_all(stop); });
}

Webhooks::~Webhooks() = default;

std::vector<Webhook> Webhooks::list() const { return impl_->hooks(); }

std::optional<Webhook> Webhooks::find(std::string_view uuid) const {
  for (Webhook& hook : list())
    if (hook.uuid == uuid) return std::move(hook);
  return std::nullopt;
}

Webhook Webhooks::create(std::string url, std::map<std::string, std::string> headers,
                         std::optional<std::string> owner) {
  Webhook hook{random_uuid(), std::move(url), std::move(headers), std::move(owner)};
  impl_->store.write([&](Sqlite& db) { write_webhook_row(db, hook); });
  return hook;
}

void Webhooks::update(const Webhook& webhook) {
  if (!find(webhook.uuid))
    throw Error(ErrorCode::WebhookNotFound, "Webhook `" + webhook.uuid + "` not found.");
  impl_->store.write([&](Sqlite& db) { write_webhook_row(db, webhook); });
}

void Webhooks::remove(std::string_view uuid) {
  if (!find(uuid)) throw Error(ErrorCode::WebhookNotFound, "Webhook `" + std::string(uuid) + "` not found.");
  impl_->store.write(
      [&](Sqlite& db) { db.prepare("DELETE FROM webhooks WHERE uuid=?1").bind(1, uuid).run(); });
}

bool Webhooks::empty() const { return list().empty(); }

void Webhooks::notify(std::vector<TaskNews> news) {
  const std::scoped_lock lock(impl_->mutex);
  if (impl_->waiting.size() >= kMaxWaiting) {
    log(LogLevel::Warning, "a webhook is too slow: the news of a batch is dropped");
    return;
  }
  impl_->waiting.push_back(std::move(news));
  impl_->arrived.notify_one();
}

}  // namespace nunmul
