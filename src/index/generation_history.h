// SPDX-License-Identifier: GPL-2.0-or-later
// The generations of an index that are kept, for those who only look: needs no lock, so another process
// may publish meanwhile.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "index/index.h"

namespace nunmul {

// Newest first.
std::vector<GenerationInfo> generation_history(const Index& index);

// Whether one of them that is not published is damaged. Reads every byte.
bool has_damaged_history(const Index& index);

// Opens one of them, for comparing. Throws Error(IoError) if it is not there or damaged.
std::shared_ptr<const Generation> open_generation(const Index& index, const std::string& name);

}  // namespace nunmul
