// SPDX-License-Identifier: GPL-2.0-or-later
// The error of one query of a multi-search, with its place.
#pragma once

#include <string>

#include "base/error.h"
#include "http/refusal.h"

namespace nunmul {

// Runs `work`; its Error is thrown again with "Inside `.queries[1]`: " before the message, and with
// status 400 where the request is to blame: an index that is missing in a part is no missing page.
template <typename Work>
auto inside_query(std::size_t number, Work&& work) {
  try {
    return work();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::Internal) throw;  // no fault of the query
    const ErrorRow& row = error_row(error.code());
    const int status = row.type == ErrorType::InvalidRequest ? 400 : row.status;
    throw Refusal(status, error.code(), "Inside `.queries[" + std::to_string(number) + "]`: " + error.what());
  }
}

}  // namespace nunmul
