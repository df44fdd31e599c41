// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/json_documents.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

#include "base/ascii_text.h"
#include "base/document_limit.h"
#include "base/error.h"
#include "base/json.h"
#include "base/json_scan.h"
#include "import/words/field_names.h"
#include "import/words/publication.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxValueDepth = 200;

// Follows the parser and keeps what stands in the outermost object.
class OuterFields : public nlohmann::json_sax<Json> {
 public:
  Entry document;
  std::string fault;

  bool null() override { return value(); }
  bool boolean(bool is_set) override {
    if (depth_ == 1 && is_kept()) document.extra[kept_] = is_set;
    return value();
  }
  bool number_integer(number_integer_t number) override { return integer(std::to_string(number)); }
  bool number_unsigned(number_unsigned_t number) override { return integer(std::to_string(number)); }
  bool number_float(number_float_t, const string_t&) override { return value(); }
  bool binary(binary_t&) override { return value(); }
  bool string(string_t& text) override {
    if (depth_ == 1 && field_ != nullptr) *field_ = text;
    if (depth_ == 1 && is_kept()) document.extra[kept_] = text;
    return true;
  }
  bool key(string_t& name) override {
    if (depth_ != 1) return true;
    is_id_ = name == "id";
    kept_ = name == "year" || is_publication_field(name) ? name : "";
    field_ = is_id_             ? &document.id
             : name == "kind"   ? &document.kind
             : name == "title"  ? &document.title
             : name == "artist" ? &document.artist
                                : nullptr;
    return true;
  }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override {
    return depth_ == 0 ? refuse("an object was expected, found an array") : open();
  }
  bool end_object() override { return --depth_, true; }
  bool end_array() override { return --depth_, true; }
  bool parse_error(std::size_t, const std::string&, const Json::exception& error) override {
    std::string_view message = error.what();
    if (const std::size_t at = message.find("column "); at != std::string_view::npos)
      message.remove_prefix(at);
    return refuse("broken JSON: " + std::string(message));
  }

 private:
  bool refuse(const std::string& message) {
    if (fault.empty()) fault = message;
    return false;
  }
  bool open() {
    if (depth_ == 1 && is_id_) return refuse("\"id\" is neither a string nor an integer");
    if (depth_ == 1) field_ = nullptr, kept_.clear();
    return ++depth_ > kMaxValueDepth ? refuse("nested too deeply") : true;
  }
  bool value() {
    if (depth_ == 0) return refuse("an object was expected");
    if (depth_ == 1 && is_id_) return refuse("\"id\" is neither a string nor an integer");
    return true;
  }
  bool integer(const std::string& text) {
    if (depth_ == 0) return refuse("an object was expected, found a number");
    if (depth_ == 1 && is_id_) document.id = text;
    if (depth_ == 1 && kept_ == "year")
      document.extra["year"] = text;
    else if (depth_ == 1 && is_kept())
      document.extra[kept_] = text != "0";  // a flag, as databases write it
    return true;
  }
  bool is_kept() const { return !kept_.empty(); }

  std::size_t depth_ = 0;
  std::string* field_ = nullptr;
  bool is_id_ = false;
  std::string kept_;  // the name of a field that `extra` keeps
};

std::string on_one_line(std::string_view text) {
  return text.find_first_of("\r\n") == std::string_view::npos ? std::string(text)
                                                              : dump_json(parse_json(text));
}

void read_document(std::string_view text, std::uint32_t line, const DocumentSink& sink,
                   const FaultSink& fault) {
  if (text.size() > kMaxDocumentBytes) return fault(line, "the document " + too_large_for_document());
  OuterFields fields;
  if (!Json::sax_parse(text, &fields))
    return fault(line, fields.fault.empty() ? "an object was expected, found a string" : fields.fault);
  if (text.front() != '{') return fault(line, "an object was expected");
  try {
    fields.document.raw = on_one_line(text);
  } catch (const Error& error) {
    return fault(line, error.what());
  }
  fields.document.line = line;
  sink(std::move(fields.document));
}

