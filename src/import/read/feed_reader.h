// SPDX-License-Identifier: GPL-2.0-or-later
// What sites say of their posts in XML: RSS (0.9 to 2.0), Atom, and the export of WordPress, which is RSS
// with further elements. One post at a time, so that large exports pass through. No entity but XML's own is
// expanded, and nothing is fetched.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace nunmul {

struct Post {
  std::uint32_t line = 0;        // where it begins, from 1
  Json fields = Json::object();  // title (may hold HTML), url, date, author, themes, image, audio, status …
  std::string identity;          // what its maker tells it from others by: a guid, an id, else its address
  std::string html;              // its text; plain text is HTML, too
};

// How a file of posts is to be understood.
enum class PostFile {
  None,    // it is none
  Window,  // the newest posts of a site: one that is not in it any more is still there
  Whole    // an export: all that there are
};

// By the first element.
PostFile find_post_file(std::string_view xml);

using PostSink = std::function<void(Post&&)>;
using PostFault = std::function<void(std::uint32_t line, const std::string& message)>;

// HTML that shows the text as it is.
std::string text_as_html(std::string_view text);

// What is no post is passed over: attachments, menus and revisions of WordPress, comments.
void read_posts(std::string_view xml, const PostSink& sink, const PostFault& fault);

}  // namespace nunmul
