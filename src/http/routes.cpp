// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/routes.h"

#include "http/batch_handlers.h"
#include "http/document_handlers.h"
#include "http/field_handlers.h"
#include "http/index_handlers.h"
#include "http/key_handlers.h"
#include "http/multi_search_handlers.h"
#include "http/query_log_handlers.h"
#include "http/search_handlers.h"
#include "http/search_parameters.h"
#include "http/server_handlers.h"
#include "http/settings_handlers.h"
#include "http/task_filter_parameters.h"
#include "http/task_handlers.h"
#include "http/webhook_handlers.h"
#include "index/settings.h"

namespace nunmul {
namespace {

constexpr std::string_view kObjectSchema = R"({"type":"object"})";
constexpr std::string_view kRulesSchema =
    R"({"type":"object","required":["rules"],"additionalProperties":false,"properties":{)"
    R"("rules":{"type":"array","maxItems":10000,"items":{"type":"object","required":["name","then"],)"
    R"("additionalProperties":false,)"
    R"("properties":{"name":{"type":"string"},)"
    R"("when":{"type":"object","additionalProperties":false,"properties":{)"
    R"("query":{"type":"object","minProperties":1,"maxProperties":1,"properties":{"is":{"type":"string"},)"
    R"("contains":{"type":"string"},"theme":{"type":"string"}}},"filter":{},"from":{"type":"string"},)"
    R"("to":{"type":"string"}}},)"
    R"("then":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{)"
    R"("pin":{"type":"array","items":{"type":"object","required":["id"],"properties":{"id":{},)"
    R"("place":{"type":"integer","minimum":1}}}},"hide":{"type":"array","items":{}},)"
    R"("boost":{"type":"array","items":{"type":"object","required":["filter","weight"],"properties":{)"
    R"("filter":{},"weight":{"type":"number"}}}},"redirect":{"type":"string"}}}}}}},)"
    R"("example":{"rules":[{"name":"concert","when":{"query":{"contains":"콘서트"},"from":"2026-12-01",)"
    R"("to":"2026-12-31"},"then":{"pin":[{"id":"tour-2026","place":1}],)"
    R"("redirect":"https://example.org/tour"}}]}})";
constexpr Reply kEnqueued{202, "EnqueuedTask"};

// Rows of tables, which the formatter would take apart.
// clang-format off

// Routes of the API that this server does not offer. An action that no key can have is allowed by
// its wildcard, or by "*".
struct NotOffered {
  std::string_view method, pattern, action;
};
constexpr NotOffered kNotOffered[] = {
    {"GET", "/chats/*", "chats.get"},
    {"POST", "/chats/*", "chatCompletions"},
    {"DELETE", "/chats/*", "chats.delete"},
    {"*", "/chats/*", "chatsSettings.update"},
    {"GET", "/network/*", "network.get"},
    {"*", "/network/*", "network.update"},
    {"*", "/export/*", "export"},
    {"GET", "/dynamic-search-rules/*", "dynamicSearchRules.get"},
    {"POST", "/dynamic-search-rules/*", "dynamicSearchRules.get"},
    {"DELETE", "/dynamic-search-rules/*", "dynamicSearchRules.delete"},
    {"*", "/dynamic-search-rules/*", "dynamicSearchRules.update"},
    {"*", "/render-template/*", "renderTemplate"},
    {"*", "/logs/*", "metrics.get"},
    {"*", "/tasks/compact/*", "tasks.compact"},
    {"*", "/indexes/:uid/compact/*", "indexes.compact"},
    {"*", "/indexes/:uid/similar/*", "search"},
    {"POST", "/indexes/:uid/documents/edit/*", "documents.edit"},
    {"GET", "/indexes/:uid/settings/chat/*", "settings.get"},
    {"*", "/indexes/:uid/settings/chat/*", "settings.update"},
    {"GET", "/indexes/:uid/settings/foreign-keys/*", "settings.get"},
    {"*", "/indexes/:uid/settings/foreign-keys/*", "settings.update"},
};

// A literal name stands before a `:name` that it also fits. An action is what a key must allow; an
// empty one needs no key. A route without a summary is in no description.
std::vector<Route> fixed_routes() {
  return {
      {"GET", "/health", "", get_health, "Whether the server answers", {200, "Health"}, {.query = kHealthParameters}},
      {"GET", "/openapi.json", "", get_description, "The description of this API as OpenAPI", {200, "Description"}},
      {"GET", "/version", "version", get_version, "The level of the API, and this server's version", {200, "Version"}},
      {"GET", "/metrics", "metrics.get", get_metrics, "What the server counts, as text for Prometheus"},
      {"GET", "/stats", "stats.get", get_stats, "Sizes and counts of all indexes", {200, "Stats"}, {.query = kStatsParameters}},
      {"GET", "/experimental-features", "experimental.get", get_features, "List experimental flags (without effect)", {200, "ExperimentalFeatures"}},
      {"PATCH", "/experimental-features", "experimental.update", update_features, "Set experimental flags (without effect)", {200, "ExperimentalFeatures"},
       {.body = Body::JsonValue, .schema = kFeaturesSchema}},
      {"POST", "/dumps", "dumps.create", create_dump, "Write a dump", kEnqueued},
      {"POST", "/snapshots", "snapshots.create", create_snapshot, "Write a snapshot", kEnqueued},

      {"GET", "/search", "search", search_short, "Search the index of the pages", {200, "SearchAnswer"},
       {.query = short_search_fields()}, Lane::Search},
      {"POST", "/multi-search", "search", multi_search, "Several searches in one request", {200, "MultiSearchAnswer"},
       {.body = Body::JsonValue, .fields = kMultiSearchFields}, Lane::Search},
      {"POST", "/swap-indexes", "indexes.swap", swap_indexes, "Swap indexes", kEnqueued,
       {.body = Body::JsonValue, .schema = kSwapSchema}},

      {"GET", "/keys", "keys.get", list_keys, "List keys, newest first", {200, "KeyList"}, {.query = kKeyListParameters}},
      {"POST", "/keys", "keys.create", create_key, "Make a key", {201, "Key"}, {.body = Body::JsonValue, .fields = kNewKeyFields}},
      {"GET", "/keys/:key", "keys.get", get_key, "One key, by its uid or value", {200, "Key"}},
      {"PATCH", "/keys/:key", "keys.update", update_key, "Rename a key", {200, "Key"}, {.body = Body::JsonValue, .fields = kKeyPatchFields}},
      {"DELETE", "/keys/:key", "keys.delete", delete_key, "Delete a key", {204}},

      {"GET", "/tasks", "tasks.get", list_tasks, "List tasks, newest first", {200, "TaskList"}, {.query = kTaskFilterParameters}},
      {"DELETE", "/tasks", "tasks.delete", delete_tasks, "Delete finished tasks", {200, "EnqueuedTask"}, {.query = kTaskChoiceParameters}},
      {"POST", "/tasks/cancel", "tasks.cancel", cancel_tasks, "Cancel tasks", {200, "EnqueuedTask"}, {.query = kTaskChoiceParameters}},
      // Not to be told from a task of that name.
      {"GET", "/tasks/cancel", "", only_post, "", {}, {.any_query = true}},
      {"GET", "/tasks/:uid", "tasks.get", get_task, "One task", {200, "Task"}},
      {"GET", "/tasks/:uid/documents", "tasks.get", get_task_documents, "The documents of an unfinished task, as NDJSON"},
      {"GET", "/batches", "tasks.get", list_batches, "List batches, newest first", {200, "BatchList"}, {.query = kTaskFilterParameters}},
      {"GET", "/batches/:uid", "tasks.get", get_batch, "One batch", {200, "Batch"}},

      {"GET", "/webhooks", "webhooks.get", list_webhooks, "List webhooks", {200, "WebhookList"}},
      {"POST", "/webhooks", "webhooks.create", create_webhook, "Make a webhook", {201, "Webhook"},
       {.body = Body::JsonValue, .fields = kNewWebhookFields}},
      {"GET", "/webhooks/:uuid", "webhooks.get", get_webhook, "One webhook", {200, "Webhook"}},
      {"PATCH", "/webhooks/:uuid", "webhooks.update", update_webhook, "Change a webhook", {200, "Webhook"},
       {.body = Body::JsonValue, .fields = kWebhookPatchFields}},
      {"DELETE", "/webhooks/:uuid", "webhooks.delete", delete_webhook, "Delete a webhook", {204}},

      {"GET", "/indexes", "indexes.get", list_indexes, "List indexes by uid", {200, "IndexList"}, {.query = kIndexListParameters}},
      {"POST", "/indexes", "indexes.create", create_index, "Make an index", kEnqueued, {.body = Body::JsonValue, .fields = kNewIndexFields}},
      {"GET", "/indexes/:uid", "indexes.get", get_index, "One index", {200, "Index"}},
      {"PATCH", "/indexes/:uid", "indexes.update", update_index, "Rename an index or set its primary key", kEnqueued,
       {.body = Body::JsonValue, .fields = kIndexPatchFields}},
      {"DELETE", "/indexes/:uid", "indexes.delete", delete_index, "Delete an index", kEnqueued},
      {"GET", "/indexes/:uid/stats", "stats.get", get_index_stats, "Sizes and counts", {200, "IndexStats"}, {.query = kStatsParameters}},
      {"POST", "/indexes/:uid/fields", "fields.post", list_fields, "Fields, and whether each is searched, filtered or sorted", {200, "FieldList"},
       {.body = Body::JsonValue, .fields = kFieldListFields}},

      {"POST", "/indexes/:uid/search", "search", search_post, "Search", {200, "SearchAnswer"},
       {.body = Body::JsonValue, .fields = search_fields()}, Lane::Search},
      {"GET", "/indexes/:uid/search", "search", search_get, "Search", {200, "SearchAnswer"}, {.query = search_fields()}, Lane::Search},
      {"POST", "/indexes/:uid/facet-search", "search", search_facet, "Search the values of a facet", {200, "FacetSearchAnswer"},
       {.body = Body::JsonValue, .fields = facet_search_fields()}, Lane::Search},
      // These are this server's own, for the search box.
      {"POST", "/indexes/:uid/nunmul-suggestions", "search", suggest, "Other queries, where one finds nothing", {200, "SuggestionAnswer"},
       {.body = Body::JsonValue, .fields = search_fields()}, Lane::Search},
      {"POST", "/indexes/:uid/nunmul-events", "search", add_event, "Say that a hit was opened", {204},
       {.body = Body::JsonValue, .fields = kEventFields}, Lane::Search},
      {"GET", "/indexes/:uid/nunmul-queries", "stats.get", get_queries, "What visitors search", {200, "QueryReport"},
       {.query = kQueryReportParameters}},
      {"GET", "/nunmul-labels/:language", "search", get_labels, "Labels for the values of fields in a language", {200, "Labels"}, {}, Lane::Search},

      {"GET", "/indexes/:uid/documents", "documents.get", list_documents, "List documents", {200, "DocumentList"}, {.query = kFetchFields}},
      {"POST", "/indexes/:uid/documents", "documents.add", replace_documents, "Add or replace documents", kEnqueued,
       {.body = Body::Documents, .query = kAdditionParameters, .schema = kDocumentsSchema}},
      {"PUT", "/indexes/:uid/documents", "documents.add", merge_documents, "Add documents, or update their fields", kEnqueued,
       {.body = Body::Documents, .query = kAdditionParameters, .schema = kDocumentsSchema}},
      {"DELETE", "/indexes/:uid/documents", "documents.delete", delete_all_documents, "Delete all documents", kEnqueued,
       {.query = kDeletionParameters}},
      {"POST", "/indexes/:uid/documents/fetch", "documents.get", fetch_documents, "List documents", {200, "DocumentList"},
       {.body = Body::JsonValue, .fields = kFetchFields}},
      {"POST", "/indexes/:uid/documents/delete-batch", "documents.delete", delete_document_batch, "Delete documents by identifier",
       kEnqueued, {.body = Body::JsonList, .query = kDeletionParameters, .schema = kIdsSchema}},
      {"POST", "/indexes/:uid/documents/delete", "documents.delete", delete_documents_by_filter, "Delete documents by filter", kEnqueued,
       {.body = Body::JsonValue, .query = kDeletionParameters, .fields = kDeletionByFilterFields}},
      {"GET", "/indexes/:uid/documents/:id", "documents.get", get_document, "One document", {200, "Document"}, {.query = kDocumentParameters}},
      {"DELETE", "/indexes/:uid/documents/:id", "documents.delete", delete_document, "Delete one document", kEnqueued,
       {.query = kDeletionParameters}},

      {"GET", "/indexes/:uid/settings", "settings.get", get_settings, "All settings", {200, "Settings"}},
      {"PATCH", "/indexes/:uid/settings", "settings.update", update_settings, "Change settings", kEnqueued,
       {.body = Body::JsonValue, .schema = kObjectSchema, .is_long = true}},
      {"DELETE", "/indexes/:uid/settings", "settings.update", reset_settings, "Reset all settings", kEnqueued},
      {"GET", "/indexes/:uid/nunmul-settings", "settings.get", get_own_settings, "Settings that only this server has", {200, "OwnSettings"}},
      {"PATCH", "/indexes/:uid/nunmul-settings", "settings.update", update_own_settings, "Change them", kEnqueued,
       {.body = Body::JsonValue, .schema = kObjectSchema, .is_long = true}},
      {"DELETE", "/indexes/:uid/nunmul-settings", "settings.update", reset_own_settings, "Reset them", kEnqueued},
      {"GET", "/indexes/:uid/nunmul-rules", "settings.get", get_rules, "The owner's rules for certain searches", {200, "Rules"}},
      {"PUT", "/indexes/:uid/nunmul-rules", "settings.update", update_rules, "Replace them", kEnqueued,
       {.body = Body::JsonValue, .schema = kRulesSchema, .is_long = true}},
      {"DELETE", "/indexes/:uid/nunmul-rules", "settings.update", reset_rules, "Remove them", kEnqueued},
  };
}

}  // namespace

std::vector<Route> api_routes() {
  std::vector<Route> routes;
  for (const NotOffered& row : kNotOffered)
    routes.push_back(
        {row.method, std::string(row.pattern), row.action, not_offered, "", {}, {.any_query = true}});
  for (Route& route : fixed_routes()) routes.push_back(std::move(route));
  for (const SettingRow& row : setting_rows()) {
    const std::string pattern = "/indexes/:uid/settings/" + std::string(row.route);
    routes.push_back({"GET", pattern, "settings.get", get_setting, "One setting", {200, "Setting"}, {}, Lane::Admin, row.name});
    routes.push_back({row.verb, pattern, "settings.update", update_setting, "Change one setting", kEnqueued, {.body = Body::JsonValue, .is_long = true},
                      Lane::Admin, row.name});
    routes.push_back({"DELETE", pattern, "settings.update", reset_setting, "Reset one setting", kEnqueued, {}, Lane::Admin, row.name});
  }
  return routes;
}

// clang-format on

}  // namespace nunmul