// Walks over JSON without reading its values.
struct JsonCursor {
  std::string_view text;
  std::size_t at = 0;
  std::uint32_t line = 1;

  void skip_spaces() {
    for (; at < text.size() && std::strchr(" \t\r\n", text[at]) != nullptr && text[at] != '\0'; ++at)
      line += text[at] == '\n' ? 1 : 0;
  }
  char peek() const { return at < text.size() ? text[at] : '\0'; }
  // To the closing quote.
  void skip_string() {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
      if (text[at] == '\n') ++line;
      if (text[at] == '\\') ++at;
    }
  }
  // The text of the value or the key that begins here; empty when its brackets or quotes do not close.
  std::string_view take_value() {
    const std::size_t begin = at;
    std::size_t depth = 0;
    for (; at < text.size(); ++at) {
      const char c = text[at];
      if (c == '\n') ++line;
      if (c == '"')
        skip_string();
      else if (c == '{' || c == '[')
        ++depth;
      else if ((c == '}' || c == ']') && depth > 0)
        --depth;
      else if (depth == 0 && (c == ',' || c == ']' || c == '}' || c == ':'))
        return text.substr(begin, at - begin);
    }
    return {};
  }
  // The object or array that begins here; empty when it does not end.
  std::string_view take_brackets() {
    const std::size_t begin = at;
    std::size_t depth = 0;
    for (; at < text.size(); ++at) {
      const char c = text[at];
      if (c == '\n') ++line;
      if (c == '"') skip_string();
      if (c == '{' || c == '[') ++depth;
      if ((c == '}' || c == ']') && --depth == 0) return text.substr(begin, ++at - begin);
    }
    return {};
  }
};

constexpr int kDeepestList = 3;  // objects around it

struct NamedList {
  std::string name;  // with those of the objects around it: "data.songs"
  JsonCursor cursor;
};

// The arrays of objects in the object that begins here.
void find_lists(JsonCursor cursor, const std::string& around, int depth, std::vector<NamedList>& lists) {
  ++cursor.at;
  for (cursor.skip_spaces(); cursor.peek() == '"'; cursor.skip_spaces()) {
    const std::string_view key = cursor.take_value();
    if (cursor.peek() != ':') return;
    ++cursor.at;
    cursor.skip_spaces();
    JsonCursor value = cursor;
    if (cursor.take_value().empty()) return;
    const std::string name = around + std::string(trimmed(key, " \t\r\n\""));
    if (value.peek() == '{' && depth < kDeepestList) find_lists(value, name + ".", depth + 1, lists);
    if (value.peek() == '[') {
      JsonCursor inside = value;
      ++inside.at;
      inside.skip_spaces();
      if (inside.peek() == '{') lists.push_back({name, value});
    }
    if (cursor.peek() == ',') ++cursor.at;
  }
}

bool has_field(std::string_view object, std::string_view name) {
  JsonWalker fields(object);
  while (const auto field = fields.next_field())
    if (field->name == name) return true;
  return false;
}

bool is_titled(const WordLists& words, const Json& object) {
  return object.contains("title") || with_our_names(words, object).contains("title");
}

// Whether the first object of the list is an entry; one that has a name only, where the object around it has
// none.
bool lists_entries(const WordLists& words, const JsonCursor& list, std::string_view around) {
  JsonCursor first = list;
  ++first.at;
  first.skip_spaces();
  const std::string_view item = first.take_value();
  if (item.size() > kMaxDocumentBytes) return false;
  try {
    const Json entry = parse_json(item);
    return is_titled(words, entry) || (entry.contains("name") && !has_field(around, "name"));
  } catch (const Error&) {
    return false;  // whoever reads the object says what is wrong
  }
}

std::string names_of(const std::vector<NamedList>& lists) {
  std::string names;
  for (const NamedList& list : lists) names += (names.empty() ? "" : ", ") + list.name;
  return names;
}

bool is_called(const NamedList& list, std::string_view name) {
  return list.name == name || list.name.ends_with("." + std::string(name));
}

