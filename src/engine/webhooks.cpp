// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/webhooks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "base/error.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/utf8.h"
#include "engine/catalog_store.h"
#include "engine/key_store.h"
#include "engine/webhook_rules.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxWaiting = 1'000;  // posts to one hook; more are dropped
constexpr std::size_t kMaxPosters = kMaxWebhooks;
constexpr std::size_t kShownCharacters = 2;

// Up to five characters are hidden whole, else all but the first two are.
std::string masked(const std::string& value) {
  if (count_chars(value) <= 5) return "XXX...";
  return value.substr(0, bytes_of_chars(value, kShownCharacters)) + "XXXX...";
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

void remove_webhook_row(Sqlite& db, std::string_view uuid) {
  db.prepare("DELETE FROM webhooks WHERE uuid=?1").bind(1, uuid).run();
}

// A key for some indexes can neither see nor remove what others made, so it gets a part of the places only.
void check_room(const std::vector<Webhook>& hooks, const Webhook& added, bool for_some_indexes) {
  const auto own = std::count_if(hooks.begin(), hooks.end(),
                                 [&](const Webhook& hook) { return hook.owner == added.owner; });
  if (for_some_indexes && static_cast<std::size_t>(own) >= kMaxWebhooksOfLimitedKey)
    throw Error(ErrorCode::InvalidWebhooks, "The key has " + std::to_string(own) +
                                                " webhooks already, and no more are kept for a key that is "
                                                "limited to some indexes.");
  if (hooks.size() >= kMaxWebhooks)
    throw Error(ErrorCode::InvalidWebhooks,
                "There are " + std::to_string(kMaxWebhooks) + " webhooks already, and no more are kept.");
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
  using News = std::shared_ptr<const std::vector<TaskNews>>;

  CatalogStore& store;
  const KeyStore& keys;
  const WebhookReach reach;
  std::mutex mutex;
  // News that the hooks (by uuid) still have to hear, oldest first; the first is being posted, or its hook is
  // ready.
  std::map<std::string, std::deque<News>> waiting;  // guarded by mutex
  std::deque<std::string> ready;                    // guarded by mutex
  std::size_t busy = 0;                             // posters that post; guarded by mutex
  std::condition_variable_any arrived;
  std::vector<std::jthread> posters;  // guarded by mutex

  ~Impl() {
    for (std::jthread& poster : posters) poster.request_stop();  // all, before the first is waited for
  }

  std::vector<Webhook> hooks() const {
    return store.read([](Sqlite& db) { return read_webhook_rows(db); });
  }

  std::optional<Webhook> find(std::string_view uuid) const {
    for (Webhook& hook : hooks())
      if (hook.uuid == uuid) return std::move(hook);
    return std::nullopt;
  }

  // The rights of the receiver; nothing where its key is gone or has expired.
  std::optional<Grant> grant_of(const Webhook& hook) const {
    return hook.owner ? keys.grant_of(*hook.owner) : Grant();
  }

  std::string body_for(const Webhook& hook, const std::vector<TaskNews>& news) const {
    const auto grant = grant_of(hook);
    std::string body;
    for (const TaskNews& each : news)
      if (grant && grant->sees_task_of(each.index_uid)) body += each.line;
    return body;
  }

  void add(const std::string& uuid, const News& news) {
    std::deque<News>& queue = waiting[uuid];
    if (queue.size() >= kMaxWaiting)
      return log(LogLevel::Warning, "webhook " + uuid + " is too slow: the news of a batch is dropped");
    queue.push_back(news);
    if (queue.size() > 1) return;
    ready.push_back(uuid);
    arrived.notify_one();
  }

  // One for each hook that none is free for.
  void start_posters() {
    try {
      while (ready.size() > posters.size() - busy && posters.size() < kMaxPosters)
        posters.emplace_back([this](const std::stop_token& stop) { post_all(stop); });
    } catch (const std::system_error& error) {  // those there are go on
      log(LogLevel::Error, std::string("no thread for a webhook: ") + error.what());
    }
  }

  void post_all(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    for (;;) {
      arrived.wait(lock, stop, [&] { return !ready.empty(); });
      if (stop.stop_requested()) return;
      const std::string uuid = std::move(ready.front());
      ready.pop_front();
      std::deque<News>& queue = waiting.at(uuid);
      const News news = queue.front();
      ++busy;
      lock.unlock();
      post(uuid, *news, stop);
      lock.lock();
      --busy;
      queue.pop_front();
      queue.empty() ? static_cast<void>(waiting.erase(uuid)) : ready.push_back(uuid);
    }
  }

  void post(const std::string& uuid, const std::vector<TaskNews>& news, const std::stop_token& stop) const {
    try {
      const std::optional<Webhook> hook = find(uuid);
      const std::string body = hook ? body_for(*hook, news) : "";
      if (body.empty()) return;
      const std::string problem = post_webhook({hook->url, hook->headers, body, reach}, stop);
      if (!problem.empty()) log(LogLevel::Warning, "webhook " + uuid + " was not told: " + problem);
    } catch (const std::exception& error) {
      log(LogLevel::Error, "webhook " + uuid + " was not told: " + error.what());
    }
  }
};

Webhooks::Webhooks(CatalogStore& store, const KeyStore& keys, WebhookReach reach)
    : impl_(std::make_unique<Impl>(store, keys, reach)) {}

Webhooks::~Webhooks() = default;

std::vector<Webhook> Webhooks::list() const { return impl_->hooks(); }

std::optional<Webhook> Webhooks::find(std::string_view uuid) const { return impl_->find(uuid); }

Webhook Webhooks::create(std::string url, std::map<std::string, std::string> headers,
                         std::optional<std::string> owner) {
  Webhook hook{random_uuid(), std::move(url), std::move(headers), std::move(owner)};
  const auto grant = impl_->grant_of(hook);
  std::vector<Webhook> ended = list();
  std::erase_if(ended, [&](const Webhook& each) { return impl_->grant_of(each).has_value(); });
  impl_->store.write([&](Sqlite& db) {
    for (const Webhook& each : ended) remove_webhook_row(db, each.uuid);
    check_room(read_webhook_rows(db), hook, grant && !grant->allows_all_indexes());
    write_webhook_row(db, hook);
  });
  return hook;
}

void Webhooks::update(const Webhook& webhook) {
  if (!find(webhook.uuid))
    throw Error(ErrorCode::WebhookNotFound, "Webhook `" + webhook.uuid + "` not found.");
  impl_->store.write([&](Sqlite& db) { write_webhook_row(db, webhook); });
}

void Webhooks::remove(std::string_view uuid) {
  if (!find(uuid)) throw Error(ErrorCode::WebhookNotFound, "Webhook `" + std::string(uuid) + "` not found.");
  impl_->store.write([&](Sqlite& db) { remove_webhook_row(db, uuid); });
}

bool Webhooks::empty() const { return list().empty(); }

void Webhooks::notify(std::vector<TaskNews> news) {
  const auto shared = std::make_shared<const std::vector<TaskNews>>(std::move(news));
  const std::vector<Webhook> hooks = list();
  const std::scoped_lock lock(impl_->mutex);
  for (const Webhook& hook : hooks)
    if (impl_->grant_of(hook)) impl_->add(hook.uuid, shared);
  impl_->start_posters();
}

}  // namespace nunmul
