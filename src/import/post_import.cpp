// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/post_import.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/error.h"
#include "import/entry_fields.h"
#include "import/read/html_lines.h"
#include "import/read/json_feed.h"
#include "import/read/shortcodes.h"
#include "import/stable_id.h"

namespace nunmul {
namespace {

std::string post_id(const std::string& identity) { return "post-" + content_id(identity).substr(4); }

// A list has headings, or lines as short as headings. Reading an export for lists takes most of its time.
bool may_be_list(const std::vector<RawLine>& lines) {
  constexpr std::size_t kLongestHeading = 150;  // bytes
  const auto headings = std::count_if(lines.begin(), lines.end(), [](const RawLine& line) {
    return !line.text.empty() && (line.level > 0 || line.text.size() <= kLongestHeading);
  });
  return static_cast<std::size_t>(headings) >= kMinListItems;
}

}  // namespace

void PostImport::read_page(std::string_view html, const std::string& source) {
  HtmlPage page = read_html_page(words_, html);
  if (log_.is_left_out(page.fields, 0) || articles_.take_page_as_list(page.lines, page.marked, source))
    return;
  const std::string title = page.fields.value("title", "");
  std::string description = text_of_lines(page.lines, title);
  if (title.empty() || description.empty()) return articles_.read_list(page.lines, source);
  page.fields["description"] = std::move(description);
  const std::string identity = page.fields.value("url", title);
  add(std::move(page.fields), identity, ToldApartBy::Text, source, 1);
}

void PostImport::read_feed(std::string_view text, const std::string& source) {
  if (find_post_file(text) != PostFile::Whole) log_.report.windows.insert(source);
  // What is wrong with one post keeps no other back.
  const auto fault = [&](std::uint32_t line, const std::string& message) { log_.problem(line, message); };
  const auto sink = [&](Post&& post) {
    const std::uint32_t line = post.line;
    try {
      take_post(std::move(post), source);
    } catch (const Error& error) {
      fault(line, error.what());
    }
  };
  const bool is_json = text.substr(text.find_first_not_of(" \t\r\n")).starts_with('{');
  is_json ? read_json_feed(text, sink, fault) : read_posts(text, sink, fault);
}

// A post may be a list article, as a file of Markdown may.
void PostImport::take_post(Post&& post, const std::string& source) {
  if (log_.is_left_out(post.fields, post.line))
    return void(log_.report.withdrawn.insert(post_id(post.identity)));
  const std::string title = text_of_lines(read_html_lines(words_, post.fields.value("title", "")), "");
  post.fields["title"] = title;
  std::vector<RawLine> lines = read_html_lines(words_, without_shortcodes(post.html));
  std::string description = text_of_lines(lines, title);
  if (may_be_list(lines)) {
    for (RawLine& line : lines) line.number = post.line;
    lines.insert(lines.begin(), {title, post.line, 1});
    if (articles_.take_as_list(lines, source)) return;
  }
  if (!description.empty()) post.fields["description"] = std::move(description);
  const bool is_named = !post.identity.empty();
  add(std::move(post.fields), is_named ? post.identity : title,
      is_named ? ToldApartBy::Id : ToldApartBy::Text, source, post.line);
}

void PostImport::add(Json fields, const std::string& identity, ToldApartBy told_by, const std::string& source,
                     std::uint32_t line) {
  log_.add_found(1);
  if (fields.value("title", "").empty()) log_.note_untitled(line, fields);
  Entry entry = entry_of(std::move(fields), source, line);
  entry.id = post_id(identity);
  output_.add_post(std::move(entry), told_by == ToldApartBy::Text);
}

}  // namespace nunmul
