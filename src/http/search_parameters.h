// SPDX-License-Identifier: GPL-2.0-or-later
// The parameters of a search: one table for bodies, queries, the parts of a multi-search and the
// description, and what becomes of the checked values.
#pragma once

#include <span>

#include "http/field.h"
#include "search/search_request.h"

namespace nunmul {

// The fields of POST and GET /indexes/{uid}/search. Whether a value fits the settings (a filter on
// an attribute that is not filterable) is judged by the search itself.
std::span<const Field> search_fields();

// The same and `index`: of the short form GET /search.
std::span<const Field> short_search_fields();

// The same with `indexUid` and `federationOptions`: of one query in a multi-search.
std::span<const Field> multi_search_query_fields();

// The fields of POST /indexes/{uid}/facet-search: some of these; the rest is accepted unread, since
// adapters send their whole state.
std::span<const Field> facet_search_fields();

// Reads what was checked against one of the tables above.
SearchRequest read_search_request(const Fields& fields);
FacetSearchRequest read_facet_search_request(const Fields& fields);

}  // namespace nunmul
