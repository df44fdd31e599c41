// SPDX-License-Identifier: GPL-2.0-or-later
// A document's JSON text taken apart into its top-level fields without reading their values, so that
// merging keeps every value exactly as it was sent. Texts are valid JSON objects; of any other text nothing
// sensible comes out, but nothing is read beyond its end.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

struct DocumentField {
  std::string name;
  std::string_view key;    // the name as JSON text, quotes included
  std::string_view value;  // JSON text
};

// In order. Views into the text.
std::vector<DocumentField> split_document(std::string_view json);

// The document without repeated names: of those only the last value stays. Nothing if there were none.
std::optional<std::string> without_repeated_fields(std::string_view json);

// The fields of `before` with those of `after` in place of or behind them.
std::string merge_documents(std::string_view before, std::string_view after);

// The one top-level field whose name ends in "id", in any case. Throws
// Error(IndexPrimaryKeyNoCandidateFound) or Error(IndexPrimaryKeyMultipleCandidatesFound).
std::string infer_primary_key(std::string_view json);

// The identifier. Throws Error(MissingDocumentId), Error(InvalidDocumentId).
std::string read_document_id(std::string_view json, std::string_view primary_key);

// Throws for what no document may be: Error(PayloadTooLarge), Error(MaxFieldsLimitExceeded),
// Error(InvalidDocumentGeoField).
void check_document(std::string_view json, std::string_view id);

// A document as it may be stored: no field twice, identified and checked, whether it came over HTTP, out of
// files or out of a dump. Throws what the functions above do.
struct CheckedDocument {
  std::string id;
  std::string json;
};
CheckedDocument read_document(std::string_view json, std::string_view primary_key);

}  // namespace nunmul
