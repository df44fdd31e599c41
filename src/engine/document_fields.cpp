// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/document_fields.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <unordered_map>

#include "base/document_limit.h"
#include "base/error.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "base/utf8.h"
#include "engine/task.h"

namespace nunmul {
namespace {

constexpr std::size_t kShownBytes = 200;  // of a document or value in a message
constexpr std::size_t kShownCandidates = 10;

std::string shown(std::string_view json) { return utf8_excerpt(json, kShownBytes); }

bool ends_in_id(std::string_view name) {
  if (name.size() < 2) return false;
  const char i = name[name.size() - 2], d = name.back();
  return (i == 'i' || i == 'I') && (d == 'd' || d == 'D');
}

// The value of a field, or of a nested one (`a.b`). Nothing if absent.
std::optional<std::string> find_value(std::string_view json, std::string_view path) {
  if (json.empty() || json.front() != '{') return std::nullopt;
  const std::vector<DocumentField> fields = split_document(json);
  for (auto field = fields.rbegin(); field != fields.rend(); ++field)
    if (field->name == path) return std::string(field->value);
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.', dot + 1))
    for (auto field = fields.rbegin(); field != fields.rend(); ++field)
      if (field->name == path.substr(0, dot))
        if (auto value = find_value(field->value, path.substr(dot + 1))) return value;
  return std::nullopt;
}

bool is_coordinate(const Json& geo, const char* name) {
  if (!geo.contains(name)) return false;
  const Json& value = geo[name];
  if (number_value(value)) return true;
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

void check_geo(std::string_view value, std::string_view id) {
  const Json geo = parse_json(value);
  if (geo.is_null()) return;
  if (geo.is_object() && is_coordinate(geo, "lat") && is_coordinate(geo, "lng")) return;
  throw Error(ErrorCode::InvalidDocumentGeoField,
              "The `_geo` field in the document with the id `" + std::string(id) +
                  "` is not an object of the numbers `lat` and `lng`: `" + shown(value) + "`.");
}

// Field names at all levels, as a sum of colons outside of strings.
std::size_t count_names(std::string_view json) {
  std::size_t count = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] == '"') in_string = !in_string;
    if (in_string && json[i] == '\\') {
      ++i;
    } else if (!in_string && json[i] == ':') {
      ++count;
    }
  }
  return count;
}

}  // namespace

std::vector<DocumentField> split_document(std::string_view json) {
  std::vector<DocumentField> fields;
  JsonWalker walker(json);
  while (auto field = walker.next_field())
    fields.push_back({std::move(field->name), field->name_text, field->value});
  return fields;
}

std::optional<std::string> without_repeated_fields(std::string_view json) {
  const std::vector<DocumentField> fields = split_document(json);
  std::set<std::string_view> names;
  const bool repeated = std::any_of(fields.begin(), fields.end(),
                                    [&](const auto& field) { return !names.insert(field.name).second; });
  if (!repeated) return std::nullopt;
  return merge_documents("{}", json);
}

std::string merge_documents(std::string_view before, std::string_view after) {
  std::vector<DocumentField> merged = split_document(before);
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < merged.size(); ++i) places.emplace(merged[i].name, i);
  for (DocumentField& field : split_document(after)) {
    const auto [place, added] = places.emplace(field.name, merged.size());
    if (added)
      merged.push_back(std::move(field));
    else
      merged[place->second].value = field.value;
  }
  std::string text = "{";
  for (const DocumentField& field : merged) {
    if (text.size() > 1) text += ',';
    text.append(field.key).append(":").append(field.value);
  }
  return text + "}";
}

std::string infer_primary_key(std::string_view json) {
  std::set<std::string, std::less<>> candidates;
  std::string first, names;
  for (const DocumentField& field : split_document(json)) {
    if (!ends_in_id(field.name) || !candidates.insert(field.name).second) continue;
    if (first.empty()) first = field.name;
    if (candidates.size() <= kShownCandidates) names += (names.empty() ? "`" : ", `") + field.name + "`";
  }
  if (candidates.size() == 1) return first;
  if (candidates.empty())
    throw Error(ErrorCode::IndexPrimaryKeyNoCandidateFound,
                "The primary key cannot be inferred: no field of the first document has a name that ends "
                "with `id`. Name "
                "one with the `primaryKey` query parameter.");
  if (candidates.size() > kShownCandidates) names += ", …";
  throw Error(ErrorCode::IndexPrimaryKeyMultipleCandidatesFound,
              "The primary key cannot be inferred: " + std::to_string(candidates.size()) +
                  " fields of the first document have names that end with `id`: " + names +
                  ". Name one with the `primaryKey` query parameter.");
}

std::string read_document_id(std::string_view json, std::string_view primary_key) {
  const std::optional<std::string> value = find_value(json, primary_key);
  if (!value)
    throw Error(ErrorCode::MissingDocumentId, "Document doesn't have a `" + std::string(primary_key) +
                                                  "` attribute: `" + shown(json) + "`.");
  if (const auto id = document_id(parse_json(*value))) return *id;
  throw Error(ErrorCode::InvalidDocumentId, "Document identifier `" + shown(*value) +
                                                "` is invalid. A document identifier is an integer, or a "
                                                "string of 1 to 511 of the characters a-z A-Z "
                                                "0-9, hyphens (-) and underscores (_).");
}

void check_document(std::string_view json, std::string_view id) {
  const auto named = [&] { return "The document with the id `" + std::string(id) + "` "; };
  if (json.size() > kMaxDocumentBytes)
    throw Error(ErrorCode::PayloadTooLarge, named() + too_large_for_document() + ".");
  // A name takes at least four bytes.
  if (json.size() > kMaxDocumentFields * 4 && count_names(json) > kMaxDocumentFields)
    throw Error(ErrorCode::MaxFieldsLimitExceeded,
                named() + "has more than " + std::to_string(kMaxDocumentFields) + " fields.");
  if (json.find("\"_geo\"") == std::string_view::npos) return;
  for (const DocumentField& field : split_document(json))
    if (field.name == "_geo") check_geo(field.value, id);
}

CheckedDocument read_document(std::string_view json, std::string_view primary_key) {
  CheckedDocument document;
  document.json = without_repeated_fields(json).value_or(std::string(json));
  document.id = read_document_id(document.json, primary_key);
  check_document(document.json, document.id);
  return document;
}

}  // namespace nunmul
