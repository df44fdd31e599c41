// SPDX-License-Identifier: GPL-2.0-or-later
// The answers that handlers give.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "base/json.h"
#include "http/http_message.h"

namespace nunmul {

struct NewTask;
struct Call;

// `text` is JSON.
HttpResponse json_text(std::string text, int status = 200);
HttpResponse json_answer(const Json& value, int status = 200);
HttpResponse no_content();

// Puts the task into the queue, with the customMetadata of the query if it has one, and answers with it.
HttpResponse enqueued(Call& call, NewTask task, int status = 202);

// {"results","offset","limit","total"} with the part of `items` that the window shows, each made by
// `show`.
template <typename Item, typename Show>
HttpResponse page_answer(const std::vector<Item>& items, std::size_t offset, std::size_t limit, Show&& show) {
  Json results = Json::array();
  const std::size_t begin = std::min(offset, items.size());
  const std::size_t end = begin + std::min(limit, items.size() - begin);
  for (std::size_t i = begin; i < end; ++i) results.push_back(show(items[i]));
  return json_answer(
      {{"results", std::move(results)}, {"offset", offset}, {"limit", limit}, {"total", items.size()}});
}

}  // namespace nunmul
