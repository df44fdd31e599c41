// SPDX-License-Identifier: GPL-2.0-or-later
// The schemas of answers, by the name that Reply::schema gives them. JSON Schema as OpenAPI 3.1 has it.
#pragma once

#include <string_view>

namespace nunmul {

inline constexpr std::string_view kOpenApiSchemas = R"json({
  "Error": {"type": "object", "additionalProperties": false, "required": ["message", "code", "type", "link"],
    "properties": {
    "message": {"type": "string"}, "code": {"type": "string"},
    "type": {"enum": ["auth", "invalid_request", "internal", "system"]}, "link": {"type": "string"}}},
  "Health": {"type": "object", "required": ["status"], "properties": {"status": {"const": "available"},
    "indexesRebuilding": {"type": "integer", "minimum": 1}}},
  "Version": {"type": "object", "required": ["commitSha", "commitDate", "pkgVersion", "serverName",
    "serverVersion"],
    "properties": {"commitSha": {"type": "string"}, "commitDate": {"type": "string"},
      "pkgVersion": {"type": "string"},
      "serverName": {"type": "string"}, "serverVersion": {"type": "string"}}},
  "TaskStatus": {"enum": ["enqueued", "processing", "succeeded", "failed", "canceled"]},
  "EnqueuedTask": {"type": "object", "additionalProperties": false,
    "required": ["taskUid", "indexUid", "status", "type", "enqueuedAt"], "properties": {
      "taskUid": {"type": "integer"}, "indexUid": {"type": ["string", "null"]},
        "status": {"const": "enqueued"},
      "type": {"type": "string"}, "enqueuedAt": {"type": "string", "format": "date-time"},
        "customMetadata": {"type": "string"}}},
  "Task": {"type": "object", "additionalProperties": false,
    "required": ["uid", "batchUid", "indexUid", "status", "type", "canceledBy", "error", "duration",
      "enqueuedAt", "startedAt", "finishedAt"],
    "properties": {"uid": {"type": "integer"}, "batchUid": {"type": ["integer", "null"]},
      "indexUid": {"type": ["string", "null"]},
      "status": {"$ref": "#/components/schemas/TaskStatus"}, "type": {"type": "string"},
        "canceledBy": {"type": ["integer", "null"]},
      "details": {"type": "object"}, "error": {"anyOf": [{"type": "null"},
        {"$ref": "#/components/schemas/Error"}]},
      "duration": {"type": ["string", "null"]}, "enqueuedAt": {"type": "string", "format": "date-time"},
      "startedAt": {"type": ["string", "null"]}, "finishedAt": {"type": ["string", "null"]},
        "customMetadata": {"type": "string"}}},
  "TaskList": {"type": "object", "additionalProperties": false, "required": ["results", "total", "limit",
    "from", "next"], "properties": {
    "results": {"type": "array", "items": {"$ref": "#/components/schemas/Task"}},
      "total": {"type": "integer"},
    "limit": {"type": "integer"}, "from": {"type": ["integer", "null"]}, "next": {"type": ["integer",
      "null"]}}},
  "Batch": {"type": "object", "required": ["uid", "progress", "details", "stats", "duration", "startedAt",
    "finishedAt", "batchStrategy"],
    "properties": {"uid": {"type": "integer"}, "progress": {"type": ["object", "null"]},
      "details": {"type": "object"},
      "stats": {"type": "object", "required": ["totalNbTasks", "status", "types", "indexUids"]},
        "duration": {"type": ["string", "null"]},
      "startedAt": {"type": "string"}, "finishedAt": {"type": ["string", "null"]},
        "batchStrategy": {"type": "string"}}},
  "BatchList": {"type": "object", "required": ["results", "total", "limit", "from", "next"], "properties": {
    "results": {"type": "array", "items": {"$ref": "#/components/schemas/Batch"}},
      "total": {"type": "integer"},
    "limit": {"type": "integer"}, "from": {"type": ["integer", "null"]}, "next": {"type": ["integer",
      "null"]}}},
  "Index": {"type": "object", "additionalProperties": false, "required": ["uid", "createdAt", "updatedAt",
    "primaryKey"], "properties": {
    "uid": {"type": "string"}, "createdAt": {"type": "string", "format": "date-time"},
    "updatedAt": {"type": "string", "format": "date-time"}, "primaryKey": {"type": ["string", "null"]}}},
  "IndexList": {"type": "object", "additionalProperties": false, "required": ["results", "offset", "limit",
    "total"], "properties": {
    "results": {"type": "array", "items": {"$ref": "#/components/schemas/Index"}},
      "offset": {"type": "integer"},
    "limit": {"type": "integer"}, "total": {"type": "integer"}}},
  "IndexStats": {"type": "object", "required": ["numberOfDocuments", "rawDocumentDbSize", "avgDocumentSize",
      "indexSize", "usedIndexSize", "isIndexing", "numberOfEmbeddings", "numberOfEmbeddedDocuments",
        "fieldDistribution"], "properties": {
    "numberOfDocuments": {"type": "integer"}, "rawDocumentDbSize": {"type": ["integer", "string"]},
      "avgDocumentSize": {"type": ["integer", "string"]},
    "indexSize": {"type": ["integer", "string"]}, "usedIndexSize": {"type": ["integer", "string"]},
      "isIndexing": {"type": "boolean"}, "numberOfEmbeddings": {"type": "integer"},
      "numberOfEmbeddedDocuments": {"type": "integer"},
    "fieldDistribution": {"type": "object", "additionalProperties": {"type": "integer"}}}},
  "Stats": {"type": "object", "required": ["databaseSize", "usedDatabaseSize", "lastUpdate", "indexes"],
    "properties": {
    "databaseSize": {"type": ["integer", "string"]}, "usedDatabaseSize": {"type": ["integer", "string"]},
      "lastUpdate": {"type": ["string", "null"]},
    "indexes": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/IndexStats"}}}},
  "Document": {"type": "object"},
  "DocumentList": {"type": "object", "additionalProperties": false, "required": ["results", "offset",
    "limit", "total"], "properties": {
    "results": {"type": "array", "items": {"type": "object"}}, "offset": {"type": "integer"},
      "limit": {"type": "integer"},
    "total": {"type": "integer"}}},
  "SearchAnswer": {"type": "object", "required": ["hits", "query", "processingTimeMs"], "properties": {
    "hits": {"type": "array", "items": {"type": "object"}}, "query": {"type": "string"},
      "processingTimeMs": {"type": "integer"},
    "limit": {"type": "integer"}, "offset": {"type": "integer"}, "estimatedTotalHits": {"type": "integer"},
    "hitsPerPage": {"type": "integer"}, "page": {"type": "integer"}, "totalPages": {"type": "integer"},
      "totalHits": {"type": "integer"},
    "facetDistribution": {"type": "object"}, "facetStats": {"type": "object"},
      "url": {"type": "string", "description": "where a rule of the owner leads"},
      "requestUid": {"type": "string"}}},
  "MultiSearchAnswer": {"type": "object", "properties": {
    "results": {"type": "array", "items": {"$ref": "#/components/schemas/SearchAnswer"}},
      "hits": {"type": "array"}}},
  "FacetSearchAnswer": {"type": "object", "additionalProperties": false, "required": ["facetHits",
    "facetQuery", "processingTimeMs"],
    "properties": {"facetHits": {"type": "array", "items": {"type": "object", "required": ["value", "count"],
      "properties": {"value": {"type": "string"}, "count": {"type": "integer"}}}},
      "facetQuery": {"type": ["string", "null"]}, "processingTimeMs": {"type": "integer"}}},
  "SuggestionAnswer": {"type": "object", "additionalProperties": false, "required": ["suggestions"],
    "properties": {
    "suggestions": {"type": "array", "items": {"type": "object", "required": ["way", "q",
      "estimatedTotalHits"], "properties": {
      "way": {"enum": ["spelling", "otherLayout", "fewerWords", "withoutFilters"]}, "q": {"type": "string"},
      "estimatedTotalHits": {"type": "integer"}}}}}},
  "QueryReport": {"type": "object", "additionalProperties": false, "required": ["queries", "searches",
    "withoutHits", "withheldQueries", "uncountedSearches"],
    "properties": {
    "queries": {"type": "array", "items": {"type": "object", "required": ["query", "searches",
      "searchesBefore", "withoutHits", "sessions", "clicks", "averageMs", "hits", "shownIds", "clicksById"],
      "properties": {
      "query": {"type": "string"}, "searches": {"type": "integer"}, "searchesBefore": {"type": "integer"},
      "withoutHits": {"type": "integer"}, "sessions": {"type": "integer"}, "clicks": {"type": "integer"},
      "averageMs": {"type": "number"}, "hits": {"type": "integer"},
      "shownIds": {"type": "array", "items": {"type": "string"}},
      "clicksById": {"type": "object", "additionalProperties": {"type": "integer"}}}}},
    "searches": {"type": "integer"}, "withoutHits": {"type": "integer"},
    "withheldQueries": {"type": "integer"}, "uncountedSearches": {"type": "integer"}}},
  "Labels": {"type": "object", "additionalProperties": {"type": "object",
    "additionalProperties": {"type": "string"}}},
  "Settings": {"type": "object", "minProperties": 20, "maxProperties": 20},
  "Setting": {},
  "OwnSettings": {"type": "object"},
  "Rules": {"type": "object", "additionalProperties": false, "required": ["rules"], "properties": {
    "rules": {"type": "array", "items": {"type": "object"}}}},
  "Key": {"type": "object", "additionalProperties": false, "required": ["name", "description", "key", "uid",
    "actions", "indexes",
      "expiresAt", "createdAt", "updatedAt"], "properties": {
    "name": {"type": ["string", "null"]}, "description": {"type": ["string", "null"]},
      "key": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "uid": {"type": "string"}, "actions": {"type": "array", "items": {"type": "string"}},
    "indexes": {"type": "array", "items": {"type": "string"}}, "expiresAt": {"type": ["string", "null"]},
    "createdAt": {"type": "string"}, "updatedAt": {"type": "string"}}},
  "KeyList": {"type": "object", "additionalProperties": false, "required": ["results", "offset", "limit",
    "total"], "properties": {
    "results": {"type": "array", "items": {"$ref": "#/components/schemas/Key"}},
      "offset": {"type": "integer"},
    "limit": {"type": "integer"}, "total": {"type": "integer"}}},
  "ExperimentalFeatures": {"type": "object", "additionalProperties": {"type": "boolean"}},
  "FieldList": {"type": "object", "required": ["results", "offset", "limit", "total"], "properties": {
    "results": {"type": "array", "items": {"type": "object"}}, "offset": {"type": "integer"},
      "limit": {"type": "integer"},
    "total": {"type": "integer"}}},
  "Webhook": {"type": "object", "additionalProperties": false, "required": ["uuid", "isEditable", "url",
    "headers"], "properties": {
    "uuid": {"type": "string"}, "isEditable": {"type": "boolean"}, "url": {"type": "string"},
      "headers": {"type": "object"}}},
  "WebhookList": {"type": "object", "required": ["results"], "properties": {
    "results": {"type": "array", "items": {"$ref": "#/components/schemas/Webhook"}}}},
  "Description": {"type": "object", "required": ["openapi", "info", "paths"]}
})json";

}  // namespace nunmul
