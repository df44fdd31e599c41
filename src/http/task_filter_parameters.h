// SPDX-License-Identifier: GPL-2.0-or-later
// The query parameters that choose tasks and batches.
#pragma once

#include "engine/task_queue.h"
#include "http/field.h"
#include "http/route.h"

namespace nunmul {

inline constexpr Field kTaskFilterParameters[] = {
    {"limit", FieldKind::Count, ErrorCode::InvalidTaskLimit, "Shown at most; 20 if absent."},
    {"from", FieldKind::Count, ErrorCode::InvalidTaskFrom, "The first uid to show."},
    {"reverse", FieldKind::Flag, ErrorCode::InvalidTaskReverse, "Oldest first."},
    {"batchUids", FieldKind::Texts, ErrorCode::InvalidBatchUids, "Uids of batches, or `*`."},
    {"uids", FieldKind::Texts, ErrorCode::InvalidTaskUids, "Uids of tasks, or `*`."},
    {"canceledBy", FieldKind::Texts, ErrorCode::InvalidTaskCanceledBy,
     "Uids of the tasks that canceled them."},
    {"types", FieldKind::Texts, ErrorCode::InvalidTaskTypes, "Types, or `*`."},
    {"statuses", FieldKind::Texts, ErrorCode::InvalidTaskStatuses, "Statuses, or `*`."},
    {"indexUids", FieldKind::Texts, ErrorCode::InvalidIndexUid, "Indexes, or `*`."},
    {"afterEnqueuedAt", FieldKind::Text, ErrorCode::InvalidTaskAfterEnqueuedAt,
     "RFC 3339, or a day: from its end on."},
    {"beforeEnqueuedAt", FieldKind::Text, ErrorCode::InvalidTaskBeforeEnqueuedAt, "RFC 3339, or a day."},
    {"afterStartedAt", FieldKind::Text, ErrorCode::InvalidTaskAfterStartedAt,
     "RFC 3339, or a day: from its end on."},
    {"beforeStartedAt", FieldKind::Text, ErrorCode::InvalidTaskBeforeStartedAt, "RFC 3339, or a day."},
    {"afterFinishedAt", FieldKind::Text, ErrorCode::InvalidTaskAfterFinishedAt,
     "RFC 3339, or a day: from its end on."},
    {"beforeFinishedAt", FieldKind::Text, ErrorCode::InvalidTaskBeforeFinishedAt, "RFC 3339, or a day."},
};

// Without limit, from and reverse: of cancelations and deletions.
inline constexpr std::span<const Field> kTaskChoiceParameters =
    std::span<const Field>(kTaskFilterParameters).subspan(3);

// The filter, checked against the tables above. It shows only tasks that the key may see.
TaskFilter read_task_filter(const Fields& query, const Grant& grant);
PageRequest read_page_request(const Fields& query);

// Charges the request's budget with a long page before it is loaded; `total` says how many there are.
void charge_page(Call& call, const PageRequest& page,
                 const std::function<std::uint64_t(const PageRequest&)>& total);

}  // namespace nunmul
