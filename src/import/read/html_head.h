// SPDX-License-Identifier: GPL-2.0-or-later
// What an HTML page says about itself in its head.
#pragma once

#include <gumbo.h>

#include "base/json.h"

namespace nunmul {

// The fields that it has of "title" (of its first heading, else og:title, else <title>), "url" (canonical),
// "image" (og:image), "language", "date" (article:published_time).
Json read_html_head(const GumboNode& root);

}  // namespace nunmul
