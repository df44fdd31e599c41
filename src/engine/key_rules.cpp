// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/key_rules.h"

#include "base/ascii_text.h"
#include "base/placed_json.h"
#include "engine/key_store.h"
#include "engine/task.h"

namespace nunmul {
namespace {

bool is_index_pattern(std::string_view text) {
  if (text.empty()) return false;
  if (text.back() == '*') text.remove_suffix(1);
  return text.empty() || is_index_uid(text);
}

}  // namespace

void check_key_actions(const std::vector<std::string>& actions) {
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (is_action(actions[i])) continue;
    throw Error(ErrorCode::InvalidApiKeyActions, "Unknown value `" + actions[i] + "`" +
                                                     Place::body().field("actions").item(i).phrase() +
                                                     ": expected one of " + listed(action_names()));
  }
}

void check_key_indexes(const std::vector<std::string>& indexes) {
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    if (is_index_pattern(indexes[i])) continue;
    reject_value(ErrorCode::InvalidApiKeyIndexes, Place::body().field("indexes").item(i),
                 "`" + indexes[i] +
                     "` is not a valid index uid pattern. Index uid patterns can be an integer or a string "
                     "containing only alphanumeric characters, hyphens (-), underscores (_), and optionally "
                     "end with a star (*).");
  }
}

std::string read_key_uid(const std::string& text) {
  if (is_uuid(text)) return to_lower_ascii(text);
  reject_value(ErrorCode::InvalidApiKeyUid, Place::body().field("uid"), "`" + text + "` is not a UUID.");
}

}  // namespace nunmul
