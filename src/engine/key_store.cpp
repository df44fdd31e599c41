// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/key_store.h"

#include <algorithm>
#include <mutex>

#include "base/error.h"
#include "base/hash.h"
#include "engine/catalog_store.h"
#include "engine/task.h"
#include "engine/task_rows.h"
#include "engine/tenant_token.h"

namespace nunmul {
namespace {

constexpr const char* kDefaultAdminName = "Default Admin API Key";
constexpr const char* kDefaultSearchName = "Default Search API Key";

// Those of the second block are accepted and have no effect.
const std::vector<std::string_view> kActions{
    "*",
    "search",
    "documents.add",
    "documents.get",
    "documents.delete",
    "documents.*",
    "indexes.create",
    "indexes.get",
    "indexes.update",
    "indexes.delete",
    "indexes.swap",
    "indexes.*",
    "tasks.get",
    "tasks.cancel",
    "tasks.delete",
    "tasks.*",
    "settings.get",
    "settings.update",
    "settings.*",
    "stats.get",
    "stats.*",
    "dumps.create",
    "dumps.*",
    "snapshots.create",
    "snapshots.*",
    "version",
    "keys.get",
    "keys.create",
    "keys.update",
    "keys.delete",
    "experimental.get",
    "experimental.update",
    "webhooks.get",
    "webhooks.create",
    "webhooks.update",
    "webhooks.delete",
    "webhooks.*",
    "fields.post",
    "*.get",

    "metrics.get",
    "metrics.*",
    "export",
    "network.get",
    "network.update",
    "chatCompletions",
    "chats.*",
    "chats.get",
    "chats.delete",
    "chatsSettings.*",
    "chatsSettings.get",
    "chatsSettings.update",
    "indexes.compact",
    "tasks.compact",
    "dynamicSearchRules.*",
    "dynamicSearchRules.get",
    "dynamicSearchRules.create",
    "dynamicSearchRules.update",
    "dynamicSearchRules.delete",
};

bool action_grants(std::string_view granted, std::string_view action) {
  if (granted == "*" || granted == action) return true;
  if (granted == "*.get") return action.ends_with(".get") && action != "keys.get";
  return granted.ends_with(".*") && action.starts_with(granted.substr(0, granted.size() - 1));
}

bool any_action_grants(const std::vector<std::string>& granted, std::string_view action) {
  return std::any_of(granted.begin(), granted.end(),
                     [&](const std::string& each) { return action_grants(each, action); });
}

bool any_pattern_matches(const std::vector<std::string>& patterns, std::string_view uid) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& each) { return index_pattern_matches(each, uid); });
}

bool has_expired(const ApiKey& key) { return key.expires_at && *key.expires_at <= now(); }

// Without a fraction when there is none.
std::string to_short_rfc3339(Time time) {
  std::string text = to_rfc3339(time);
  if (time.time_since_epoch().count() % 1'000'000 == 0) text.replace(text.find('.'), std::string::npos, "Z");
  return text;
}

std::optional<std::string_view> bearer_token(std::optional<std::string_view> header) {
  constexpr std::string_view kScheme = "Bearer ";
  if (!header || !header->starts_with(kScheme)) return std::nullopt;
  return header->substr(kScheme.size());
}

[[noreturn]] void refuse_key(const std::string& message = "The provided API key is invalid.") {
  throw Error(ErrorCode::InvalidApiKey, message);
}

std::vector<std::string> read_texts(std::string_view json) {
  return parse_json(json).get<std::vector<std::string>>();
}

}  // namespace

Json to_json(const ApiKey& key) {
  Json json;
  json["name"] = or_null(key.name);
  json["description"] = or_null(key.description);
  json["key"] = key.secret;
  json["uid"] = key.uid;
  json["actions"] = key.actions;
  json["indexes"] = key.indexes;
  json["expiresAt"] = key.expires_at ? Json(to_short_rfc3339(*key.expires_at)) : Json(nullptr);
  json["createdAt"] = to_rfc3339(key.created_at);
  json["updatedAt"] = to_rfc3339(key.updated_at);
  return json;
}

bool is_action(std::string_view name) {
  return std::find(kActions.begin(), kActions.end(), name) != kActions.end();
}

const std::vector<std::string_view>& action_names() { return kActions; }

std::optional<Time> parse_expiry(std::string_view text) {
  if (const auto day = parse_day(text)) return day;
  if (const auto time = parse_rfc3339(text)) return time;
  std::string with_zone(text);
  if (with_zone.size() > 10 && with_zone[10] == ' ') with_zone[10] = 'T';
  return parse_rfc3339(with_zone + "Z");
}

bool Grant::allows_index(std::string_view index_uid) const {
  if (everything_) return true;
  return any_pattern_matches(indexes_, index_uid) && (!rules_ || find_rule(index_uid));
}

bool Grant::allows_all_indexes() const { return !visible_indexes(); }

