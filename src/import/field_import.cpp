// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/field_import.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "base/error.h"
#include "import/entry_fields.h"
#include "import/read/csv_reader.h"
#include "import/read/front_matter.h"
#include "import/read/input_format.h"
#include "import/read/markdown_reader.h"
#include "import/words/field_names.h"

namespace nunmul {
namespace {

// A site's generator keeps title, date and tags above an article; what only an entry has is not among it.
bool may_be_article(const Json& fields) {
  for (const char* name : {"id", "kind", "artist", "rank"})
    if (fields.contains(name)) return false;
  return !fields.contains("title") || fields["title"].is_string();
}

bool has_title(const Json& fields) {
  const auto title = fields.find("title");
  return title != fields.end() && title->is_string() && !title->get_ref<const std::string&>().empty();
}

// The line that a message of the front matter's reader begins with, which is taken off.
std::uint32_t take_line(std::string_view& message) {
  if (!message.starts_with("line ")) return 0;
  const auto line = static_cast<std::uint32_t>(std::atoi(message.data() + 5));
  message.remove_prefix(std::min(message.find(": ") + 2, message.size()));
  return line;
}

// With the title as a string, and the text below as the description.
Json entry_fields(const FrontMatter& matter, const std::vector<RawLine>& lines, const std::string& source) {
  Json fields = matter.fields;
  if (const std::string language = language_in_name(source);
      !language.empty() && !fields.contains("language"))
    fields["language"] = language;
  const auto title = fields.find("title");
  const bool titled = title != fields.end() && !title->is_null() && title->is_primitive();
  if (titled && !title->is_string()) *title = dump_json(*title);  // a song may be 1979
  const std::string text_below = text_of_lines(lines, titled ? title->get<std::string>() : "");
  if (!fields.contains("description") && !text_below.empty()) fields["description"] = text_below;
  return fields;
}

}  // namespace

HasDocuments FieldImport::read_markdown(std::string_view text, const std::string& source) {
  std::optional<FrontMatter> matter;
  try {
    matter = read_front_matter(words_, text);
  } catch (const Error& error) {
    std::string_view message = error.what();
    const std::uint32_t line = take_line(message);
    log_.problem(line, std::string(message));
    return HasDocuments::No;
  }
  if (!matter) {
    articles_.read_list(read_markdown_lines(words_, text), source);
    return HasDocuments::No;
  }
  if (log_.is_left_out(matter->fields, 1)) return HasDocuments::No;
  const std::vector<RawLine> lines = read_lines_below(words_, *matter);
  if (may_be_article(matter->fields) && articles_.take_as_list(lines, source)) return HasDocuments::No;
  return take_fields(entry_fields(*matter, lines, source), source, 1);
}

HasDocuments FieldImport::read_csv(std::string_view text, char delimiter, const std::string& source) {
  HasDocuments has_documents = HasDocuments::No;
  CsvReader rows(words_, text, delimiter);
  while (auto row = rows.next())
    if (take_fields(std::move(row->fields), source, row->line) == HasDocuments::Yes)
      has_documents = HasDocuments::Yes;
  if (output_.has_merged()) return has_documents;  // the faults were told before
  for (const CsvFault& fault : rows.faults()) log_.problem(fault.line, fault.message);
  return has_documents;
}

// An entry of named fields. Those that the import knows by name go to their places, the others stay.
HasDocuments FieldImport::take_fields(Json fields, const std::string& source, std::uint32_t line) {
  const std::string id = take_id(fields);
  if (!id.empty() && !output_.has_merged()) return HasDocuments::Yes;
  if (id.empty() && output_.has_merged()) return HasDocuments::No;  // it is among them
  if (fields.empty() && id.empty()) {
    log_.problem(line, "no fields");
    return HasDocuments::No;
  }
  fields = with_our_names(words_, std::move(fields));
  if (log_.is_left_out(fields, line)) return HasDocuments::No;
  log_.add_found(1);
  if (!has_title(fields)) log_.note_untitled(line, fields);
  Entry entry = entry_of(std::move(fields), source, line);
  entry.id = id;
  if (entry.id.empty() && !entry.title.empty())
    output_.add_listed(std::move(entry));
  else
    output_.pass_on(std::move(entry));
  return HasDocuments::No;
}

void FieldImport::read_json_documents(std::string_view text, std::string_view list) {
  read_json(words_, text, list, document_sink(), fault_sink());
}

void FieldImport::read_ndjson_documents(std::string_view text) {
  read_ndjson(text, document_sink(), fault_sink());
}

DocumentSink FieldImport::document_sink() {
  return [this](Entry&& document) { take_document(std::move(document)); };
}

FaultSink FieldImport::fault_sink() {
  return [this](std::uint32_t line, const std::string& message) { log_.problem(line, message); };
}

// A document that has no "title" but something else that can be one, under our names.
void FieldImport::give_our_names(Entry& document) const {
  Json fields = parse_json(document.raw);
  if (fields.contains("title") && fields["title"].is_object())
    fields = without_markup(words_, std::move(fields));
  fields = with_our_names(words_, std::move(fields));
  if (!fields.contains("title")) return;
  document.raw = dump_json(fields);
  document.title = take_text(fields, "title");
  document.kind = take_text(fields, "kind");
  document.artist = take_text(fields, "artist");
  if (fields.contains("year")) document.extra["year"] = fields["year"];
}

// A work is one by its artist or kind, under whatever names.
bool FieldImport::is_left_out(const Entry& document) {
  Json fields = document.extra;
  if (!document.artist.empty()) fields["artist"] = document.artist;
  if (!document.kind.empty()) fields["kind"] = document.kind;
  return log_.is_left_out(fields, document.line);
}

void FieldImport::take_document(Entry&& document) {
  try {
    if (document.title.empty()) give_our_names(document);
  } catch (const Error& error) {
    return log_.problem(document.line, error.what());
  }
  if (is_left_out(document)) return;
  log_.add_found(1);
  if (document.title.empty())
    log_.note_untitled(document.line, log_.has_untitled() ? Json() : parse_json(document.raw));
  document.source = log_.file_name();
  output_.pass_on(std::move(document));
}

}  // namespace nunmul
