// SPDX-License-Identifier: GPL-2.0-or-later
// The libraries that decide what is indexed and how, as they are at run time.
#pragma once

#include <string>

namespace nunmul {

// "Xapian 1.4.22, ICU 72.1".
std::string library_versions();

}  // namespace nunmul
