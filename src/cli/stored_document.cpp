// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/stored_document.h"

#include "base/json.h"
#include "base/json_scan.h"
#include "engine/document_fields.h"

namespace nunmul {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Without the blanks between tokens.
std::string compact(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] != '"') {
      if (!is_blank(json[at])) out += json[at];
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
    out.append(json.substr(at, end + 1 - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

EntryDocument document_of(const Entry& entry, std::string_view primary_key) {
  EntryDocument document;
  document.json = entry.raw.empty() ? to_json_text(entry) : compact(entry.raw);
  document.id = read_document_id(document.json, primary_key);
  check_document(document.json, document.id);
  if (auto single = without_repeated_fields(document.json)) document.json = std::move(*single);
  return document;
}

std::string title_of(std::string_view json, std::string_view id) {
  JsonWalker fields(json);
  while (const auto field = fields.next_field()) {
    if (field->name != "title" || !field->value.starts_with('"')) continue;
    return parse_json(field->value).get<std::string>();
  }
  return std::string(id);
}

}  // namespace nunmul
