// SPDX-License-Identifier: GPL-2.0-or-later
// The golden file of judged queries: each query's first hits, and the metrics. A change of ranking is
// a change of this file, which a person looks at. One query a line, so that diffs read well.
//   {"metrics":{"overall":{…},"en":{…}},
//    "queries":{
//     "en-mood-01":["younha-on-a-rainy-day",…],
//     …}}
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "eval/evaluation.h"

namespace nunmul {

// "judged/entries.jsonl" has "judged/entries.golden.json".
std::filesystem::path golden_file_of(const std::filesystem::path& queries);

std::string golden_text(const Evaluation& evaluation);

// A line for each query and metric that is not as the golden file has it; empty if all are.
std::vector<std::string> differences_from_golden(const Evaluation& evaluation, const Json& golden);

}  // namespace nunmul
