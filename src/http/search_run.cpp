// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/search_run.h"

#include "base/hash.h"
#include "engine/engine.h"
#include "http/query_log_handlers.h"
#include "http/server_metrics.h"
#include "http/text_fields.h"
#include "search/searcher.h"

namespace nunmul {
namespace {

bool wants_metadata(const Call& call) {
  const auto header = call.request.header("meili-include-metadata");
  return header && equals_ignoring_case(*header, "true");
}

Json tail(const Call& call, const CatalogEntry& entry) {
  Json object{{"requestUid", random_uuid()}};
  if (wants_metadata(call))
    object["metadata"] = {{"queryUid", random_uuid()},
                          {"indexUid", entry.row.uid},
                          {"primaryKey", or_null(entry.row.primary_key)}};
  return object;
}

}  // namespace

std::shared_ptr<const CatalogEntry> searchable_index(const Call& call, const std::string& uid) {
  require_index(call.grant, uid);
  return call.engine.catalog().at(uid);
}

SearchResult run_search(const CatalogEntry& entry, const SearchRequest& request, RequestBudget& budget) {
  return entry.index->generation()->read(
      [&](const Snapshot& snapshot) { return Searcher(snapshot, budget).search(request); });
}

std::string search_answer_text(const Call& call, const CatalogEntry& entry, const SearchRequest& request,
                               const Json& head) {
  const Stopwatch clock;
  RequestBudget& budget = call.request.budget;
  std::string text;
  {
    const WorkingMemory hits(budget);
    const SearchResult result = run_search(entry, request, budget);
    call.metrics.count_search(result.total_hits > 0, result.degraded);
    note_search(call, entry.row.uid, request, result, clock.elapsed());
    text = search_response_json(result, request, clock.milliseconds(), head, tail(call, entry));
  }
  budget.use_memory(text.size());
  budget.check_answer(text.size());
  return text;
}

}  // namespace nunmul
