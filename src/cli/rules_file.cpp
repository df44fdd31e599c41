// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/rules_file.h"

#include "base/error.h"
#include "base/files.h"
#include "base/placed_json.h"
#include "index/settings.h"
#include "search/curate/curated.h"

namespace nunmul {

void apply_rules_file(Settings& settings, const std::string& file) {
  try {
    const Json rules = parse_json(read_file(file));
    const PlacedJson place(rules, ErrorCode::InvalidSettingsNunmul);
    place.for_each_field({"rules"});
    place.required("rules");
    apply_own_settings(settings, rules);
    curation_warnings(settings, nullptr);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::IoError) throw;
    throw Error(ErrorCode::InvalidInput, file + ": " + error.what());
  }
}

}  // namespace nunmul
