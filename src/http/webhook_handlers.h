// SPDX-License-Identifier: GPL-2.0-or-later
// /webhooks.
#pragma once

#include "http/route.h"

namespace nunmul {

inline constexpr Field kNewWebhookFields[] = {
    {"url", FieldKind::Text, ErrorCode::InvalidWebhookUrl, "Where finished tasks are posted.",
     ErrorCode::InvalidWebhookUrl},
    {"headers", FieldKind::Object, ErrorCode::InvalidWebhookHeaders, "Sent with each post."},
    {"uuid", FieldKind::Immutable, ErrorCode::ImmutableWebhookUuid, ""},
    {"isEditable", FieldKind::Immutable, ErrorCode::ImmutableWebhookIsEditable, ""},
};

inline constexpr Field kWebhookPatchFields[] = {
    {"url", FieldKind::Text, ErrorCode::InvalidWebhookUrl, "Where finished tasks are posted."},
    {"headers", FieldKind::Object, ErrorCode::InvalidWebhookHeaders, "Changed one by one; null removes one."},
    {"uuid", FieldKind::Immutable, ErrorCode::ImmutableWebhookUuid, ""},
    {"isEditable", FieldKind::Immutable, ErrorCode::ImmutableWebhookIsEditable, ""},
};

HttpResponse list_webhooks(Call& call);
HttpResponse get_webhook(Call& call);
HttpResponse create_webhook(Call& call);
HttpResponse update_webhook(Call& call);
HttpResponse delete_webhook(Call& call);

}  // namespace nunmul
