// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/openapi.h"

#include <algorithm>

#include "base/build_info.h"
#include "http/openapi_schemas.h"

namespace nunmul {
namespace {

// Immutable fields are not described: no value of theirs is taken.
Json schema_of(FieldKind kind) {
  const Json text{{"type", "string"}};
  switch (kind) {
    case FieldKind::Text:
      return text;
    case FieldKind::Count:
      return {{"type", "integer"}, {"minimum", 0}};
    case FieldKind::Number:
      return {{"type", "number"}};
    case FieldKind::Flag:
      return {{"type", "boolean"}};
    case FieldKind::Texts:
      return {{"type", "array"}, {"items", text}};
    case FieldKind::Ids:
      return {{"type", "array"}, {"items", {{"type", Json::array({"string", "integer"})}}}};
    case FieldKind::Filter:
      return {{"type", Json::array({"string", "array"})}};
    case FieldKind::Object:
      return {{"type", "object"}};
    case FieldKind::Array:
      return {{"type", "array"}};
    case FieldKind::Immutable:
    case FieldKind::Any:
      return Json::object();
  }
  return Json::object();
}

// Most fields may also be null, which counts as absent.
Json nullable(Json schema) {
  const auto type = schema.find("type");
  if (type == schema.end()) return schema;
  if (type->is_string()) *type = Json::array({*type});
  type->push_back("null");
  return schema;
}

Json object_schema(std::span<const Field> fields) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : fields) {
    if (field.kind == FieldKind::Immutable) continue;
    const bool needs_value = field.missing && field.null == Null::Absent;
    Json schema = needs_value ? schema_of(field.kind) : nullable(schema_of(field.kind));
    schema["description"] = field.doc;
    properties[std::string(field.name)] = std::move(schema);
    if (field.missing) required.push_back(field.name);
  }
  Json schema{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  return schema;
}

std::string template_path(std::string_view pattern, Json& parameters) {
  std::string path;
  std::size_t begin = 0;
  while (begin < pattern.size()) {
    const auto end = std::min(pattern.find('/', begin + 1), pattern.size());
    const std::string_view segment = pattern.substr(begin + 1, end - begin - 1);
    if (!segment.empty() && segment.front() == ':') {
      const std::string name(segment.substr(1));
      path += "/{" + name + "}";
      parameters.push_back(
          {{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    } else {
      path += "/" + std::string(segment);
    }
    begin = end;
  }
  return path;
}

Json query_parameter(const Field& field) {
  Json parameter{{"name", field.name},
                 {"in", "query"},
                 {"required", field.missing.has_value()},
                 {"description", field.doc}};
  const bool is_list = field.kind == FieldKind::Texts || field.kind == FieldKind::Ids;
  if (is_list) {
    parameter["style"] = "form";
    parameter["explode"] = false;
  }
  parameter["schema"] = field.kind == FieldKind::Filter ? schema_of(FieldKind::Text) : schema_of(field.kind);
  return parameter;
}

Json request_body(const Route& route) {
  Json schema = Json::object();
  if (!route.input.fields.empty())
    schema = object_schema(route.input.fields);
  else if (!route.input.schema.empty())
    schema = parse_json(route.input.schema);
  Json content{{"application/json", {{"schema", schema}}}};
  if (route.input.body == Body::Documents) {
    content["application/x-ndjson"] = {{"schema", {{"type", "string"}}}};
    content["text/csv"] = {{"schema", {{"type", "string"}}}};
  }
  return {{"required", true}, {"content", std::move(content)}};
}

Json json_answer(std::string_view description, std::string_view schema) {
  return {{"description", description},
          {"content",
           {{"application/json", {{"schema", {{"$ref", "#/components/schemas/" + std::string(schema)}}}}}}}};
}

Json responses(const Route& route) {
  const Json done = route.answer.schema.empty() ? Json{{"description", "Done."}}
                                                : json_answer("Done.", route.answer.schema);
  return {{std::to_string(route.answer.status), done},
          {"default", json_answer("Refused or failed.", "Error")}};
}

Json operation(const Route& route, Json parameters) {
  for (const Field& field : route.input.query) parameters.push_back(query_parameter(field));
  Json out{{"summary", route.summary}};
  if (!parameters.empty()) out["parameters"] = std::move(parameters);
  if (route.input.body != Body::None) out["requestBody"] = request_body(route);
  out["responses"] = responses(route);
  if (route.action.empty())
    out["security"] = Json::array();
  else
    out["x-key-action"] = route.action;
  return out;
}

std::string lower(std::string_view method) {
  std::string out(method);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

}  // namespace

Json openapi_description(std::span<const Route> routes) {
  Json paths = Json::object();
  for (const Route& route : routes) {
    if (route.summary.empty()) continue;
    Json parameters = Json::array();
    const std::string path = template_path(route.pattern, parameters);
    paths[path][lower(route.method)] = operation(route, std::move(parameters));
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "nunmul"},
            {"version", program_version()},
            {"summary", "Full-text search for Korean, Japanese and English."}}},
          {"security", Json::array({{{"bearer", Json::array()}}})},
          {"paths", std::move(paths)},
          {"components",
           {{"securitySchemes", {{"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}},
            {"schemas", parse_json(kOpenApiSchemas)}}}};
}

}  // namespace nunmul
