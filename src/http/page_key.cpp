// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/page_key.h"

#include <algorithm>

#include "base/error.h"

namespace nunmul {
namespace {

std::optional<ApiKey> find_named(const KeyStore& keys, std::string_view named) {
  if (const auto found = keys.find(named)) return found;
  const std::vector<ApiKey> all = keys.list();
  const auto same =
      std::find_if(all.begin(), all.end(), [&](const ApiKey& key) { return key.name == named; });
  return same == all.end() ? std::nullopt : std::optional(*same);
}

}  // namespace

std::string page_key_secret(const KeyStore& keys, std::string_view named) {
  if (named.empty() || !keys.has_master_key()) return "";
  const auto key = find_named(keys, named);
  if (!key)
    throw Error(ErrorCode::InvalidInput,
                "No key has the page key as its value, uid or name; one that the server makes itself is "
                "named `Default Search API Key`.");
  if (key->actions != std::vector<std::string>{"search"})
    throw Error(ErrorCode::InvalidInput,
                "The page key may do more than search, and everybody can read it on the pages: take "
                "`Default Search API Key`, or make a key with search as its only action.");
  return key->secret;
}

}  // namespace nunmul
