// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/entry_fields.h"

#include <utility>

#include "import/read/html_lines.h"

namespace nunmul {
namespace {

void take_rank(Json& fields, Entry& entry) {
  const auto rank = fields.find("rank");
  if (rank == fields.end()) return;
  const std::string text = rank->is_string() ? rank->get<std::string>() : dump_json(*rank);
  if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos) return;
  entry.rank = static_cast<std::uint32_t>(std::stoul(text));
  fields.erase(rank);
}

}  // namespace

std::string take_text(Json& fields, const char* name) {
  const auto found = fields.find(name);
  if (found == fields.end() || !found->is_string()) return "";
  std::string value = found->get<std::string>();
  fields.erase(found);
  return value;
}

std::string take_id(Json& fields) {
  const auto found = fields.find("id");
  if (found == fields.end() || !(found->is_string() || found->is_number_integer())) return "";
  const std::string value = found->is_string() ? found->get<std::string>() : dump_json(*found);
  fields.erase(found);
  return value;
}

Entry entry_of(Json fields, const std::string& source, std::uint32_t line) {
  Entry entry;
  entry.kind = take_text(fields, "kind");
  entry.title = take_text(fields, "title");
  entry.artist = take_text(fields, "artist");
  entry.section = take_text(fields, "section");
  entry.description = take_text(fields, "description");
  take_rank(fields, entry);
  entry.source = fields.contains("source") ? take_text(fields, "source") : source;
  entry.line = line;
  entry.extra = std::move(fields);
  return entry;
}

std::string text_of_lines(const std::vector<RawLine>& lines, std::string_view title) {
  std::string text;
  for (const RawLine& line : lines)
    if (!line.text.empty() && line.text != title) text += (text.empty() ? "" : "\n") + line.text;
  return text;
}

Json without_markup(const WordLists& words, Json fields) {
  for (auto& [name, value] : fields.items())
    if (value.is_object() && value.contains("rendered") && value["rendered"].is_string())
      value = text_of_lines(read_html_lines(words, value["rendered"].get_ref<const std::string&>()), "");
  if (fields.contains("title") && fields["title"].is_string() && !fields.contains("description"))
    for (const char* name : {"content", "excerpt"})
      if (const auto text = take_text(fields, name); !text.empty()) {
        fields["description"] = text;
        break;
      }
  return fields;
}

}  // namespace nunmul