std::optional<std::vector<std::string>> Grant::visible_indexes() const {
  if (everything_ || std::find(indexes_.begin(), indexes_.end(), "*") != indexes_.end()) return std::nullopt;
  return indexes_;
}

bool Grant::sees_task_of(const std::optional<std::string>& index_uid) const {
  return allows_all_indexes() || (index_uid && allows_index(*index_uid));
}

bool Grant::allows_action(std::string_view action) const {
  return everything_ || any_action_grants(actions_, action);
}

Json Grant::token_filter(std::string_view index_uid) const {
  if (everything_ || !rules_) return nullptr;
  const Rule* rule = find_rule(index_uid);
  return rule ? rule->filter : Json(nullptr);
}

const Grant::Rule* Grant::find_rule(std::string_view index_uid) const {
  const Rule* best = nullptr;
  for (const Rule& rule : *rules_)
    if (index_pattern_matches(rule.pattern, index_uid) &&
        (!best || rule.pattern.size() > best->pattern.size()))
      best = &rule;
  return best;
}

struct KeyStore::Impl {
  Impl(CatalogStore& catalog_store, std::optional<std::string> key)
      : store(catalog_store), master_key(std::move(key)) {}

  CatalogStore& store;
  const std::optional<std::string> master_key;
  std::optional<std::string> master_digest;  // of master_key: digests have one length
  mutable std::shared_mutex mutex;
  std::vector<ApiKey> keys;  // guarded by mutex; newest first

  std::string secret_of(std::string_view uid) const {
    return master_key ? hmac_sha256_hex(*master_key, uid) : "";
  }

  void load() {
    std::vector<ApiKey> loaded = store.read([&](Sqlite& db) {
      SqliteStatement row = db.prepare(
          "SELECT uid, name, description, actions, indexes, expires, created, updated FROM keys ORDER BY "
          "created DESC, rowid DESC");
      std::vector<ApiKey> rows;
      while (row.step()) {
        ApiKey key;
        key.uid = row.text(0);
        key.secret = secret_of(key.uid);
        key.name = row.optional_text(1);
        key.description = row.optional_text(2);
        key.actions = read_texts(row.text(3));
        key.indexes = read_texts(row.text(4));
        if (!row.is_null(5)) key.expires_at = time_of_micros(row.integer(5));
        key.created_at = time_of_micros(row.integer(6));
        key.updated_at = time_of_micros(row.integer(7));
        rows.push_back(std::move(key));
      }
      return rows;
    });
    const std::scoped_lock lock(mutex);
    keys = std::move(loaded);
  }

  void save(const ApiKey& key) {
    store.write([&](Sqlite& db) { write_key_row(db, key); });
    load();
  }

  // Looks at every key, so that the time tells nothing about where the right one stands.
  std::optional<ApiKey> find(std::string_view secret_or_uid) const {
    const std::shared_lock lock(mutex);
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const bool by_secret = !keys[i].secret.empty() && equal_constant_time(keys[i].secret, secret_or_uid);
      if (by_secret || equal_constant_time(keys[i].uid, secret_or_uid)) found = i;
    }
    if (!found) return std::nullopt;
    return keys[*found];
  }

  std::optional<ApiKey> find_secret(std::string_view secret) const {
    std::optional<ApiKey> key = find(secret);
    if (!key || key->uid == secret) return std::nullopt;
    return key;
  }

  void make_default_keys() {
    const Time created = now();
    ApiKey admin;
    admin.uid = random_uuid();
    admin.name = kDefaultAdminName;
    admin.description =
        "Use it for anything that is not a search operation. Caution! Do not expose it on a public frontend";
    admin.actions = {"*"};
    admin.indexes = {"*"};
    admin.created_at = admin.updated_at = created;
    ApiKey search = admin;
    search.uid = random_uuid();
    search.name = kDefaultSearchName;
    search.description = "Use it to search from the frontend";
    search.actions = {"search"};
    search.created_at = search.updated_at = created + std::chrono::microseconds{1};
    save(admin);
    save(search);
  }
};

KeyStore::KeyStore(CatalogStore& store, std::optional<std::string> master_key)
    : impl_(std::make_unique<Impl>(store, std::move(master_key))) {
  if (impl_->master_key) impl_->master_digest = sha256_hex(*impl_->master_key);
  impl_->load();
  if (impl_->master_key && impl_->keys.empty()) impl_->make_default_keys();
}

KeyStore::~KeyStore() = default;

bool KeyStore::has_master_key() const { return impl_->master_key.has_value(); }

