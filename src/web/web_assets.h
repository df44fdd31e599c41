// SPDX-License-Identifier: GPL-2.0-or-later
// The files of src/web/assets, embedded into the binary when it is built, so that one file is all
// that has to be installed; scripts without their comments.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace nunmul {

struct WebAsset {
  std::string_view name;   // file name without folders: "nunmul-search.js"
  std::string_view bytes;  // lives as long as the program
};

// All assets, in no order that means anything.
std::span<const WebAsset> web_assets();

// The bytes of the asset of that name.
std::optional<std::string_view> find_web_asset(std::string_view name);

}  // namespace nunmul
