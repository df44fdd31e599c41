// SPDX-License-Identifier: GPL-2.0-or-later
// One HTTP POST to the address of a webhook, over TCP or TLS. With https, the receiver's certificate must
// be valid for the name in the address; the roots are the system's (SSL_CERT_FILE and SSL_CERT_DIR name
// others). Redirects are not followed. cpp-httplib's client is not used: it limits only the time of each
// read, and the headers of an answer not at all.
#pragma once

#include <map>
#include <stop_token>
#include <string>

namespace nunmul {

// Which addresses may be posted to: any, or none that lies inside (internal_address.h).
enum class WebhookReach { Anywhere, Outside };

struct WebhookPost {
  const std::string& url;
  const std::map<std::string, std::string>& headers;  // what webhook_rules.h forbids is left out
  const std::string& body;                            // NDJSON
  WebhookReach reach = WebhookReach::Anywhere;
};

// "" if the receiver took it, else what was wrong, for the log. Takes some seconds at most besides the
// look-up of the name; ends soon after a stop. SIGPIPE must be ignored.
std::string post_webhook(const WebhookPost& post, const std::stop_token& stop);

}  // namespace nunmul
