// SPDX-License-Identifier: GPL-2.0-or-later
// /indexes, /indexes/{uid} and /swap-indexes.
#pragma once

#include "http/route.h"

namespace nunmul {

inline constexpr Field kIndexListParameters[] = {
    {"offset", FieldKind::Count, ErrorCode::InvalidIndexOffset, "Indexes to leave out; 0 if absent."},
    {"limit", FieldKind::Count, ErrorCode::InvalidIndexLimit, "Indexes shown at most; 20 if absent."},
};

inline constexpr Field kNewIndexFields[] = {
    {"uid", FieldKind::Text, ErrorCode::InvalidIndexUid, "1 to 400 letters, digits, hyphens and underscores.",
     ErrorCode::MissingIndexUid},
    {"primaryKey", FieldKind::Text, ErrorCode::InvalidIndexPrimaryKey,
     "The field that identifies a document."},
};

inline constexpr Field kIndexPatchFields[] = {
    {"primaryKey", FieldKind::Text, ErrorCode::InvalidIndexPrimaryKey,
     "Refused once documents have another."},
    {"uid", FieldKind::Text, ErrorCode::InvalidIndexUid, "The new name."},
    {"createdAt", FieldKind::Immutable, ErrorCode::ImmutableIndexCreatedAt, ""},
    {"updatedAt", FieldKind::Immutable, ErrorCode::ImmutableIndexUpdatedAt, ""},
};

inline constexpr std::string_view kSwapSchema =
    R"({"type":"array","items":{"type":"object","required":["indexes"],
  "additionalProperties":false,"properties":{"indexes":{"type":"array","items":{"type":"string"},
  "minItems":2,"maxItems":2},
  "rename":{"type":["boolean","null"]}}}})";

HttpResponse list_indexes(Call& call);
HttpResponse get_index(Call& call);
HttpResponse create_index(Call& call);
HttpResponse update_index(Call& call);
HttpResponse delete_index(Call& call);
HttpResponse swap_indexes(Call& call);

}  // namespace nunmul
