// SPDX-License-Identifier: GPL-2.0-or-later
// Keys: who gets in with what, which actions and indexes they reach, default keys, expiry, and that
// secrets are a matter of uid and master key alone. Tenant tokens on top.
#include "engine/key_store.h"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "engine/catalog_store.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("engine/key_store");

namespace nunmul {
namespace {

using namespace std::chrono_literals;

struct Keys {
  TempDir dir;
  CatalogStore store{dir.path()};
  KeyStore keys{store, "master key of the test"};

  ApiKey make(std::vector<std::string> actions, std::vector<std::string> indexes,
              std::optional<Time> expires = {}) {
    NewApiKey fresh;
    fresh.actions = std::move(actions);
    fresh.indexes = std::move(indexes);
    fresh.expires_at = expires;
    return keys.create(fresh);
  }

  Grant grant(const std::string& token, std::string_view action) const {
    return keys.authorize("Bearer " + token, action);
  }

  std::string refusal(std::optional<std::string_view> header, std::string_view action) const {
    try {
      keys.authorize(header, action);
    } catch (const Error& error) {
      return std::string(error_row(error.code()).name);
    }
    return "";
  }

  std::string refusal_of(const std::string& token, std::string_view action) const {
    return refusal("Bearer " + token, action);
  }
};

std::string base64url(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t bits = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j)
      bits = (bits << 8) | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j <= count; ++j) text += kDigits[(bits >> (18 - 6 * j)) & 63];
  }
  return text;
}

std::string sign(const std::string& secret, const Json& claims, const std::string& algorithm = "HS256") {
  const std::string text =
      base64url(dump_json(Json{{"alg", algorithm}, {"typ", "JWT"}})) + "." + base64url(dump_json(claims));
  const EVP_MD* digest = algorithm == "HS512"   ? EVP_sha512()
                         : algorithm == "HS384" ? EVP_sha384()
                                                : EVP_sha256();
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(digest, secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes, &size);
  return text + "." + base64url({reinterpret_cast<const char*>(bytes), size});
}

TEST_CASE("without a master key everything is open but the keys") {
  const TempDir dir;
  CatalogStore store(dir.path());
  const KeyStore keys(store, std::nullopt);
  CHECK(keys.authorize(std::nullopt, "indexes.create").allows_index("x"));
  CHECK(keys.list().empty());
  CHECK_THROWS_WITH_AS(keys.authorize(std::nullopt, "keys.get"), doctest::Contains("no master key"), Error);
}

TEST_CASE("the two default keys are there after the first start and not made again") {
  const TempDir dir;
  CatalogStore store(dir.path());
  std::string search_secret;
  {
    const KeyStore keys(store, "m");
    REQUIRE(keys.list().size() == 2);
    CHECK(keys.list()[0].name == "Default Search API Key");
    CHECK(keys.list()[0].actions == std::vector<std::string>{"search"});
    CHECK(keys.list()[1].name == "Default Admin API Key");
    search_secret = keys.list()[0].secret;
    CHECK(search_secret == hmac_sha256_hex("m", keys.list()[0].uid));
  }
  {
    KeyStore keys(store, "m");
    CHECK(keys.list()[0].secret == search_secret);
    keys.remove(search_secret);
  }
  const KeyStore keys(store, "m");
  CHECK(keys.list().size() == 1);
  const KeyStore other(store, "other master key");
  CHECK(other.list()[0].secret != keys.list()[0].secret);
}

TEST_CASE("a request without a bearer is told so, one with a wrong one is refused") {
  const Keys keys;
  CHECK(keys.refusal(std::nullopt, "search") == "missing_authorization_header");
  CHECK(keys.refusal("Basic eA==", "search") == "missing_authorization_header");
  CHECK(keys.refusal_of("x", "search") == "invalid_api_key");
  CHECK(keys.refusal_of("", "search") == "invalid_api_key");
  CHECK(keys.refusal_of("master key of the test", "keys.delete").empty());
  CHECK(keys.refusal_of(keys.keys.list()[0].uid, "search") == "invalid_api_key");
}

