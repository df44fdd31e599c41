// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/server_handlers.h"

#include <array>
#include <cstdio>

#include "base/build_info.h"
#include "engine/engine.h"
#include "http/answers.h"
#include "http/openapi.h"
#include "http/routes.h"
#include "http/server_metrics.h"

namespace nunmul {
namespace {

// The level of the API that is followed, not the version of this server: plugins refuse old levels.
constexpr std::string_view kApiLevel = "1.50.0";

bool wants_human_sizes(const Fields& query) {
  const std::string format = query.text("sizeFormat").value_or("raw");
  if (format != "raw" && format != "human")
    reject_value(ErrorCode::BadRequest, query.place("sizeFormat"),
                 "`" + format + "` is neither `raw` nor `human`.");
  return format == "human";
}

// "4 KiB", "1.5 MiB", "1.25 GiB".
std::string human_size(double bytes) {
  constexpr std::array kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
  std::size_t unit = 0;
  for (; bytes >= 1024 && unit + 1 < kUnits.size(); ++unit) bytes /= 1024;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", bytes);
  std::string size = text.data();
  size.erase(size.find_last_not_of('0') + 1);
  if (size.back() == '.') size.pop_back();
  return size + " " + kUnits[unit];
}

Json size_json(std::uint64_t bytes, bool human) {
  return human ? Json(human_size(static_cast<double>(bytes))) : Json(bytes);
}

// The statistics of an index as the parameters ask for them.
void dress_index_stats(Call& call, const CatalogEntry& entry, Json& stats) {
  const bool human = wants_human_sizes(call.query);
  const std::uint64_t documents = stats["rawDocumentDbSize"].get<std::uint64_t>();
  for (const char* name : {"rawDocumentDbSize", "avgDocumentSize", "indexSize", "usedIndexSize"})
    stats[name] = size_json(stats[name].get<std::uint64_t>(), human);
  if (!call.query.flag("showInternalDatabaseSizes")) return;
  stats["internalDatabaseSizes"] = {{"documents", size_json(documents, human)},
                                    {"segments", size_json(entry.index->opened()->bytes(), human)}};
}

}  // namespace

// How many indexes are not searched now, if any. No names: everybody may ask.
HttpResponse get_health(Call& call) {
  const std::size_t rebuilding = call.engine.catalog().count_rebuilding();
  const bool is_refused = call.query.flag("ready") && rebuilding > 0;
  Json health{{"status", is_refused ? "rebuilding" : "available"}};
  if (rebuilding > 0) health["indexesRebuilding"] = rebuilding;
  HttpResponse answer = json_answer(health);
  if (!is_refused) return answer;
  answer.status = 503;
  answer.headers.emplace_back("Retry-After", "1");
  return answer;
}

HttpResponse get_version(Call&) {
  return json_answer({{"commitSha", program_commit()},
                      {"commitDate", "unknown"},
                      {"pkgVersion", kApiLevel},
                      {"serverName", "nunmul"},
                      {"serverVersion", program_version()}});
}

HttpResponse get_metrics(Call& call) {
  return {200, "text/plain; version=0.0.4; charset=utf-8", call.metrics.text(call.engine, call.grant), {}};
}

HttpResponse get_stats(Call& call) {
  const bool human = wants_human_sizes(call.query);
  Json stats = call.engine.stats(call.grant);
  for (const char* name : {"databaseSize", "usedDatabaseSize"})
    stats[name] = size_json(stats[name].get<std::uint64_t>(), human);
  for (const auto& entry : call.engine.catalog().list())
    if (const auto found = stats["indexes"].find(entry->row.uid); found != stats["indexes"].end())
      dress_index_stats(call, *entry, *found);
  return json_answer(stats);
}

HttpResponse get_index_stats(Call& call) {
  const auto entry = call.engine.catalog().at(call.segments[0]);
  Json stats = call.engine.index_stats(*entry);
  dress_index_stats(call, *entry, stats);
  return json_answer(stats);
}

HttpResponse get_features(Call& call) { return json_answer(call.engine.features()); }

HttpResponse update_features(Call& call) { return json_answer(call.engine.update_features(call.body)); }

HttpResponse create_dump(Call& call) { return enqueued(call, dump_creation()); }

HttpResponse create_snapshot(Call& call) { return enqueued(call, snapshot_creation()); }

HttpResponse get_description(Call&) {
  static const std::string text = dump_json(openapi_description(api_routes()));
  return json_text(text);
}

HttpResponse not_offered(Call& call) {
  throw Error(ErrorCode::RouteNotOffered, "The route `" + call.request.method + " " + call.request.path +
                                              "` is not offered by this server.");
}

HttpResponse only_post(Call&) { return {405, "", "", {{"Allow", "POST"}}}; }

}  // namespace nunmul
