// SPDX-License-Identifier: GPL-2.0-or-later
// /keys.
#pragma once

#include "http/route.h"

namespace nunmul {

inline constexpr Field kKeyListParameters[] = {
    {"offset", FieldKind::Count, ErrorCode::InvalidApiKeyOffset, "Keys to leave out; 0 if absent."},
    {"limit", FieldKind::Count, ErrorCode::InvalidApiKeyLimit, "Keys shown at most; 20 if absent."},
};

inline constexpr Field kNewKeyFields[] = {
    {"name", FieldKind::Text, ErrorCode::InvalidApiKeyName, "For people."},
    {"description", FieldKind::Text, ErrorCode::InvalidApiKeyDescription, "For people."},
    {"uid", FieldKind::Text, ErrorCode::InvalidApiKeyUid, "A UUID; made if absent."},
    {"actions", FieldKind::Texts, ErrorCode::InvalidApiKeyActions, "What the key may do.",
     ErrorCode::MissingApiKeyActions},
    {"indexes", FieldKind::Texts, ErrorCode::InvalidApiKeyIndexes,
     "On which indexes: uids and prefixes ending in `*`.", ErrorCode::MissingApiKeyIndexes},
    {"expiresAt", FieldKind::Text, ErrorCode::InvalidApiKeyExpiresAt, "Until when; null for ever.",
     ErrorCode::MissingApiKeyExpiresAt, Null::Value},
};

inline constexpr Field kKeyPatchFields[] = {
    {"name", FieldKind::Text, ErrorCode::InvalidApiKeyName, "Null clears it."},
    {"description", FieldKind::Text, ErrorCode::InvalidApiKeyDescription, "Null clears it."},
    {"uid", FieldKind::Immutable, ErrorCode::ImmutableApiKeyUid, ""},
    {"key", FieldKind::Immutable, ErrorCode::ImmutableApiKeyKey, ""},
    {"actions", FieldKind::Immutable, ErrorCode::ImmutableApiKeyActions, ""},
    {"indexes", FieldKind::Immutable, ErrorCode::ImmutableApiKeyIndexes, ""},
    {"expiresAt", FieldKind::Immutable, ErrorCode::ImmutableApiKeyExpiresAt, ""},
    {"createdAt", FieldKind::Immutable, ErrorCode::ImmutableApiKeyCreatedAt, ""},
    {"updatedAt", FieldKind::Immutable, ErrorCode::ImmutableApiKeyUpdatedAt, ""},
};

HttpResponse list_keys(Call& call);
HttpResponse get_key(Call& call);
HttpResponse create_key(Call& call);
HttpResponse update_key(Call& call);
HttpResponse delete_key(Call& call);

}  // namespace nunmul
