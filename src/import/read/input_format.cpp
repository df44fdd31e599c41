// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/input_format.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "import/read/feed_reader.h"
#include "import/read/json_feed.h"
#include "import/words/field_names.h"

namespace nunmul {
namespace {

struct FormatRow {
  std::string_view name;  // a format's name or a file's extension
  InputFormat format;
};
constexpr FormatRow kFormatNames[] = {{"article", InputFormat::Article},   {"html", InputFormat::Html},
                                      {"markdown", InputFormat::Markdown}, {"csv", InputFormat::Csv},
                                      {"json", InputFormat::JsonFile},     {"ndjson", InputFormat::Ndjson},
                                      {"feed", InputFormat::Posts}};
constexpr FormatRow kExtensions[] = {{".html", InputFormat::Html},         {".htm", InputFormat::Html},
                                     {".xhtml", InputFormat::Html},        {".md", InputFormat::Markdown},
                                     {".markdown", InputFormat::Markdown}, {".csv", InputFormat::Csv},
                                     {".tsv", InputFormat::Tsv},           {".json", InputFormat::JsonFile},
                                     {".ndjson", InputFormat::Ndjson},     {".jsonl", InputFormat::Ndjson}};
constexpr std::string_view kNoText[] = {
    ".png", ".jpg",  ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".pdf",    ".doc",  ".docx",  ".odt",
    ".xls", ".xlsx", ".ods",  ".ppt", ".pptx", ".epub", ".zip", ".gz",  ".xz",     ".bz2",  ".zst",   ".7z",
    ".tar", ".mp3",  ".m4a",  ".ogg", ".flac", ".wav",  ".mp4", ".mov", ".webm",   ".woff", ".woff2", ".ttf",
    ".otf", ".css",  ".js",   ".map", ".exe",  ".so",   ".o",   ".db",  ".sqlite", ".yml",  ".yaml"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::string_view without_space(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

bool looks_like_html(std::string_view start) {
  const std::string text = lower(start.substr(0, 4096));
  if (text.starts_with("<!doctype html") || text.starts_with("<html")) return true;
  if (!text.starts_with("<")) return false;
  return text.find("<body") != std::string::npos || text.find("<p>") != std::string::npos ||
         text.find("</h2>") != std::string::npos || text.find("</h3>") != std::string::npos ||
         text.find("<div") != std::string::npos;
}

// "[MV] …" begins many a line of an article; an array holds an object or nothing.
bool looks_like_json_array(std::string_view start) {
  if (!start.starts_with('[')) return false;
  const std::string_view inside = without_space(start.substr(1));
  return inside.starts_with('{') || inside.starts_with(']');
}

// One object on the first line and another on a later one.
bool looks_like_ndjson(std::string_view start) {
  const std::size_t end = start.find('\n');
  if (!start.starts_with('{') || end == std::string_view::npos) return false;
  std::string_view first = start.substr(0, end);
  while (!first.empty() && (first.back() == '\r' || first.back() == ' ')) first.remove_suffix(1);
  return first.ends_with('}') && without_space(start.substr(end)).starts_with('{');
}

bool is_column(const WordLists& words, std::string_view name) {
  return name == "id" || name == "name" || !find_field_name(words, name).field.empty();
}

bool looks_like_csv(const WordLists& words, std::string_view start, char delimiter) {
  std::string line = lower(start.substr(0, std::min(start.find_first_of("\r\n"), start.size())));
  std::size_t cells = 0;
  std::size_t known = 0;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(delimiter, at), line.size());
    std::string cell = line.substr(at, end - at);
    if (cell.size() > 2 && cell.front() == '"') cell = cell.substr(1, cell.size() - 2);
    ++cells;
    known += is_column(words, cell.substr(0, cell.find(':'))) ? 1 : 0;
    at = end + 1;
  }
  return cells >= 2 && known >= 2;
}

bool looks_like_markdown(std::string_view start) {
  if (start.starts_with("---\n") || start.starts_with("---\r\n") || start.starts_with("+++\n")) return true;
  std::size_t headings = start.starts_with("# ") ? 1 : 0;
  for (const std::string_view mark : {"\n## ", "\n### ", "\n# "}) {
    for (std::size_t at = start.find(mark); at != std::string_view::npos; at = start.find(mark, at + 1))
      ++headings;
  }
  return headings >= 2;
}

}  // namespace

std::vector<std::string> input_format_names() {
  std::vector<std::string> names{"auto"};
  for (const FormatRow& row : kFormatNames) names.emplace_back(row.name);
  return names;
}

std::optional<InputFormat> read_input_format(std::string_view name) {
  for (const FormatRow& row : kFormatNames) {
    if (row.name == name) return row.format;
  }
  return std::nullopt;
}

InputFormat detect_format(const WordLists& words, const std::filesystem::path& path,
                          std::string_view content) {
  const std::string extension = lower(path.extension().string());
  const std::string_view start = without_space(content.substr(0, 1 << 16));
  for (const FormatRow& row : kExtensions) {
    if (row.name != extension) continue;
    if (row.format == InputFormat::JsonFile && looks_like_ndjson(start)) return InputFormat::Ndjson;
    if (row.format == InputFormat::JsonFile && is_json_feed(start)) return InputFormat::Posts;
    return row.format;
  }
  if (find_post_file(start) != PostFile::None) return InputFormat::Posts;
  if (looks_like_html(start)) return InputFormat::Html;
  if (looks_like_json_array(start)) return InputFormat::JsonFile;
  if (looks_like_ndjson(start)) return InputFormat::Ndjson;
  if (start.starts_with('{') && is_json_feed(start)) return InputFormat::Posts;
  if (start.starts_with('{') && without_space(start.substr(1)).starts_with('"')) return InputFormat::JsonFile;
  if (looks_like_csv(words, start, ',') || looks_like_csv(words, start, ';')) return InputFormat::Csv;
  if (looks_like_csv(words, start, '\t')) return InputFormat::Tsv;
  if (looks_like_markdown(start)) return InputFormat::Markdown;
  return InputFormat::Article;
}

bool is_no_text_file(const std::filesystem::path& path) {
  const std::string extension = lower(path.extension().string());
  return std::find(std::begin(kNoText), std::end(kNoText), extension) != std::end(kNoText);
}

std::string language_in_name(const std::filesystem::path& path) {
  const std::string part = path.stem().extension().string();
  const bool code = part.size() == 3 &&
                    std::all_of(part.begin() + 1, part.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return code ? part.substr(1) : "";
}

}  // namespace nunmul
