// SPDX-License-Identifier: GPL-2.0-or-later
// Whom to tell about finished tasks: the list, and the thread that posts to them (webhook_post.h). A
// receiver that is slow or down never delays the worker, its posts are dropped with a line in the log.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace nunmul {

class CatalogStore;
class Sqlite;

struct Webhook {
  std::string uuid;
  std::string url;
  std::map<std::string, std::string> headers;
};

// The object of the API. Values of headers that let someone in are masked.
Json to_json(const Webhook& webhook);

// Parts of larger transactions; `db` is of a CatalogStore.
std::vector<Webhook> read_webhook_rows(Sqlite& db);
void write_webhook_row(Sqlite& db, const Webhook& webhook);  // a new one, or in place of that uuid's

// Safe from many threads.
class Webhooks {
 public:
  explicit Webhooks(CatalogStore& store);
  ~Webhooks();

  std::vector<Webhook> list() const;
  std::optional<Webhook> find(std::string_view uuid) const;
  // The caller has checked the url (http or https with a host) and the headers' names.
  Webhook create(std::string url, std::map<std::string, std::string> headers);
  // Replaces the hook of that uuid; throws Error(WebhookNotFound).
  void update(const Webhook& webhook);
  void remove(std::string_view uuid);  // throws Error(WebhookNotFound)

  bool empty() const;
  // Posts NDJSON to every hook, in the background, in order.
  void notify(std::string ndjson);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
