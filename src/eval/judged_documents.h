// SPDX-License-Identifier: GPL-2.0-or-later
// Whether an index holds the documents that the judged queries are about. Without them every metric is 0,
// which says nothing about the search.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "eval/judged.h"
#include "index/generation.h"

namespace nunmul {

struct JudgedDocuments {
  std::size_t all = 0;      // different ones, of a grade above 0
  std::size_t missing = 0;  // of them
  std::string example;      // the first of those, or ""
};

JudgedDocuments count_judged_documents(const Generation& generation, const std::vector<JudgedQuery>& queries);

// A warning such as "3 of the 40 judged documents are not in this index, `x` for one.", or "" where
// nothing is missing. Throws Error(InvalidInput) where all of them are, or there is none.
std::string missing_documents_warning(const JudgedDocuments& documents);

}  // namespace nunmul