Grant KeyStore::authorize(std::optional<std::string_view> authorization_header,
                          std::string_view action) const {
  if (!impl_->master_key) {
    if (action.starts_with("keys."))
      throw Error(ErrorCode::MissingMasterKey,
                  "The server has no master key. Start it with one to use the `/keys` routes.");
    return Grant();
  }
  const auto token = bearer_token(authorization_header);
  if (!token)
    throw Error(ErrorCode::MissingAuthorizationHeader,
                "The Authorization header is missing. It must use the bearer authorization method.");
  if (equal_constant_time(sha256_hex(*token), *impl_->master_digest)) return Grant();

  Grant grant;
  grant.everything_ = false;
  std::optional<ApiKey> key = impl_->find_secret(*token);
  if (!key) {
    if (action != "search") refuse_key();
    const std::optional<TenantToken> tenant = parse_tenant_token(*token);
    if (!tenant) refuse_key();
    key = impl_->find(tenant->api_key_uid);
    if (!key || key->uid != tenant->api_key_uid || !has_valid_signature(*tenant, key->secret)) refuse_key();
    require_unexpired(*tenant, now());
    if (tenant->rules.empty()) refuse_key();
    grant.rules_.emplace();
    for (const TenantRule& rule : tenant->rules) grant.rules_->push_back({rule.pattern, rule.filter});
  }
  if (has_expired(*key)) refuse_key();
  if (!any_action_grants(key->actions, action)) refuse_key();
  grant.key_uid_ = std::move(key->uid);
  grant.actions_ = std::move(key->actions);
  grant.indexes_ = std::move(key->indexes);
  return grant;
}

std::optional<ApiKey> KeyStore::find(std::string_view secret_or_uid) const {
  return impl_->find(secret_or_uid);
}

std::optional<Grant> KeyStore::grant_of(std::string_view uid) const {
  std::optional<ApiKey> key = impl_->find(uid);
  if (!key || key->uid != uid || has_expired(*key)) return std::nullopt;
  Grant grant;
  grant.everything_ = false;
  grant.key_uid_ = std::move(key->uid);
  grant.actions_ = std::move(key->actions);
  grant.indexes_ = std::move(key->indexes);
  return grant;
}

std::vector<ApiKey> KeyStore::list() const {
  const std::shared_lock lock(impl_->mutex);
  return impl_->keys;
}

ApiKey KeyStore::create(const NewApiKey& fresh) {
  ApiKey key;
  key.uid = fresh.uid.value_or(random_uuid());
  if (impl_->find(key.uid))
    throw Error(ErrorCode::ApiKeyAlreadyExists,
                "`uid` field value `" + key.uid + "` is already an existing API key.");
  key.secret = impl_->secret_of(key.uid);
  key.name = fresh.name;
  key.description = fresh.description;
  key.actions = fresh.actions;
  key.indexes = fresh.indexes;
  key.expires_at = fresh.expires_at;
  key.created_at = key.updated_at = now();
  impl_->save(key);
  return key;
}

ApiKey KeyStore::update(std::string_view secret_or_uid, const ApiKeyPatch& patch) {
  std::optional<ApiKey> key = impl_->find(secret_or_uid);
  if (!key) throw Error(ErrorCode::ApiKeyNotFound, "API key `" + std::string(secret_or_uid) + "` not found.");
  if (patch.name) key->name = *patch.name;
  if (patch.description) key->description = *patch.description;
  key->updated_at = now();
  impl_->save(*key);
  return *key;
}

void KeyStore::remove(std::string_view secret_or_uid) {
  const std::optional<ApiKey> key = impl_->find(secret_or_uid);
  if (!key) throw Error(ErrorCode::ApiKeyNotFound, "API key `" + std::string(secret_or_uid) + "` not found.");
  impl_->store.write([&](Sqlite& db) {
    db.prepare("DELETE FROM webhooks WHERE owner=?1").bind(1, std::string_view(key->uid)).run();
    db.prepare("DELETE FROM keys WHERE uid=?1").bind(1, std::string_view(key->uid)).run();
  });
  impl_->load();
}

void write_key_row(Sqlite& db, const ApiKey& key) {
  const std::string actions = dump_json(key.actions);
  const std::string indexes = dump_json(key.indexes);
  SqliteStatement statement = db.prepare("INSERT OR REPLACE INTO keys VALUES (?1,?2,?3,?4,?5,?6,?7,?8)");
  statement.bind(1, std::string_view(key.uid)).bind(2, key.name).bind(3, key.description);
  statement.bind(4, std::string_view(actions)).bind(5, std::string_view(indexes));
  if (key.expires_at)
    statement.bind(6, micros_of(*key.expires_at));
  else
    statement.bind_null(6);
  statement.bind(7, micros_of(key.created_at)).bind(8, micros_of(key.updated_at)).run();
}

void remove_default_keys(Sqlite& db) {
  db.prepare(R"(DELETE FROM keys WHERE indexes='["*"]' AND
                (name=?1 AND actions='["*"]' OR name=?2 AND actions='["search"]'))")
      .bind(1, std::string_view(kDefaultAdminName))
      .bind(2, std::string_view(kDefaultSearchName))
      .run();
  db.run("DELETE FROM webhooks WHERE owner NOT IN (SELECT uid FROM keys)");
}

void require_index(const Grant& grant, std::string_view index_uid) {
  if (!grant.allows_index(index_uid)) refuse_key();
}

}  // namespace nunmul
