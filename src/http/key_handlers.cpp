// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/key_handlers.h"

#include <algorithm>

#include "base/time.h"
#include "engine/engine.h"
#include "http/answers.h"
#include "http/json_reader.h"
#include "http/uuid_text.h"

namespace nunmul {
namespace {

bool is_index_pattern(std::string_view text) {
  if (text.empty()) return false;
  if (text.back() == '*') text.remove_suffix(1);
  return text.empty() || is_index_uid(text);
}

std::vector<std::string> read_actions(const Fields& fields) {
  auto actions = *fields.texts("actions");
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (is_action(actions[i])) continue;
    throw Error(ErrorCode::InvalidApiKeyActions, "Unknown value `" + actions[i] + "`" +
                                                     fields.place("actions").item(i).phrase() +
                                                     ": expected one of " + listed(action_names()));
  }
  return actions;
}

std::vector<std::string> read_indexes(const Fields& fields) {
  auto indexes = *fields.texts("indexes");
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    if (is_index_pattern(indexes[i])) continue;
    reject_value(ErrorCode::InvalidApiKeyIndexes, fields.place("indexes").item(i),
                 "`" + indexes[i] +
                     "` is not a valid index uid pattern. Index uid patterns can be an integer or a string "
                     "containing only alphanumeric characters, hyphens (-), underscores (_), and optionally "
                     "end with a star (*).");
  }
  return indexes;
}

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

std::optional<std::string> read_uid(const Fields& fields) {
  const auto uid = fields.text("uid");
  if (!uid) return std::nullopt;
  if (!is_uuid(*uid))
    reject_value(ErrorCode::InvalidApiKeyUid, fields.place("uid"), "`" + *uid + "` is not a UUID.");
  return to_lower_ascii(*uid);
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
  key.uid = read_uid(fields);
  key.name = fields.text("name");
  key.description = fields.text("description");
  key.actions = read_actions(fields);
  key.indexes = read_indexes(fields);
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
