// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/page_key.h"

#include "base/error.h"

namespace nunmul {
namespace {

std::optional<ApiKey> find_named(const KeyStore& keys, std::string_view named) {
  if (const auto found = keys.find(named)) return found;
  std::vector<ApiKey> all = keys.list();
  std::erase_if(all, [&](const ApiKey& key) { return key.name != named; });
  if (all.size() > 1)
    throw Error(ErrorCode::InvalidInput,
                std::to_string(all.size()) + " keys have the name `" + std::string(named) +
                    "`: take the uid of one as the page key, such as " + all.front().uid + ".");
  return all.empty() ? std::nullopt : std::optional(all.front());
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
