// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/json_feed.h"

#include "base/error.h"

namespace nunmul {
namespace {

struct NameRow {
  const char* theirs;
  const char* ours;
};
constexpr NameRow kFeedNames[] = {{"title", "title"},
                                  {"url", "url"},
                                  {"date_published", "date"},
                                  {"image", "image"},
                                  {"language", "language"}};

Post post_of(const Json& item) {
  Post post;
  post.line = 1;
  for (const NameRow& row : kFeedNames)
    if (item.contains(row.theirs) && item[row.theirs].is_string()) post.fields[row.ours] = item[row.theirs];
  if (post.fields.contains("title"))
    post.fields["title"] = text_as_html(post.fields["title"].get<std::string>());
  if (item.contains("tags") && item["tags"].is_array() && !item["tags"].empty())
    post.fields["themes"] = item["tags"];
  if (item.contains("id"))
    post.identity = item["id"].is_string() ? item["id"].get<std::string>() : dump_json(item["id"]);
  if (post.identity.empty()) post.identity = post.fields.value("url", "");
  if (item.contains("content_html") && item["content_html"].is_string())
    post.html = item["content_html"].get<std::string>();
  else if (item.contains("content_text") && item["content_text"].is_string())
    post.html = text_as_html(item["content_text"].get<std::string>());
  return post;
}

}  // namespace

bool is_json_feed(std::string_view text) {
  return text.substr(0, 4096).find("jsonfeed.org/version/") != std::string_view::npos;
}

void read_json_feed(std::string_view text, const PostSink& sink, const PostFault& fault) {
  try {
    const Json feed = parse_json(text);
    if (!feed.is_object() || !feed.contains("items") || !feed["items"].is_array())
      return fault(1, "the feed has no list \"items\"");
    for (const Json& item : feed["items"])
      if (item.is_object()) sink(post_of(item));
  } catch (const Error& error) {
    fault(1, error.what());
  }
}

}  // namespace nunmul
