// SPDX-License-Identifier: GPL-2.0-or-later
// One line of a dump (dump.h) as a checked value: the border that every byte of a dump has to pass. What
// holds for keys, webhooks, flags, settings, uids and documents that come over HTTP holds here, too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/json.h"
#include "base/time.h"
#include "engine/key_store.h"
#include "engine/webhooks.h"
#include "index/document_store.h"
#include "index/settings.h"

namespace nunmul {

struct DumpHead {};

struct DumpedFeatures {
  Json flags;  // all of them
};

struct DumpedIndex {
  std::string uid;
  std::optional<std::string> primary_key;
  Time created_at;
  Time updated_at;
  Settings settings;
};

struct DumpedDocument {
  std::string json;  // an object without blanks between its tokens; its identifier is not looked at
  DocumentOrigin origin = DocumentOrigin::Client;
};

// A document of files that a client deleted.
struct DumpedDeletion {
  std::string id;
};

struct DumpEnd {
  std::uint64_t documents = 0;
};

using DumpEntry = std::variant<DumpHead, ApiKey, DumpedFeatures, Webhook, DumpedIndex, DumpedDocument,
                               DumpedDeletion, DumpEnd>;

// Throws an Error that says what is wrong.
DumpEntry read_dump_entry(std::string_view line);

// Throws Error(InvalidInput).
[[noreturn]] void refuse_dump(const std::string& problem);

}  // namespace nunmul
