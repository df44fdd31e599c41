// SPDX-License-Identifier: GPL-2.0-or-later
// The rules for a webhook that comes from outside, over HTTP or out of a dump. Messages name the place in the
// webhook's object ("at `.headers.Host`").
#pragma once

#include <cstddef>
#include <string>

namespace nunmul {

inline constexpr std::size_t kMaxWebhooks = 20;
inline constexpr std::size_t kMaxWebhooksOfLimitedKey = 5;  // of one that is for some indexes
inline constexpr std::size_t kMaxWebhookHeaders = 200;      // of one webhook

void check_webhook_url(const std::string& url);  // throws Error(InvalidWebhookUrl)

// One header: a name that the sender of the posts does not set itself, and a value of one line. Throws
// Error(InvalidWebhookHeaders).
void check_webhook_header(const std::string& name, const std::string& value);
// Whether it is such a header; one that was stored before there were rules may not be.
bool may_be_sent(const std::string& name, const std::string& value);
void check_webhook_header_count(std::size_t count);  // throws Error(InvalidWebhookHeaders)

}  // namespace nunmul
