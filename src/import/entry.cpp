// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/entry.h"

namespace nunmul {
namespace {

void put(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}

}  // namespace

Json to_json(const Entry& entry) {
  if (!entry.raw.empty()) return parse_json(entry.raw);
  Json object = Json::object();
  put(object, "id", entry.id);
  put(object, "kind", entry.kind);
  put(object, "title", entry.title);
  put(object, "artist", entry.artist);
  if (entry.rank) object["rank"] = *entry.rank;
  put(object, "section", entry.section);
  put(object, "source", entry.source);
  if (entry.line > 0) object["line"] = entry.line;
  put(object, "description", entry.description);
  if (entry.sources.size() > 1) object["sources"] = entry.sources;
  if (entry.doubtful) object["doubtful"] = true;
  const Json own = object;  // few, where `extra` may have many
  for (const auto& [name, value] : entry.extra.items()) {
    if (own.contains(name))
      object[name] = value;
    else
      append_field(object, name, value);
  }
  return object;
}

std::string to_json_text(const Entry& entry) {
  return entry.raw.empty() ? dump_json(to_json(entry)) : entry.raw;
}

}  // namespace nunmul
