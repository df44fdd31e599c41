// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/settings_handlers.h"

#include "engine/engine.h"
#include "http/answers.h"
#include "index/index.h"
#include "search/curate/curated.h"

namespace nunmul {
namespace {

const Settings& settings_of(const CatalogEntry& entry) { return entry.row.settings; }

// The settings that the change will meet, as far as one can tell now.
Settings current_settings(Call& call) {
  const auto entry = call.engine.catalog().find(call.segments[0]);
  return entry ? settings_of(*entry) : Settings{};
}

MissingIndex if_missing(const Call& call) {
  return call.grant.allows_action("indexes.create") ? MissingIndex::Create : MissingIndex::Fail;
}

// Checked now, applied by the task.
HttpResponse enqueue_patch(Call& call, const Json& patch) {
  Settings scratch = current_settings(call);
  apply_settings(scratch, patch);
  return enqueued(call, settings_update(call.segments[0], patch, if_missing(call)));
}

HttpResponse enqueue_reset(Call& call, Json patch) {
  return enqueued(call, settings_update(call.segments[0], std::move(patch), MissingIndex::Fail));
}

// What setting the rules would have their owner know.
std::vector<std::string> warnings_of(Call& call, const Settings& settings) {
  const auto entry = call.engine.catalog().find(call.segments[0]);
  const auto generation = entry ? entry->index->generation() : nullptr;
  return curation_warnings(settings, generation.get());
}

}  // namespace

HttpResponse get_settings(Call& call) {
  return json_answer(to_json(settings_of(*call.engine.catalog().at(call.segments[0]))));
}

HttpResponse update_settings(Call& call) { return enqueue_patch(call, call.body); }

HttpResponse reset_settings(Call& call) {
  Json patch = Json::object();
  for (const SettingRow& row : setting_rows()) patch[std::string(row.name)] = nullptr;
  return enqueue_reset(call, std::move(patch));
}

HttpResponse get_setting(Call& call) {
  return json_answer(
      setting_json(settings_of(*call.engine.catalog().at(call.segments[0])), call.route.setting));
}

HttpResponse update_setting(Call& call) {
  return enqueue_patch(call, {{std::string(call.route.setting), call.body}});
}

HttpResponse reset_setting(Call& call) {
  return enqueue_reset(call, {{std::string(call.route.setting), nullptr}});
}

HttpResponse get_own_settings(Call& call) {
  return json_answer(own_settings_json(settings_of(*call.engine.catalog().at(call.segments[0]))));
}

HttpResponse update_own_settings(Call& call) {
  Settings scratch = current_settings(call);
  apply_own_settings(scratch, call.body);
  if (call.body.contains("rules")) warnings_of(call, scratch);
  return enqueued(call, own_settings_update(call.segments[0], call.body, if_missing(call)));
}

HttpResponse reset_own_settings(Call& call) {
  Json patch = own_settings_json(Settings{});
  for (auto& value : patch) value = nullptr;
  return enqueued(call, own_settings_update(call.segments[0], std::move(patch), MissingIndex::Fail));
}

HttpResponse get_rules(Call& call) {
  const Json own = own_settings_json(settings_of(*call.engine.catalog().at(call.segments[0])));
  return json_answer({{"rules", own.at("rules")}});
}

HttpResponse update_rules(Call& call) {
  const PlacedJson body(call.body, ErrorCode::InvalidSettingsNunmul);
  body.for_each_field({"rules"});
  const Json patch{{"rules", body.required("rules").value()}};
  Settings scratch = current_settings(call);
  apply_own_settings(scratch, patch);
  const std::vector<std::string> warnings = warnings_of(call, scratch);
  HttpResponse response = enqueued(call, own_settings_update(call.segments[0], patch, if_missing(call)));
  if (warnings.empty()) return response;
  Json answer = parse_json(response.body);
  answer["warnings"] = warnings;
  return json_answer(answer, response.status);
}

HttpResponse reset_rules(Call& call) {
  return enqueued(call, own_settings_update(call.segments[0], {{"rules", nullptr}}, MissingIndex::Fail));
}

}  // namespace nunmul
