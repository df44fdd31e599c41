// SPDX-License-Identifier: GPL-2.0-or-later
// The flags of /experimental-features: kept and answered, without effect.
#pragma once

#include "base/json.h"

namespace nunmul {

// Every flag; false where none is stored.
Json all_features(const Json& stored);

// `all` with what the object `patch` says; null says nothing. Throws Error(BadRequest) for an unknown flag or
// a value that is no boolean.
Json change_features(Json all, const Json& patch);

}  // namespace nunmul
