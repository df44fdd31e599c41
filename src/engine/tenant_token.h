// SPDX-License-Identifier: GPL-2.0-or-later
// Tenant tokens: JSON Web Tokens that narrow a search key to some indexes and filters. A token is
// taken apart first, since its claims name the key that must have signed it; nothing in it counts
// before the signature was checked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"

namespace nunmul {

struct TenantRule {
  std::string pattern;
  Json filter;  // null for none
};

struct TenantToken {
  std::string api_key_uid;
  std::vector<TenantRule> rules;
  std::optional<std::int64_t> expires;  // Unix seconds
  // The signed text, its algorithm, and the signature's bytes.
  std::string signed_text;
  std::string algorithm;
  std::string signature;
};

// Nothing for what is no token of this form.
std::optional<TenantToken> parse_tenant_token(std::string_view text);

bool has_valid_signature(const TenantToken& token, std::string_view secret);

// Throws Error(InvalidApiKey) with the message that clients know.
void require_unexpired(const TenantToken& token, Time now);

}  // namespace nunmul
