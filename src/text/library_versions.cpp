// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/library_versions.h"

#include <unicode/uversion.h>
#include <xapian.h>

#include <array>

namespace nunmul {

std::string library_versions() {
  UVersionInfo version;
  u_getVersion(version);
  std::array<char, U_MAX_VERSION_STRING_LENGTH> icu{};
  u_versionToString(version, icu.data());
  return std::string("Xapian ") + Xapian::version_string() + ", ICU " + icu.data();
}

}  // namespace nunmul
