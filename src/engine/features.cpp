// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/features.h"

#include <array>

#include "base/error.h"

namespace nunmul {
namespace {

constexpr std::array kFeatures{"metrics",
                               "logsRoute",
                               "editDocumentsByFunction",
                               "containsFilter",
                               "network",
                               "getTaskDocumentsRoute",
                               "compositeEmbedders",
                               "chatCompletions",
                               "multimodal",
                               "dynamicSearchRules",
                               "foreignKeys",
                               "renderRoute"};

}  // namespace

Json all_features(const Json& stored) {
  Json all;
  for (const char* name : kFeatures) all[name] = stored.value(name, false);
  return all;
}

Json change_features(Json all, const Json& patch) {
  for (const auto& [name, value] : patch.items()) {
    if (!all.contains(name)) {
      std::string names;
      for (const char* known : kFeatures) names += (names.empty() ? "`" : ", `") + std::string(known) + "`";
      throw Error(ErrorCode::BadRequest, "Unknown field `" + name + "`: expected one of " + names);
    }
    if (value.is_null()) continue;
    if (!value.is_boolean())
      throw Error(ErrorCode::BadRequest,
                  "Invalid value type at `." + name + "`: expected a boolean, but found " +
                      std::string(json_type_name(value)) + ": `" + dump_json(value) + "`");
    all[name] = value;
  }
  return all;
}

}  // namespace nunmul