TEST_CASE("actions and their wildcards open what they name") {
  Keys keys;
  struct Case {
    std::string granted;
    std::string action;
    bool allowed;
  };
  const std::vector<Case> cases{
      {"*", "keys.get", true},
      {"search", "search", true},
      {"search", "documents.get", false},
      {"documents.*", "documents.add", true},
      {"documents.*", "indexes.get", false},
      {"*.get", "documents.get", true},
      {"*.get", "keys.get", false},
      {"*.get", "search", false},
      {"indexes.get", "indexes.create", false},
      {"search", "version", false},
      {"version", "version", true},
      {"tasks.*", "tasks.cancel", true},
  };
  for (const Case& each : cases) {
    CAPTURE(each.granted);
    CAPTURE(each.action);
    const ApiKey key = keys.make({each.granted}, {"*"});
    CHECK(keys.refusal_of(key.secret, each.action).empty() == each.allowed);
  }
}

TEST_CASE("a key reaches the indexes of its patterns") {
  Keys keys;
  const ApiKey key = keys.make({"search", "documents.add"}, {"songs", "fan_*"});
  const Grant grant = keys.grant(key.secret, "search");
  CHECK(grant.allows_index("songs"));
  CHECK(grant.allows_index("fan_iu"));
  CHECK_FALSE(grant.allows_index("songs2"));
  CHECK_FALSE(grant.allows_all_indexes());
  CHECK(grant.visible_indexes() == std::vector<std::string>{"songs", "fan_*"});
  CHECK(grant.allows_action("documents.add"));
  CHECK_FALSE(grant.allows_action("indexes.create"));
  CHECK_THROWS_AS(require_index(grant, "films"), Error);
  CHECK(keys.grant(keys.make({"*"}, {"*"}).secret, "search").allows_all_indexes());
}

TEST_CASE("an expired key opens nothing") {
  Keys keys;
  CHECK(keys.refusal_of(keys.make({"*"}, {"*"}, now() - 1s).secret, "search") == "invalid_api_key");
  CHECK(keys.refusal_of(keys.make({"*"}, {"*"}, now() + 1h).secret, "search").empty());
}

TEST_CASE("keys are made, changed and removed by secret or uid") {
  Keys keys;
  NewApiKey fresh;
  fresh.uid = "01234567-89ab-4cde-8f01-23456789abcd";
  fresh.name = "n";
  fresh.actions = {"search"};
  fresh.indexes = {"*"};
  const ApiKey key = keys.keys.create(fresh);
  CHECK_THROWS_WITH_AS(keys.keys.create(fresh), doctest::Contains("already"), Error);
  ApiKeyPatch patch;
  patch.name = std::optional<std::string>();
  patch.description = "d";
  CHECK_FALSE(keys.keys.update(key.secret, patch).name);
  CHECK(keys.keys.find(key.uid)->description == "d");
  CHECK(keys.keys.find(key.uid)->created_at == key.created_at);
  CHECK(keys.keys.list()[0].uid == key.uid);
  keys.keys.remove(key.uid);
  CHECK_FALSE(keys.keys.find(key.secret));
  CHECK_THROWS_AS(keys.keys.remove(key.uid), Error);
}

TEST_CASE("the key object has its nine fields and a short expiry") {
  Keys keys;
  const Json json = to_json(keys.make({"search"}, {"songs"}, parse_expiry("2050-11-13")));
  std::vector<std::string> names;
  for (const auto& [name, value] : json.items()) names.push_back(name);
  CHECK(names == std::vector<std::string>{"name", "description", "key", "uid", "actions", "indexes",
                                          "expiresAt", "createdAt", "updatedAt"});
  CHECK(json["expiresAt"] == "2050-11-13T00:00:00Z");
  CHECK(json["name"].is_null());
  CHECK(parse_expiry("2050-11-13 10:20:30") == parse_rfc3339("2050-11-13T10:20:30Z"));
  CHECK(parse_expiry("2050-11-13T10:20:30") == parse_rfc3339("2050-11-13T10:20:30Z"));
  CHECK(parse_expiry("2050-11-13T10:20:30+09:00") == parse_rfc3339("2050-11-13T01:20:30Z"));
  CHECK_FALSE(parse_expiry("tomorrow"));
  CHECK(is_action("chats.get"));
  CHECK_FALSE(is_action("songs.get"));
}

