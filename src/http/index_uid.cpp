// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/index_uid.h"

#include "engine/task.h"

namespace nunmul {
namespace {

std::string complaint(const std::string& uid) {
  return "`" + uid +
         "` is not a valid index uid. Index uid can be an integer or a string containing only alphanumeric "
         "characters, hyphens (-) and underscores (_), and can not be more than 400 bytes.";
}

}  // namespace

void check_index_uid(const std::string& uid, ErrorCode code) {
  if (!is_index_uid(uid)) throw Error(code, complaint(uid));
}

void check_index_uid(const std::string& uid, const Place& place, ErrorCode code) {
  if (!is_index_uid(uid)) reject_value(code, place, complaint(uid));
}

}  // namespace nunmul
