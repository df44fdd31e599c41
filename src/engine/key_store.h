// SPDX-License-Identifier: GPL-2.0-or-later
// API keys and who may do what. A key's secret is the HMAC of its uid under the master key and is
// never stored; tenant tokens are signed with such a secret. Comparisons take constant time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"

namespace nunmul {

class CatalogStore;
class Sqlite;

struct ApiKey {
  std::string uid;     // UUID v4, lower case
  std::string secret;  // what clients send; 64 hexadecimal digits
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::vector<std::string> actions;  // as given
  std::vector<std::string> indexes;  // uids and prefixes ending in `*`
  std::optional<Time> expires_at;
  Time created_at;
  Time updated_at;
};

// The key object of the API, nine fields.
Json to_json(const ApiKey& key);

// Whether a key may be given that action; the list of the API, wildcards included.
bool is_action(std::string_view name);
const std::vector<std::string_view>& action_names();

// Reads `expiresAt`: a day, a day and time, or RFC 3339. Nothing for anything else.
std::optional<Time> parse_expiry(std::string_view text);

struct NewApiKey {
  std::optional<std::string> uid;  // a UUID v4, checked; made if absent
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::vector<std::string> actions;
  std::vector<std::string> indexes;
  std::optional<Time> expires_at;
};

// A change of a key: what is absent stays, an inner nothing clears.
struct ApiKeyPatch {
  std::optional<std::optional<std::string>> name;
  std::optional<std::optional<std::string>> description;
};

// The rights of a request's sender, after the action of the route was granted.
class Grant {
 public:
  // Everything: the master key, or no master key configured.
  Grant() = default;

  // Whether the index may be used.
  bool allows_index(std::string_view index_uid) const;
  // Whether no index is excluded.
  bool allows_all_indexes() const;
  // The patterns of indexes that may be seen; nothing for all.
  std::optional<std::vector<std::string>> visible_indexes() const;
  // Another action of the same key ("indexes.create" when documents make an index).
  bool allows_action(std::string_view action) const;
  // Whether a task may be heard of that changes the index; without one it is about all of them.
  bool sees_task_of(const std::optional<std::string>& index_uid) const;
  // The uid of the key, unless everything is allowed.
  const std::optional<std::string>& key_uid() const { return key_uid_; }
  // The filter that a tenant token adds to every search of the index; null for none.
  Json token_filter(std::string_view index_uid) const;

 private:
  friend class KeyStore;
  struct Rule {
    std::string pattern;
    Json filter;  // null for none
  };
  bool everything_ = true;
  std::optional<std::string> key_uid_;
  std::vector<std::string> actions_;
  std::vector<std::string> indexes_;
  std::optional<std::vector<Rule>> rules_;  // of a tenant token
  const Rule* find_rule(std::string_view index_uid) const;
};

// Safe from many threads.
class KeyStore {
 public:
  // `store` outlives this. With a master key and no key yet, makes the two default keys.
  KeyStore(CatalogStore& store, std::optional<std::string> master_key);
  ~KeyStore();

  bool has_master_key() const;

  // The value of the Authorization header against the action of the route. Throws
  // Error(MissingAuthorizationHeader), Error(InvalidApiKey), and for `keys.…` without a master key
  // Error(MissingMasterKey). Whether the index of a route is allowed is asked of the grant
  // (require_index).
  Grant authorize(std::optional<std::string_view> authorization_header, std::string_view action) const;

  // By secret or uid. Absent: nothing.
  std::optional<ApiKey> find(std::string_view secret_or_uid) const;
  // The rights of the key itself; nothing if there is none or it has expired.
  std::optional<Grant> grant_of(std::string_view uid) const;
  // Newest first.
  std::vector<ApiKey> list() const;
  // Throws Error(ApiKeyAlreadyExists).
  ApiKey create(const NewApiKey& key);
  // Throw Error(ApiKeyNotFound).
  ApiKey update(std::string_view secret_or_uid, const ApiKeyPatch& patch);
  void remove(std::string_view secret_or_uid);  // and the webhooks that were made with it

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Parts of larger transactions; `db` is of a CatalogStore.
void write_key_row(Sqlite& db, const ApiKey& key);
void remove_default_keys(Sqlite& db);  // those of the first start that nobody renamed, and their webhooks

// Throws Error(InvalidApiKey) unless the grant takes in the index.
void require_index(const Grant& grant, std::string_view index_uid);

}  // namespace nunmul
