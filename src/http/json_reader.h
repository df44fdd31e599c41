// SPDX-License-Identifier: GPL-2.0-or-later
// Reads a JSON object by its table of fields: the border where untrusted bodies become checked values.
#pragma once

#include <span>

#include "base/json.h"
#include "http/field.h"

namespace nunmul {

// Throws the Error of the first field that is wrong: its `invalid` code for another type, BadRequest
// for a field that no row names, its `missing` code where it has to be. `useNetwork` may be false anywhere.
// `not_object` answers a value that is no object at all.
Fields read_object(const Json& object, std::span<const Field> table, const Place& place = Place::body(),
                   ErrorCode not_object = ErrorCode::BadRequest);

// Some clients say on every route that they want no other servers asked, so no table names it.
inline constexpr Field kNetworkFlag{"useNetwork", FieldKind::Flag, ErrorCode::BadRequest, ""};
// Throws unless the value is false or null: Error(FeatureNotEnabled) for true.
void refuse_network(const Json& value, const Place& place);

}  // namespace nunmul
