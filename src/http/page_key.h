// SPDX-License-Identifier: GPL-2.0-or-later
// The key with which the pages search if the server has a master key. Whoever opens a page can read this
// key, so it may only search.
#pragma once

#include <string>
#include <string_view>

#include "engine/key_store.h"

namespace nunmul {

// The secret of the key that is named by its secret, uid or name; "" without a master key, where nobody
// needs one. Throws Error(InvalidInput) if there is no such key, if
// several have that name, or if it may do more than search.
std::string page_key_secret(const KeyStore& keys, std::string_view named);

}  // namespace nunmul
