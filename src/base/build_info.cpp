// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/build_info.h"

namespace nunmul {

std::string_view program_version() { return NUNMUL_VERSION; }

std::string_view program_commit() { return NUNMUL_COMMIT; }

}  // namespace nunmul
