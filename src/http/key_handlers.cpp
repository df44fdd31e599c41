// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/key_handlers.h"

#include "base/time.h"
#include "engine/engine.h"
#include "engine/key_rules.h"
#include "http/answers.h"
#include "http/json_reader.h"

namespace nunmul {
namespace {

std::optional<Time> read_expiry(const Fields& fields) {
  const auto text = fields.text("expiresAt");
  if (!text) return std::nullopt;
  const auto time = parse_expiry(*text);
  if (!time)
    reject_value(
        ErrorCode::InvalidApiKeyExpiresAt, fields.place("expiresAt"),
        "`" + *text +
            "` is not a valid date. It should follow the RFC 3339 format to represents a date or datetime in "
            "the future or specified as a null value. e.g. 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'.");
  if (*time <= now())
    reject_value(ErrorCode::InvalidApiKeyExpiresAt, fields.place("expiresAt"),
                 "`" + *text + "` is in the past.");
  return time;
}

// A field that clears when it is null and stays when it is left out.
std::optional<std::optional<std::string>> read_change(const Fields& fields, std::string_view name) {
  if (!fields.given(name)) return std::nullopt;
  return fields.text(name);
}

}  // namespace

HttpResponse list_keys(Call& call) {
  return page_answer(call.engine.keys().list(), call.query.count("offset").value_or(0),
                     call.query.count("limit").value_or(20), [](const ApiKey& key) { return to_json(key); });
}

HttpResponse get_key(Call& call) {
  const auto key = call.engine.keys().find(call.segments[0]);
  if (!key) throw Error(ErrorCode::ApiKeyNotFound, "API key `" + call.segments[0] + "` not found.");
  return json_answer(to_json(*key));
}

HttpResponse create_key(Call& call) {
  const Fields fields = read_object(call.body, kNewKeyFields);
  NewApiKey key;
  if (const auto uid = fields.text("uid")) key.uid = read_key_uid(*uid);
  key.name = fields.text("name");
  key.description = fields.text("description");
  key.actions = *fields.texts("actions");
  check_key_actions(key.actions);
  key.indexes = *fields.texts("indexes");
  check_key_indexes(key.indexes);
  key.expires_at = read_expiry(fields);
  return json_answer(to_json(call.engine.keys().create(key)), 201);
}

HttpResponse update_key(Call& call) {
  const Fields fields = read_object(call.body, kKeyPatchFields);
  const ApiKeyPatch patch{read_change(fields, "name"), read_change(fields, "description")};
  return json_answer(to_json(call.engine.keys().update(call.segments[0], patch)));
}

HttpResponse delete_key(Call& call) {
  call.engine.keys().remove(call.segments[0]);
  return no_content();
}

}  // namespace nunmul
