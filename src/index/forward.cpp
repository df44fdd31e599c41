// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/forward.h"

#include "base/error.h"

namespace nunmul {

ForwardTable::ForwardTable(const std::filesystem::path& path)
    : file_(path), offsets_(file_.array<std::uint64_t>(0)), words_(file_.array<std::uint32_t>(1)) {
  if (offsets_.empty() || offsets_.back() > words_.size())
    throw Error(ErrorCode::IoError, "The file " + path.string() + " is damaged.");
}

}  // namespace nunmul
