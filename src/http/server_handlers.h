// SPDX-License-Identifier: GPL-2.0-or-later
// Routes of the server as a whole: health, version, metrics, statistics, flags, dumps, snapshots and the
// description of the API.
#pragma once

#include "http/route.h"

namespace nunmul {

inline constexpr Field kHealthParameters[] = {
    {"ready", FieldKind::Flag, ErrorCode::BadRequest,
     "`true`: answers 503 while an index is being built anew."},
};

inline constexpr Field kStatsParameters[] = {
    {"showInternalDatabaseSizes", FieldKind::Flag, ErrorCode::BadRequest,
     "Adds the sizes of an index's parts."},
    {"sizeFormat", FieldKind::Text, ErrorCode::BadRequest,
     "`raw` for bytes, `human` for text such as `1.5 MiB`."},
};

inline constexpr std::string_view kFeaturesSchema =
    R"({"type":"object","additionalProperties":{"type":["boolean","null"]}})";

HttpResponse get_health(Call& call);
HttpResponse get_version(Call& call);
HttpResponse get_metrics(Call& call);
HttpResponse get_stats(Call& call);
HttpResponse get_index_stats(Call& call);
HttpResponse get_features(Call& call);
HttpResponse update_features(Call& call);
HttpResponse create_dump(Call& call);
HttpResponse create_snapshot(Call& call);
HttpResponse get_description(Call& call);

// Throws Error(RouteNotOffered).
HttpResponse not_offered(Call& call);
HttpResponse only_post(Call& call);

}  // namespace nunmul
