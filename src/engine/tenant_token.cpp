// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/tenant_token.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/hash.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxTokenBytes = 64 * 1024;

struct Algorithm {
  std::string_view name;
  const EVP_MD* (*digest)();
};
constexpr std::array kAlgorithms{Algorithm{"HS256", EVP_sha256}, Algorithm{"HS384", EVP_sha384},
                                 Algorithm{"HS512", EVP_sha512}};

int base64url_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  if (c == '_') return 63;
  return -1;
}

std::optional<std::string> decode_base64url(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = base64url_value(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6) | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> count) & 0xff);
    }
  }
  return bytes;
}

std::optional<Json> decode_object(std::string_view part) {
  const auto text = decode_base64url(part);
  if (!text) return std::nullopt;
  try {
    Json json = parse_json(*text, JsonLimits{.max_depth = 32, .max_nodes = 100'000});
    if (json.is_object()) return json;
  } catch (const Error&) {
  }
  return std::nullopt;
}

// Nothing when the rules are of another form.
std::optional<std::vector<TenantRule>> read_rules(const Json& value) {
  std::vector<TenantRule> rules;
  if (value.is_array()) {
    for (const Json& pattern : value) {
      if (!pattern.is_string()) return std::nullopt;
      rules.push_back({pattern.get<std::string>(), nullptr});
    }
    return rules;
  }
  if (!value.is_object()) return std::nullopt;
  for (const auto& [pattern, rule] : value.items()) {
    if (!rule.is_null() && !rule.is_object()) return std::nullopt;
    // A member that is not known may be a filter misspelt, and would open all documents.
    for (const auto& [name, value_of_it] : rule.items())
      if (name != "filter") return std::nullopt;
    Json filter;
    if (rule.is_object() && rule.contains("filter")) filter = rule["filter"];
    if (!filter.is_null() && !filter.is_string() && !filter.is_array()) return std::nullopt;
    rules.push_back({pattern, std::move(filter)});
  }
  return rules;
}

std::string hmac(const EVP_MD* digest, std::string_view key, std::string_view message) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  HMAC(digest, key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), bytes.data(), &size);
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

}  // namespace

std::optional<TenantToken> parse_tenant_token(std::string_view text) {
  if (text.size() > kMaxTokenBytes) return std::nullopt;
  const std::size_t first = text.find('.');
  const std::size_t second = first == std::string_view::npos ? first : text.find('.', first + 1);
  if (second == std::string_view::npos || text.find('.', second + 1) != std::string_view::npos)
    return std::nullopt;
  const auto header = decode_object(text.substr(0, first));
  const auto claims = decode_object(text.substr(first + 1, second - first - 1));
  auto signature = decode_base64url(text.substr(second + 1));
  if (!header || !claims || !signature) return std::nullopt;
  if (!header->contains("alg") || !(*header)["alg"].is_string()) return std::nullopt;
  if (!claims->contains("apiKeyUid") || !(*claims)["apiKeyUid"].is_string()) return std::nullopt;
  if (!claims->contains("searchRules")) return std::nullopt;
  auto rules = read_rules((*claims)["searchRules"]);
  if (!rules) return std::nullopt;

  TenantToken token;
  token.api_key_uid = (*claims)["apiKeyUid"].get<std::string>();
  token.rules = std::move(*rules);
  if (claims->contains("exp") && !(*claims)["exp"].is_null()) {
    const std::optional<double> expires = number_value((*claims)["exp"]);
    if (!expires || std::abs(*expires) > 9e15) return std::nullopt;
    token.expires = static_cast<std::int64_t>(*expires);
  }
  token.signed_text = text.substr(0, second);
  token.algorithm = (*header)["alg"].get<std::string>();
  token.signature = std::move(*signature);
  return token;
}

bool has_valid_signature(const TenantToken& token, std::string_view secret) {
  if (secret.empty()) return false;
  for (const Algorithm& algorithm : kAlgorithms)
    if (algorithm.name == token.algorithm)
      return equal_constant_time(hmac(algorithm.digest(), secret, token.signed_text), token.signature);
  return false;
}

void require_unexpired(const TenantToken& token, Time now) {
  const std::int64_t seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  if (!token.expires || *token.expires > seconds) return;
  throw Error(ErrorCode::InvalidApiKey, "Tenant token expired. Was valid up to `" +
                                            std::to_string(*token.expires) + "` and we're now `" +
                                            std::to_string(seconds) + "`.");
}

}  // namespace nunmul