TEST_CASE("a tenant token narrows its key to its rules") {
  Keys keys;
  const ApiKey key = keys.make({"search"}, {"songs*"});
  const Json rules{
      {"songs_*", Json{{"filter", "kind = song"}}}, {"songs_iu", nullptr}, {"films", Json::object()}};
  for (const char* algorithm : {"HS256", "HS384", "HS512"}) {
    CAPTURE(algorithm);
    const Grant grant = keys.grant(
        sign(key.secret, Json{{"apiKeyUid", key.uid}, {"searchRules", rules}, {"exp", 4'000'000'000}},
             algorithm),
        "search");
    CHECK(grant.token_filter("songs_bts") == "kind = song");
    CHECK(grant.token_filter("songs_iu").is_null());
    CHECK(grant.allows_index("songs_iu"));
    CHECK_FALSE(grant.allows_index("songs"));
    CHECK_FALSE(grant.allows_index("films"));
  }
  const Json all = Json::array({"*"});
  CHECK(keys.grant(sign(key.secret, Json{{"apiKeyUid", key.uid}, {"searchRules", all}}), "search")
            .allows_index("songs"));
}

TEST_CASE("tenant tokens that do not hold are refused") {
  Keys keys;
  const ApiKey key = keys.make({"search"}, {"*"});
  const ApiKey writer = keys.make({"documents.add"}, {"*"});
  const ApiKey old = keys.make({"search"}, {"*"}, now() - 1s);
  const Json all = Json::array({"*"});
  const auto token = [&](const ApiKey& signer, Json claims) { return sign(signer.secret, claims); };
  const std::string good = token(key, {{"apiKeyUid", key.uid}, {"searchRules", all}});
  CHECK(keys.refusal_of(good, "search").empty());
  CHECK(keys.refusal_of(good, "documents.get") == "invalid_api_key");
  CHECK(keys.refusal_of(good.substr(0, good.size() - 2) + (good.ends_with("AA") ? "BB" : "AA"), "search") ==
        "invalid_api_key");
  const std::vector<std::string> bad{
      token(writer, {{"apiKeyUid", writer.uid}, {"searchRules", all}}),
      token(old, {{"apiKeyUid", old.uid}, {"searchRules", all}}),
      token(key, {{"apiKeyUid", writer.uid}, {"searchRules", all}}),
      token(key, {{"apiKeyUid", "nobody"}, {"searchRules", all}}),
      token(key, {{"apiKeyUid", key.uid}, {"searchRules", Json::array()}}),
      token(key, {{"apiKeyUid", key.uid}, {"searchRules", Json::object()}}),
      token(key, {{"apiKeyUid", key.uid}, {"searchRules", "all"}}),
      token(key, {{"apiKeyUid", key.uid}}),
      token(key, {{"searchRules", all}}),
      sign(key.secret, {{"apiKeyUid", key.uid}, {"searchRules", all}}, "none"),
      sign("", {{"apiKeyUid", key.uid}, {"searchRules", all}}),
      "a.b.c",
      "..",
  };
  for (const std::string& each : bad) {
    CAPTURE(each);
    CHECK(keys.refusal_of(each, "search") == "invalid_api_key");
  }
}

TEST_CASE("a tenant token past its time says until when it was valid") {
  Keys keys;
  const ApiKey key = keys.make({"search"}, {"*"});
  const std::string token =
      sign(key.secret, {{"apiKeyUid", key.uid}, {"searchRules", Json::array({"*"})}, {"exp", 1'000'000'000}});
  CHECK_THROWS_WITH_AS(
      keys.grant(token, "search"),
      doctest::Contains("Tenant token expired. Was valid up to `1000000000` and we're now `"), Error);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
