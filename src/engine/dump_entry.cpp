// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/dump_entry.h"

#include <vector>

#include "base/ascii_text.h"
#include "base/json_scan.h"
#include "base/placed_json.h"
#include "base/utf8.h"
#include "engine/dump.h"
#include "engine/features.h"
#include "engine/json_documents.h"
#include "engine/key_rules.h"
#include "engine/task.h"
#include "engine/webhook_rules.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxValues = 1'000'000;  // of a line that is no document

Time read_time(const PlacedJson& place) {
  const auto time = parse_rfc3339(place.text());
  if (!time) place.fail("`" + place.text() + "` is no time of RFC 3339.");
  return *time;
}

std::optional<std::string> optional_text(const PlacedJson& place) {
  return place.is_null() ? std::nullopt : std::optional(place.text());
}

DumpEntry read_head(const PlacedJson& format) {
  if (format.number() != kDumpFormat) refuse_dump("This version does not know the dump's format.");
  return DumpHead{};
}

DumpEntry read_key(const PlacedJson& body) {
  body.for_each_field(
      {"uid", "name", "description", "actions", "indexes", "expiresAt", "createdAt", "updatedAt"});
  ApiKey key;
  key.uid = read_key_uid(body.required("uid").text());
  key.name = optional_text(body.required("name"));
  key.description = optional_text(body.required("description"));
  key.actions = body.required("actions").texts();
  check_key_actions(key.actions);
  key.indexes = body.required("indexes").texts();
  check_key_indexes(key.indexes);
  if (const PlacedJson expiry = body.required("expiresAt"); !expiry.is_null())
    key.expires_at = read_time(expiry);
  key.created_at = read_time(body.required("createdAt"));
  key.updated_at = read_time(body.required("updatedAt"));
  return key;
}

DumpEntry read_features(const PlacedJson& body) {
  body.for_each_field({});  // an object
  return DumpedFeatures{change_features(all_features(Json::object()), body.value())};
}

DumpEntry read_webhook(const PlacedJson& body) {
  Webhook webhook;
  body.for_each_field({"uuid", "url", "headers", "owner"},
                      [&](std::string_view name, const PlacedJson& field) {
                        if (name == "owner" && !field.is_null()) webhook.owner = read_key_uid(field.text());
                      });
  const PlacedJson uuid = body.required("uuid");
  if (!is_uuid(uuid.text())) uuid.fail("`" + uuid.text() + "` is not a UUID.");
  webhook.uuid = to_lower_ascii(uuid.text());
  webhook.url = body.required("url").text();
  check_webhook_url(webhook.url);
  body.required("headers").for_each_field({}, [&](std::string_view name, const PlacedJson& value) {
    check_webhook_header(std::string(name), value.text());
    webhook.headers.emplace(name, value.text());
  });
  check_webhook_header_count(webhook.headers.size());
  return webhook;
}

Settings read_settings(const PlacedJson& body) {
  body.for_each_field({"settings", "defaultRankingRules", "nunmul"});
  Settings settings;
  apply_settings(settings, body.required("settings").value());
  apply_own_settings(settings, body.required("nunmul").value());
  settings.default_ranking_rules = body.required("defaultRankingRules").boolean();
  return settings;
}

DumpEntry read_index(const PlacedJson& body) {
  body.for_each_field({"uid", "primaryKey", "createdAt", "updatedAt", "settings"});
  const PlacedJson uid = body.required("uid");
  if (!is_index_uid(uid.text())) uid.fail("`" + uid.text() + "` is not a valid index uid.");
  return DumpedIndex{uid.text(), optional_text(body.required("primaryKey")),
                     read_time(body.required("createdAt")), read_time(body.required("updatedAt")),
                     read_settings(body.required("settings"))};
}

DumpEntry read_deletion(const PlacedJson& id) { return DumpedDeletion{id.text()}; }

DumpEntry read_end(const PlacedJson& body) {
  const PlacedJson count = body.required("documents");
  if (!count.value().is_number_unsigned()) count.fail("expected a count.");
  return DumpEnd{count.value().get<std::uint64_t>()};
}

struct EntryRow {
  std::string_view name;
  DumpEntry (*read)(const PlacedJson&);
};
constexpr EntryRow kEntries[] = {
    {"key", read_key},          {"features", read_features}, {"webhook", read_webhook}, {"index", read_index},
    {"deleted", read_deletion}, {"end", read_end},           {"nunmulDump", read_head}};

DocumentOrigin read_origin(const Json& value) {
  if (value == "files") return DocumentOrigin::Files;
  if (value == "edited") return DocumentOrigin::Edited;
  refuse_dump("The document has an unknown origin: " + dump_json(value) + ".");
}

DumpEntry read_document_line(std::string_view value, DocumentOrigin origin) {
  if (value.empty() || value.front() != '{') refuse_dump("The document is no object.");
  DumpedDocument document;
  document.origin = origin;
  append_compact(document.json, value);
  return document;
}

// The field that says what the line is. The first line has the time of the dump beside it, a document its
// origin before it unless it is a client's.
struct Line {
  JsonField entry;
  DocumentOrigin origin = DocumentOrigin::Client;
};

Line find_entry(std::string_view line) {
  JsonWalker walker(line);
  const auto first = walker.next_field();
  const auto second = walker.next_field();
  if (!first) refuse_dump("The line is no object with a field.");
  if (!second) return {*first};
  if (walker.next_field()) refuse_dump("The line has more than two fields.");
  if (first->name == "origin" && second->name == "document")
    return {*second, read_origin(parse_json(first->value))};
  if (second->name == "nunmulDump") return {*second};
  if (first->name != "nunmulDump") refuse_dump("The line has more than one field.");
  return {*first};
}

}  // namespace

DumpEntry read_dump_entry(std::string_view line) {
  if (const std::string problem = json_problem(line, kMaxDocumentDepth + 1); !problem.empty())
    refuse_dump("The line is no JSON: " + problem + ".");
  const auto [entry, origin] = find_entry(line);
  if (entry.name == "document") return read_document_line(entry.value, origin);
  for (const EntryRow& row : kEntries) {
    if (row.name != entry.name) continue;
    const Json value = parse_json(entry.value, JsonLimits{.max_nodes = kMaxValues});
    return row.read(PlacedJson(value, ErrorCode::InvalidInput));
  }
  refuse_dump("No line of a dump has a field `" + std::string(utf8_prefix(entry.name, 100)) + "`.");
}

void refuse_dump(const std::string& problem) { throw Error(ErrorCode::InvalidInput, problem); }

}  // namespace nunmul
