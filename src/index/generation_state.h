// SPDX-License-Identifier: GPL-2.0-or-later
// How a Generation comes to be; for the loader only.
#pragma once

#include <memory>
#include <vector>

#include "index/generation.h"

namespace nunmul {

struct Manifest;
class LanguageResources;

std::shared_ptr<const Generation> make_generation(const Manifest& manifest, Settings settings,
                                                  std::vector<LiveSegment> segments,
                                                  std::shared_ptr<const LanguageResources> resources);

}  // namespace nunmul
