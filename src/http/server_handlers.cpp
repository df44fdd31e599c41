// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/server_handlers.h"

#include "engine/engine.h"
#include "http/answers.h"
#include "http/openapi.h"
#include "http/routes.h"

namespace nunmul {
namespace {

// The level of the API that is followed, not the version of this server: plugins refuse old levels.
constexpr std::string_view kApiLevel = "1.50.0";

}  // namespace

HttpResponse get_health(Call&) { return json_text(R"({"status":"available"})"); }

HttpResponse get_version(Call&) {
  return json_answer({{"commitSha", "unknown"},
                      {"commitDate", "unknown"},
                      {"pkgVersion", kApiLevel},
                      {"serverName", "nunmul"},
                      {"serverVersion", NUNMUL_VERSION}});
}

HttpResponse get_stats(Call& call) { return json_answer(call.engine.stats(call.grant)); }

HttpResponse get_index_stats(Call& call) {
  return json_answer(call.engine.index_stats(*call.engine.catalog().at(call.segments[0])));
}

HttpResponse get_features(Call& call) { return json_answer(call.engine.features()); }

HttpResponse update_features(Call& call) { return json_answer(call.engine.update_features(call.body)); }

HttpResponse create_dump(Call& call) { return enqueued(call, dump_creation()); }

HttpResponse create_snapshot(Call& call) { return enqueued(call, snapshot_creation()); }

HttpResponse get_description(Call&) {
  static const std::string text = dump_json(openapi_description(api_routes()));
  return json_text(text);
}

}  // namespace nunmul
