// SPDX-License-Identifier: GPL-2.0-or-later
// An entry as the store keeps it: the text that the HTTP API would have made of the same document. A
// document that comes both ways is therefore recognised as unchanged.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/document_fields.h"
#include "import/entry.h"

namespace nunmul {

using EntryDocument = CheckedDocument;

// Throws what read_document does.
EntryDocument document_of(const Entry& entry, std::string_view primary_key);

// A field of a document, where it is a string.
std::optional<std::string> text_field(std::string_view json, std::string_view name);

// The field `title` of a document, or else its identifier: what people know it by.
std::string title_of(std::string_view json, std::string_view id);

}  // namespace nunmul
