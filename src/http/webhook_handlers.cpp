// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/webhook_handlers.h"

#include "base/ascii_text.h"
#include "engine/engine.h"
#include "engine/webhook_rules.h"
#include "http/answers.h"
#include "http/json_reader.h"

namespace nunmul {
namespace {

using Headers = std::map<std::string, std::string>;

// A key for some indexes sees and changes what it made itself: another's webhook may be told of more.
bool is_visible(const Webhook& hook, const Grant& grant) {
  return grant.allows_all_indexes() || (hook.owner && hook.owner == grant.key_uid());
}

Webhook webhook_at(Call& call) {
  const std::string& uuid = call.segments[0];
  if (!is_uuid(uuid))
    throw Error(ErrorCode::InvalidWebhookUuid, "Invalid value in the path: `" + uuid + "` is not a UUID.");
  auto hook = call.engine.webhooks().find(to_lower_ascii(uuid));
  if (!hook || !is_visible(*hook, call.grant))
    throw Error(ErrorCode::WebhookNotFound, "Webhook `" + uuid + "` not found.");
  return std::move(*hook);
}

// Null removes a header.
void apply_headers(const Fields& fields, Headers& headers) {
  const Json* sent = fields.find("headers");
  if (!sent) return;
  for (const auto& [name, value] : sent->items()) {
    if (value.is_null()) {
      headers.erase(name);
      continue;
    }
    if (!value.is_string())
      reject_type(ErrorCode::InvalidWebhookHeaders, fields.place("headers").field(name), "a string", value);
    check_webhook_header(name, value.get<std::string>());
    headers[name] = value.get<std::string>();
  }
  check_webhook_header_count(headers.size());
}

}  // namespace

HttpResponse list_webhooks(Call& call) {
  Json results = Json::array();
  for (const Webhook& hook : call.engine.webhooks().list())
    if (is_visible(hook, call.grant)) results.push_back(to_json(hook));
  return json_answer({{"results", std::move(results)}});
}

HttpResponse get_webhook(Call& call) { return json_answer(to_json(webhook_at(call))); }

HttpResponse create_webhook(Call& call) {
  const Fields fields = read_object(call.body, kNewWebhookFields);
  const std::string url = *fields.text("url");
  check_webhook_url(url);
  Headers headers;
  apply_headers(fields, headers);
  return json_answer(to_json(call.engine.webhooks().create(url, std::move(headers), call.grant.key_uid())),
                     201);
}

HttpResponse update_webhook(Call& call) {
  const Fields fields = read_object(call.body, kWebhookPatchFields);
  Webhook hook = webhook_at(call);
  if (const auto url = fields.text("url")) {
    check_webhook_url(*url);
    hook.url = *url;
  }
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
