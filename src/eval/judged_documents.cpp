// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/judged_documents.h"

#include <set>

#include "base/error.h"

namespace nunmul {

JudgedDocuments count_judged_documents(const Generation& generation,
                                       const std::vector<JudgedQuery>& queries) {
  std::set<std::string_view> ids;
  for (const JudgedQuery& query : queries)
    for (const auto& [id, grade] : query.judgments)
      if (grade > 0) ids.insert(id);
  JudgedDocuments documents;
  documents.all = ids.size();
  for (const std::string_view id : ids) {
    if (generation.find(id)) continue;
    if (documents.missing++ == 0) documents.example = id;
  }
  return documents;
}

std::string missing_documents_warning(const JudgedDocuments& documents) {
  if (documents.all == 0)
    throw Error(ErrorCode::InvalidInput, "The judged queries name no document of a grade above 0.");
  if (documents.missing == 0) return "";
  const std::string all = std::to_string(documents.all);
  if (documents.missing == documents.all)
    throw Error(ErrorCode::InvalidInput, "None of the " + all +
                                             " judged documents is in this index; the first is `" +
                                             documents.example + "`.");
  return std::to_string(documents.missing) + " of the " + all + " judged documents are not in this index; `" +
         documents.example + "` is one of them.";
}

}  // namespace nunmul
