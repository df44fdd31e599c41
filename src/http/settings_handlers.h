// SPDX-License-Identifier: GPL-2.0-or-later
// /indexes/{uid}/settings with a route for each setting, and our own settings beside it.
#pragma once

#include "http/route.h"

namespace nunmul {

HttpResponse get_settings(Call& call);
HttpResponse update_settings(Call& call);
HttpResponse reset_settings(Call& call);

// These three handle the setting that Route::setting names.
HttpResponse get_setting(Call& call);
HttpResponse update_setting(Call& call);
HttpResponse reset_setting(Call& call);

HttpResponse get_own_settings(Call& call);
HttpResponse update_own_settings(Call& call);
HttpResponse reset_own_settings(Call& call);

// Our setting `rules` by itself: {"rules":[…]}. The answer to a change warns of documents that are not there
// yet.
HttpResponse get_rules(Call& call);
HttpResponse update_rules(Call& call);
HttpResponse reset_rules(Call& call);

}  // namespace nunmul
