// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/webhook_handlers.h"

#include <algorithm>

#include "engine/engine.h"
#include "http/answers.h"
#include "http/json_reader.h"
#include "http/text_fields.h"
#include "http/uuid_text.h"

namespace nunmul {
namespace {

constexpr std::size_t kMostWebhooks = 20;
constexpr std::size_t kMostHeaders = 200;

using Headers = std::map<std::string, std::string>;

Webhook webhook_at(Call& call) {
  const std::string& uuid = call.segments[0];
  if (!is_uuid(uuid))
    throw Error(ErrorCode::InvalidWebhookUuid, "Invalid value in the path: `" + uuid + "` is not a UUID.");
  auto hook = call.engine.webhooks().find(to_lower_ascii(uuid));
  if (!hook) throw Error(ErrorCode::WebhookNotFound, "Webhook `" + uuid + "` not found.");
  return std::move(*hook);
}

// A scheme that we post to, and a host.
bool is_web_address(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equals_ignoring_case(url.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = url.substr(scheme.size());
    const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
    return !host.empty() &&
           std::none_of(url.begin(), url.end(), [](unsigned char c) { return c <= ' ' || c == 0x7F; });
  }
  return false;
}

std::string read_url(const Fields& fields, const std::string& url) {
  if (!is_web_address(url))
    reject_value(ErrorCode::InvalidWebhookUrl, fields.place("url"),
                 "`" + url + "` is not an address that begins with http:// or https://.");
  return url;
}

// Null removes a header.
void apply_headers(const Fields& fields, Headers& headers) {
  const Json* sent = fields.find("headers");
  if (!sent) return;
  for (const auto& [name, value] : sent->items()) {
    const Place place = fields.place("headers").field(name);
    if (!is_token(name))
      reject_value(ErrorCode::InvalidWebhookHeaders, place, "`" + name + "` is not the name of a header.");
    if (value.is_null()) {
      headers.erase(name);
      continue;
    }
    if (!value.is_string()) reject_type(ErrorCode::InvalidWebhookHeaders, place, "a string", value);
    if (!is_field_text(value.get<std::string>()))
      reject_value(ErrorCode::InvalidWebhookHeaders, place,
                   "the value of a header has no control characters.");
    headers[name] = value.get<std::string>();
  }
  if (headers.size() > kMostHeaders)
    reject_value(ErrorCode::InvalidWebhookHeaders, fields.place("headers"),
                 "a webhook has at most " + std::to_string(kMostHeaders) + " headers.");
}

}  // namespace

HttpResponse list_webhooks(Call& call) {
  Json results = Json::array();
  for (const Webhook& hook : call.engine.webhooks().list()) results.push_back(to_json(hook));
  return json_answer({{"results", std::move(results)}});
}

HttpResponse get_webhook(Call& call) { return json_answer(to_json(webhook_at(call))); }

HttpResponse create_webhook(Call& call) {
  const Fields fields = read_object(call.body, kNewWebhookFields);
  const std::string url = read_url(fields, *fields.text("url"));
  Headers headers;
  apply_headers(fields, headers);
  if (call.engine.webhooks().list().size() >= kMostWebhooks)
    throw Error(ErrorCode::InvalidWebhooks,
                "There are " + std::to_string(kMostWebhooks) + " webhooks already, and no more are kept.");
  return json_answer(to_json(call.engine.webhooks().create(url, std::move(headers))), 201);
}

HttpResponse update_webhook(Call& call) {
  const Fields fields = read_object(call.body, kWebhookPatchFields);
  Webhook hook = webhook_at(call);
  if (const auto url = fields.text("url")) hook.url = read_url(fields, *url);
  if (fields.given("headers") && !fields.find("headers")) hook.headers.clear();
  apply_headers(fields, hook.headers);
  call.engine.webhooks().update(hook);
  return json_answer(to_json(hook));
}

HttpResponse delete_webhook(Call& call) {
  call.engine.webhooks().remove(webhook_at(call).uuid);
  return no_content();
}

}  // namespace nunmul
