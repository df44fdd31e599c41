// SPDX-License-Identifier: GPL-2.0-or-later
// The options of an engine for one test.
#pragma once

#include <filesystem>
#include <memory>

#include "engine/engine.h"
#include "text/language_resources.h"

namespace nunmul {

inline EngineOptions options_for(const std::filesystem::path& folder) {
  EngineOptions options;
  options.data_dir = folder;
  options.resources = std::make_shared<LanguageResources>();
  return options;
}

}  // namespace nunmul
