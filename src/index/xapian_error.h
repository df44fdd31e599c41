// SPDX-License-Identifier: GPL-2.0-or-later
// Turns Xapian's errors into ours. A full disk has an error of its own, since an operator can do something
// about it.
#pragma once

#include <cerrno>
#include <cstring>
#include <string>

#include <xapian.h>

#include "base/error.h"

namespace nunmul {

// `what` says what could not be done: "build the index".
inline Error xapian_failure(const std::string& what, const Xapian::Error& error) {
  const std::string description = error.get_description();
  const bool full = description.find(std::strerror(ENOSPC)) != std::string::npos ||
                    description.find(std::strerror(EDQUOT)) != std::string::npos;
  return Error(full ? ErrorCode::NoSpaceLeftOnDevice : ErrorCode::IoError,
               "Cannot " + what + ": " + description + ".");
}

}  // namespace nunmul
