// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as the lines of a dump: each becomes a checked entry or is refused, and a document that is taken
// can be stored as one that came over HTTP.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "engine/document_fields.h"
#include "engine/dump_entry.h"
#include "engine/json_documents.h"
#include "engine/webhook_rules.h"

namespace {

using namespace nunmul;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const DumpedDocument& document) {
  require(json_problem(document.json).empty());
  std::string again;
  append_compact(again, document.json);
  require(again == document.json);
  try {
    require(json_problem(read_document(document.json, "id").json).empty());
  } catch (const Error&) {
    // Without an identifier, or with one that is none.
  }
}

void check(const Webhook& webhook) { check_webhook_url(webhook.url); }

void check(const DumpedIndex& index) {
  require(deserialize_settings(serialize_settings(index.settings)) == index.settings);
}

template <typename Entry>
void check(const Entry&) {}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    try {
      std::visit([](const auto& entry) { check(entry); }, read_dump_entry(text.substr(0, end)));
    } catch (const Error&) {
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return 0;
}
