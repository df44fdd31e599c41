// SPDX-License-Identifier: GPL-2.0-or-later
// Whether visitors may see an entry yet: what its source says of drafts and of the day of publication.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/time.h"

namespace nunmul {

struct Unpublished {
  std::string reason;       // "it is a draft", "it is to be published on 2027-01-01"
  std::optional<Time> due;  // when it will be published, where that is known
};

// Whether a field of that name, in whatever case, may say it: "draft", "Status", "publishDate" …
bool is_publication_field(std::string_view name);

// What fields say: `draft: true` or 1, `published: false` or 0, `status: draft`, `private`, `pending` or
// `scheduled`, a day of publication that is still to come. "date" is one only where nothing says that the
// entry is a work, whose date is its release ("artist", "kind"). Nothing for what may be seen.
std::optional<Unpublished> find_unpublished(const Json& fields, Time now);

// The name of a field with a day of publication that cannot be read; such an entry counts as published.
std::optional<std::string> find_unread_date(const Json& fields);

// Whether the file lies in a folder of drafts (_drafts).
bool is_among_drafts(const std::filesystem::path& file);

// Reads what generators, exports and feeds write: RFC 3339, "2024-05-01", "2024-05-01 10:30", RFC 822. A time
// without an offset is UTC.
std::optional<Time> read_date(std::string_view text);

}  // namespace nunmul
