// SPDX-License-Identifier: GPL-2.0-or-later
// The uid of an index as clients send it.
#pragma once

#include <string>

#include "http/field.h"

namespace nunmul {

// Throws the code, naming the place if there is one, unless the text is the uid of an index.
void check_index_uid(const std::string& uid, ErrorCode code = ErrorCode::InvalidIndexUid);
void check_index_uid(const std::string& uid, const Place& place, ErrorCode code = ErrorCode::InvalidIndexUid);

}  // namespace nunmul
