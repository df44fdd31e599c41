// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/golden.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace nunmul {
namespace {

constexpr std::size_t kFirstHits = 3;
constexpr double kDecimals = 10'000;  // finer differences are none

double rounded(double value) { return std::round(value * kDecimals) / kDecimals; }

Json rounded_metrics(const Metrics& metrics, std::size_t queries) {
  Json json = to_json(metrics, queries);
  for (auto& [name, value] : json.items())
    if (value.is_number_float()) value = rounded(value.get<double>());
  return json;
}

Json metrics_of(const Evaluation& evaluation) {
  Json json;
  json["overall"] = rounded_metrics(evaluation.overall, evaluation.queries.size());
  for (const auto& [name, group] : evaluation.groups) json[name] = rounded_metrics(group.first, group.second);
  return json;
}

Json golden_hits(const QueryEvaluation& query) {
  Json hits = Json::array();
  for (std::size_t i = 0; i < std::min(kFirstHits, query.hits.size()); ++i) hits.push_back(query.hits[i]);
  return hits;
}

void compare_metrics(const Json& now, const Json& golden, std::vector<std::string>& lines) {
  for (const auto& [group, metrics] : now.items())
    for (const auto& [name, value] : metrics.items()) {
      const Json before = golden.contains(group) ? golden[group].value(name, Json()) : Json();
      if (before != value)
        lines.push_back(group + " " + name + ": " + dump_json(before) + " -> " + dump_json(value));
    }
}

const Json& member(const Json& golden, const char* name) {
  if (!golden.is_object() || !golden.contains(name) || !golden[name].is_object())
    throw Error(ErrorCode::InvalidInput, std::string("A golden file needs an object `") + name + "`.");
  return golden[name];
}

}  // namespace

std::filesystem::path golden_file_of(const std::filesystem::path& queries) {
  std::filesystem::path file = queries;
  return file.replace_extension(".golden.json");
}

std::string golden_text(const Evaluation& evaluation) {
  std::string text = "{\"metrics\":{\n";
  std::string separator;
  const Json all_metrics = metrics_of(evaluation);
  for (const auto& [group, metrics] : all_metrics.items()) {
    text += separator + " " + dump_json(Json(group)) + ":" + dump_json(metrics);
    separator = ",\n";
  }
  text += "},\n\"queries\":{\n";
  separator.clear();
  for (const QueryEvaluation& query : evaluation.queries) {
    text += separator + " " + dump_json(Json(query.qid)) + ":" + dump_json(golden_hits(query));
    separator = ",\n";
  }
  return text + "}}\n";
}

std::vector<std::string> differences_from_golden(const Evaluation& evaluation, const Json& golden) {
  const Json& hits = member(golden, "queries");
  std::vector<std::string> lines;
  for (const QueryEvaluation& query : evaluation.queries) {
    const Json before = hits.value(query.qid, Json());
    const Json now = golden_hits(query);
    if (before != now)
      lines.push_back(query.qid + " \"" + query.query + "\": " + dump_json(before) + " -> " + dump_json(now));
  }
  for (const auto& [asked, before] : hits.items()) {
    const std::string& qid = asked;  // a binding is nothing that clang lets a lambda take
    if (std::none_of(evaluation.queries.begin(), evaluation.queries.end(),
                     [&](const QueryEvaluation& query) { return query.qid == qid; }))
      lines.push_back(qid + ": is no longer asked");
  }
  compare_metrics(metrics_of(evaluation), member(golden, "metrics"), lines);
  return lines;
}

}  // namespace nunmul