// {"list": "Sad songs", "items": [{"title": …}, …]} is its only list of entries, unless it has an id or a
// title beside several lists and so is a document itself. Nothing for any other object. Throws
// Error(InvalidInput) where several could be meant, or the one that was asked for is not there.
std::optional<JsonCursor> find_list_of_entries(const WordLists& words, const JsonCursor& object,
                                               std::string_view wanted) {
  std::vector<NamedList> lists;
  find_lists(object, "", 1, lists);
  // The list may be larger than any document, so what stands around it is not read into a tree.
  const std::string_view around = object.text.substr(object.at);
  if (!wanted.empty()) {
    const auto found = std::find_if(lists.begin(), lists.end(),
                                    [&](const NamedList& list) { return is_called(list, wanted); });
    if (found != lists.end()) return found->cursor;
    throw Error(ErrorCode::InvalidInput,
                "there is no list \"" + std::string(wanted) + "\"" +
                    (lists.empty() ? std::string() : "; the lists are: " + names_of(lists)));
  }
  std::erase_if(lists, [&](const NamedList& list) {
    return lists.size() > 1 && !lists_entries(words, list.cursor, around);
  });
  if (lists.empty() || !Json::accept(around) || has_field(around, "id")) return std::nullopt;
  if (lists.size() == 1) {
    const bool only = lists_entries(words, lists[0].cursor, around);
    return only ? std::optional(lists[0].cursor) : std::nullopt;
  }
  if (has_field(around, "title") || has_field(around, "name")) return std::nullopt;
  throw Error(ErrorCode::InvalidInput, "the object has several lists of entries (" + names_of(lists) +
                                           "); --list says which, such as --list " + lists[0].name);
}

// The array that begins at the cursor, which stands behind it afterwards.
void read_array(JsonCursor& cursor, const DocumentSink& sink, const FaultSink& fault) {
  ++cursor.at;
  cursor.skip_spaces();
  while (cursor.at < cursor.text.size() && cursor.text[cursor.at] != ']') {
    const std::uint32_t line = cursor.line;
    const std::string_view value = trimmed(cursor.take_value(), kBlanksAndNewlines);
    if (value.empty()) return fault(line, "broken JSON: the value that begins here does not end");
    read_document(value, line, sink, fault);
    if (cursor.text[cursor.at] == ',') ++cursor.at;
    cursor.skip_spaces();
  }
  if (cursor.at >= cursor.text.size()) return fault(cursor.line, "broken JSON: the array is not closed");
  ++cursor.at;
}

// One of the values of a file, which the cursor stands behind afterwards.
void read_value(JsonCursor& cursor, const DocumentSink& sink, const FaultSink& fault) {
  if (cursor.peek() == '[') return read_array(cursor, sink, fault);
  const std::uint32_t line = cursor.line;
  const JsonCursor begin = cursor;
  std::string_view value = cursor.peek() == '{' ? cursor.take_brackets() : std::string_view();
  if (value.empty()) {  // no object, or one that does not end: the parser says what is wrong with it
    value = trimmed(begin.text.substr(begin.at), kBlanksAndNewlines);
    cursor.at = cursor.text.size();
  }
  read_document(value, line, sink, fault);
}

}  // namespace

void read_ndjson(std::string_view text, const DocumentSink& sink, const FaultSink& fault) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::uint32_t number = 1;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at), kBlanksAndNewlines);
    at = end + 1;
    if (!line.empty()) read_document(line, number, sink, fault);
  }
}

void read_json(const WordLists& words, std::string_view text, std::string_view list, const DocumentSink& sink,
               const FaultSink& fault) {
  JsonCursor cursor{text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text};
  cursor.skip_spaces();
  if (cursor.at >= cursor.text.size()) return fault(1, "the file holds no JSON");
  const std::uint32_t line = cursor.line;
  try {
    auto entries = cursor.peek() == '{' ? find_list_of_entries(words, cursor, list) : std::nullopt;
    if (entries) return read_array(*entries, sink, fault);
  } catch (const Error& error) {
    return fault(line, error.what());
  }
  for (; cursor.at < cursor.text.size(); cursor.skip_spaces()) read_value(cursor, sink, fault);
}

}  // namespace nunmul
