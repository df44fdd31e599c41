// SPDX-License-Identifier: GPL-2.0-or-later
// /batches.
#pragma once

#include "http/route.h"

namespace nunmul {

HttpResponse list_batches(Call& call);
HttpResponse get_batch(Call& call);

}  // namespace nunmul
