// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/webhook_rules.h"

#include <algorithm>

#include "base/ascii_text.h"
#include "base/placed_json.h"
#include "base/utf8.h"
#include "engine/web_address.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxHeaderBytes = 8'000;

// How a post is framed and what it holds is the sender's alone.
constexpr std::string_view kOfTheSender[] = {"connection",
                                             "content-encoding",
                                             "content-length",
                                             "content-type",
                                             "expect",
                                             "host",
                                             "keep-alive",
                                             "proxy-connection",
                                             "te",
                                             "trailer",
                                             "transfer-encoding",
                                             "upgrade"};

bool is_of_the_sender(std::string_view name) {
  return std::any_of(std::begin(kOfTheSender), std::end(kOfTheSender),
                     [&](std::string_view each) { return equals_ignoring_case(each, name); });
}

[[noreturn]] void refuse_header(const std::string& name, const std::string& problem) {
  reject_value(ErrorCode::InvalidWebhookHeaders, Place::body().field("headers").field(name), problem);
}

}  // namespace

void check_webhook_url(const std::string& url) {
  try {
    read_web_address(url);
  } catch (const BadWebAddress& bad) {
    reject_value(ErrorCode::InvalidWebhookUrl, Place::body().field("url"),
                 "`" + std::string(utf8_prefix(url, 200)) + "` " + bad.problem + ".");
  }
}

void check_webhook_header(const std::string& name, const std::string& value) {
  if (!is_token(name)) refuse_header(name, "`" + name + "` is not the name of a header.");
  if (is_of_the_sender(name)) refuse_header(name, "the sender of the posts sets this header itself.");
  if (!is_field_text(value)) refuse_header(name, "the value of a header has no control characters.");
  if (name.size() + value.size() > kMaxHeaderBytes) refuse_header(name, "a header has at most 8,000 bytes.");
}

void check_webhook_header_count(std::size_t count) {
  if (count > kMaxWebhookHeaders)
    reject_value(ErrorCode::InvalidWebhookHeaders, Place::body().field("headers"),
                 "a webhook has at most " + std::to_string(kMaxWebhookHeaders) + " headers.");
}

bool may_be_sent(const std::string& name, const std::string& value) {
  try {
    check_webhook_header(name, value);
    return true;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace nunmul
