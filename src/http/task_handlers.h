// SPDX-License-Identifier: GPL-2.0-or-later
// /tasks.
#pragma once

#include "http/route.h"

namespace nunmul {

HttpResponse list_tasks(Call& call);
HttpResponse get_task(Call& call);
HttpResponse get_task_documents(Call& call);
HttpResponse cancel_tasks(Call& call);
HttpResponse delete_tasks(Call& call);

}  // namespace nunmul
