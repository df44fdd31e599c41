// SPDX-License-Identifier: GPL-2.0-or-later
// JSON Feed (jsonfeed.org, versions 1 and 1.1): what RSS says, in JSON.
#pragma once

#include <string_view>

#include "import/read/feed_reader.h"

namespace nunmul {

// By the address of its version, near the begin.
bool is_json_feed(std::string_view text);

void read_json_feed(std::string_view text, const PostSink& sink, const PostFault& fault);

}  // namespace nunmul
