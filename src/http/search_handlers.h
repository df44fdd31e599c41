// SPDX-License-Identifier: GPL-2.0-or-later
// Searches in one index: by body, by query, and the short form for the index of the pages; and searches for
// the values of a facet.
#pragma once

#include "http/route.h"

namespace nunmul {

HttpResponse search_post(Call& call);
HttpResponse search_get(Call& call);
HttpResponse search_short(Call& call);
HttpResponse search_facet(Call& call);
// Other queries for who found nothing with this one (search/suggestions.h).
HttpResponse suggest(Call& call);
// The labels of fields' values in a language.
HttpResponse get_labels(Call& call);

}  // namespace nunmul
