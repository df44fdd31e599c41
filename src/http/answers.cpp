// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/answers.h"

#include "engine/engine.h"
#include "http/route.h"

namespace nunmul {

HttpResponse json_text(std::string text, int status) {
  return {status, "application/json", std::move(text), {}};
}

HttpResponse json_answer(const Json& value, int status) { return json_text(dump_json(value), status); }

HttpResponse no_content() { return {204, "", "", {}}; }

HttpResponse enqueued(Call& call, NewTask task, int status) {
  task.custom_metadata = call.query.text("customMetadata");
  return json_answer(enqueued_json(call.engine.tasks().enqueue(std::move(task))), status);
}

}  // namespace nunmul
