// SPDX-License-Identifier: GPL-2.0-or-later
// Reports finished tasks: the list of webhooks, and the threads that post to them (webhook_post.h). Each
// webhook gets its posts in order, one at a time, independently of the others. A receiver that is slow or
// down delays neither the worker nor other receivers; its posts are dropped, with a line in the log.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "engine/webhook_post.h"

namespace nunmul {

class CatalogStore;
class KeyStore;
class Sqlite;

struct Webhook {
  std::string uuid;
  std::string url;
  std::map<std::string, std::string> headers;
  // The uid of the key that it was made with. It is told of what that key may see, and ends with it.
  std::optional<std::string> owner = std::nullopt;
};

// A finished task, as a line of NDJSON.
struct TaskNews {
  std::optional<std::string> index_uid;
  std::string line;
};

// The object of the API. Values of headers that let someone in are masked.
Json to_json(const Webhook& webhook);

// Parts of larger transactions; `db` is of a CatalogStore.
std::vector<Webhook> read_webhook_rows(Sqlite& db);
void write_webhook_row(Sqlite& db, const Webhook& webhook);  // a new one, or in place of that uuid's

// Safe from many threads.
class Webhooks {
 public:
  // Both outlive this.
  Webhooks(CatalogStore& store, const KeyStore& keys, WebhookReach reach = WebhookReach::Anywhere);
  ~Webhooks();

  std::vector<Webhook> list() const;
  std::optional<Webhook> find(std::string_view uuid) const;
  // The caller has checked the url and the headers (webhook_rules.h). Removes the hooks whose key has
  // expired, which are told nothing any more. Throws Error(InvalidWebhooks) where there is no room for
  // another.
  Webhook create(std::string url, std::map<std::string, std::string> headers,
                 std::optional<std::string> owner = std::nullopt);
  // Replaces the hook of that uuid; throws Error(WebhookNotFound).
  void update(const Webhook& webhook);
  void remove(std::string_view uuid);  // throws Error(WebhookNotFound)

  bool empty() const;
  // Posts to every hook what it may be told, in the background.
  void notify(std::vector<TaskNews> news);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
