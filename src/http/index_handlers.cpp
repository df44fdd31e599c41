// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/index_handlers.h"

#include <set>

#include "engine/engine.h"
#include "http/answers.h"
#include "http/index_uid.h"
#include "http/json_reader.h"

namespace nunmul {
namespace {

constexpr Field kSwapFields[] = {
    {"indexes", FieldKind::Texts, ErrorCode::InvalidSwapIndexes, "Two uids.", ErrorCode::MissingSwapIndexes},
    {"rename", FieldKind::Flag, ErrorCode::InvalidSwapRename,
     "Whether the first becomes the second, which must not exist."},
};

std::string quoted_list(const std::vector<std::string>& names) { return dump_json(Json(names)); }

IndexSwap read_swap(const Json& value, const Place& place) {
  const Fields fields = read_object(value, kSwapFields, place);
  const auto indexes = *fields.texts("indexes");
  for (std::size_t i = 0; i < indexes.size(); ++i)
    check_index_uid(indexes[i], fields.place("indexes").item(i), ErrorCode::InvalidSwapIndexes);
  if (indexes.size() != 2)
    throw Error(ErrorCode::InvalidSwapIndexes, "Two indexes must be given for each swap. The list `" +
                                                   quoted_list(indexes) + "` contains " +
                                                   std::to_string(indexes.size()) + " indexes.");
  return {indexes[0], indexes[1], fields.flag("rename")};
}

void reject_repeated_uids(const std::vector<IndexSwap>& swaps) {
  std::set<std::string> seen;
  for (const IndexSwap& swap : swaps)
    for (const std::string& uid : {swap.a, swap.b})
      if (!seen.insert(uid).second)
        throw Error(
            ErrorCode::InvalidSwapDuplicateIndexFound,
            "Indexes must be declared only once during a swap. `" + uid + "` was specified several times.");
}

}  // namespace

HttpResponse list_indexes(Call& call) {
  std::vector<std::shared_ptr<const CatalogEntry>> visible;
  for (auto& entry : call.engine.catalog().list())
    if (call.grant.allows_index(entry->row.uid)) visible.push_back(std::move(entry));
  return page_answer(visible, call.query.count("offset").value_or(0), call.query.count("limit").value_or(20),
                     [](const auto& entry) { return to_json(entry->row); });
}

HttpResponse get_index(Call& call) {
  return json_answer(to_json(call.engine.catalog().at(call.segments[0])->row));
}

HttpResponse create_index(Call& call) {
  const Fields fields = read_object(call.body, kNewIndexFields);
  const std::string uid = *fields.text("uid");
  check_index_uid(uid, fields.place("uid"));
  require_index(call.grant, uid);
  return enqueued(call, index_creation(uid, fields.text("primaryKey")));
}

HttpResponse update_index(Call& call) {
  const Fields fields = read_object(call.body, kIndexPatchFields);
  const auto new_uid = fields.text("uid");
  if (new_uid) {
    check_index_uid(*new_uid, fields.place("uid"));
    require_index(call.grant, *new_uid);
  }
  return enqueued(call, index_update(call.segments[0], fields.text("primaryKey"), new_uid));
}

HttpResponse delete_index(Call& call) { return enqueued(call, index_deletion(call.segments[0])); }

HttpResponse swap_indexes(Call& call) {
  if (!call.body.is_array()) reject_type(ErrorCode::BadRequest, Place::body(), "an array", call.body);
  std::vector<IndexSwap> swaps;
  for (std::size_t i = 0; i < call.body.size(); ++i)
    swaps.push_back(read_swap(call.body[i], Place::body().item(i)));
  for (const IndexSwap& swap : swaps) {
    require_index(call.grant, swap.a);
    require_index(call.grant, swap.b);
  }
  reject_repeated_uids(swaps);
  return enqueued(call, index_swap(swaps));
}

}  // namespace nunmul
