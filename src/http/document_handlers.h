// SPDX-License-Identifier: GPL-2.0-or-later
// /indexes/{uid}/documents and what lies under it.
#pragma once

#include "http/route.h"

namespace nunmul {

inline constexpr Field kCustomMetadata{"customMetadata", FieldKind::Text,
                                       ErrorCode::InvalidIndexCustomMetadata, "Copied to the task."};

inline constexpr Field kAdditionParameters[] = {
    {"primaryKey", FieldKind::Text, ErrorCode::InvalidIndexPrimaryKey,
     "The field that identifies a document, if the index has none yet."},
    {"csvDelimiter", FieldKind::Text, ErrorCode::InvalidDocumentCsvDelimiter,
     "One ASCII character; for CSV only."},
    {"skipCreation", FieldKind::Flag, ErrorCode::InvalidSkipCreation,
     "Leaves out documents that the index does not have."},
    kCustomMetadata,
};

inline constexpr Field kDeletionParameters[] = {kCustomMetadata};

inline constexpr Field kDeletionByFilterFields[] = {
    {"filter", FieldKind::Filter, ErrorCode::InvalidDocumentFilter, "Not empty.",
     ErrorCode::MissingDocumentFilter},
};

inline constexpr Field kFetchFields[] = {
    {"offset", FieldKind::Count, ErrorCode::InvalidDocumentOffset, "Documents to leave out; 0 if absent."},
    {"limit", FieldKind::Count, ErrorCode::InvalidDocumentLimit, "Documents shown at most; 20 if absent."},
    {"fields", FieldKind::Texts, ErrorCode::InvalidDocumentFields,
     "Fields shown, nested names allowed; all if absent."},
    {"retrieveVectors", FieldKind::Flag, ErrorCode::InvalidDocumentRetrieveVectors,
     "Adds an empty `_vectors`."},
    {"ids", FieldKind::Ids, ErrorCode::InvalidDocumentIds, "Only these documents."},
    {"filter", FieldKind::Filter, ErrorCode::InvalidDocumentFilter, "As in a search."},
    {"sort", FieldKind::Texts, ErrorCode::InvalidDocumentSort, "As in a search; by insertion if absent."},
};

inline constexpr Field kDocumentParameters[] = {
    {"fields", FieldKind::Texts, ErrorCode::InvalidDocumentFields,
     "Fields shown, nested names allowed; all if absent."},
    {"retrieveVectors", FieldKind::Flag, ErrorCode::InvalidDocumentRetrieveVectors,
     "Adds an empty `_vectors`."},
};

inline constexpr std::string_view kDocumentsSchema =
    R"({"anyOf":[{"type":"object"},{"type":"array","items":{"type":"object"}}]})";
inline constexpr std::string_view kIdsSchema = R"({"type":"array","items":{"type":["string","integer"]}})";

HttpResponse replace_documents(Call& call);
HttpResponse merge_documents(Call& call);
HttpResponse delete_document(Call& call);
HttpResponse delete_all_documents(Call& call);
HttpResponse delete_document_batch(Call& call);
HttpResponse delete_documents_by_filter(Call& call);
HttpResponse get_document(Call& call);
HttpResponse list_documents(Call& call);
HttpResponse fetch_documents(Call& call);

}  // namespace nunmul
