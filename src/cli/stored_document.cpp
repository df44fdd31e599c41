// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/stored_document.h"

#include "base/json.h"
#include "base/json_scan.h"
#include "engine/json_documents.h"

namespace nunmul {

EntryDocument document_of(const Entry& entry, std::string_view primary_key) {
  std::string compact;
  if (!entry.raw.empty()) append_compact(compact, entry.raw);
  return read_document(entry.raw.empty() ? to_json_text(entry) : compact, primary_key);
}

std::optional<std::string> text_field(std::string_view json, std::string_view name) {
  JsonWalker fields(json);
  while (const auto field = fields.next_field())
    if (field->name == name && field->value.starts_with('"'))
      return parse_json(field->value).get<std::string>();
  return std::nullopt;
}

std::string title_of(std::string_view json, std::string_view id) {
  return text_field(json, "title").value_or(std::string(id));
}

}  // namespace nunmul
