// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/web_assets.h"

namespace nunmul {

std::optional<std::string_view> find_web_asset(std::string_view name) {
  for (const WebAsset& asset : web_assets())
    if (asset.name == name) return asset.bytes;
  return std::nullopt;
}

}  // namespace nunmul
