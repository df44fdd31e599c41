// SPDX-License-Identifier: GPL-2.0-or-later
// What the owner's rules (index/curation.h) make of one request.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/request_budget.h"
#include "base/time.h"
#include "search/columns/document_sets.h"
#include "search/search_request.h"

namespace nunmul {

struct Curated {
  struct Pin {
    std::uint32_t place = 1;  // of the hits, from 1
    DocumentRef document;
  };
  struct Boost {
    std::shared_ptr<const DocumentSets> documents;
    double weight = 1;
  };

  std::vector<std::string> rules;   // the names of those that apply, in their order
  std::vector<Pin> pins;            // by place; each document once, where the first rule has it
  std::vector<DocumentRef> hidden;  // from hits, counts and facets
  std::vector<Boost> boosts;        // all that apply
  std::string redirect;             // of the first rule that has one; "" for none
};

// The rules of the generation's settings, or those that the request tries, that apply to the request now,
// whatever documents it may see. Looking them up takes as long for 10,000 rules about queries as for one.
// What a rule names and the index does not have is passed over: documents that are not there yet, filters
// that the settings no longer allow.
Curated curate(const Generation& generation, const SearchRequest& request, RequestBudget& budget);

// What setting the rules would have its owner know: "rule `concert`: document `tour-2026` is not in the index
// yet". Throws Error(InvalidSettingsNunmul) for filters that the settings do not allow.
std::vector<std::string> curation_warnings(const Settings& settings, const Generation* generation);

}  // namespace nunmul
