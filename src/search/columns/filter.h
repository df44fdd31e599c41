// SPDX-License-Identifier: GPL-2.0-or-later
// Which documents a search may show: an expression over attributes, checked against the settings once
// and evaluated over the columns of a segment.
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "base/request_budget.h"
#include "index/column.h"
#include "index/settings.h"
#include "search/columns/document_sets.h"
#include "search/columns/filter_expression.h"

namespace nunmul {

// From null, a string, or an array of strings and of arrays of strings. Throws Error(code) for a bad
// shape, bad syntax, and attributes and operators that the settings do not allow.
Filter parse_filter(const Json& filter, const Settings& settings, ErrorCode code);

// The documents of a segment that fit, erased ones included. A segment without a column of an
// attribute has no document with that field. Throws what RequestBudget::check() does.
Bitmap evaluate(const Filter& filter, const ColumnSet& columns, RequestBudget& budget);
Bitmap evaluate(const Filter& filter, const ColumnSet& columns);  // without bounds

// The live documents of a generation that fit.
DocumentSets fitting_documents(const Filter& filter, const Generation& generation, RequestBudget& budget);

}  // namespace nunmul
