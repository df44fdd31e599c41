// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/features.h"

#include "base/placed_json.h"

namespace nunmul {
namespace {

constexpr std::string_view kFeatures[] = {"metrics",
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
  for (const std::string_view name : kFeatures) all[std::string(name)] = stored.value(name, false);
  return all;
}

Json change_features(Json all, const Json& patch) {
  for (const auto& [name, value] : patch.items()) {
    if (!all.contains(name)) reject_field(ErrorCode::BadRequest, Place::body(), name, kFeatures);
    if (value.is_null()) continue;
    check_kind(value, FieldKind::Flag, ErrorCode::BadRequest, Place::body().field(name));
    all[name] = value;
  }
  return all;
}

}  // namespace nunmul
