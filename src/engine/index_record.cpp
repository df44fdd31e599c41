// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/index_record.h"

#include "base/error.h"
#include "base/log.h"
#include "index/checked_json.h"

namespace nunmul {
namespace {

std::filesystem::path record_file(const std::filesystem::path& index_folder) {
  return index_folder / "index.json";
}

IndexRecord read_record(const Json& json) {
  IndexRecord record;
  record.uid = json.at("uid").get<std::string>();
  if (!json.at("primaryKey").is_null()) record.primary_key = json.at("primaryKey").get<std::string>();
  record.created_at = parse_rfc3339(json.at("createdAt").get<std::string>()).value_or(Time{});
  record.settings = json.at("settings").get<std::string>();
  record.revision = json.at("revision").get<std::uint64_t>();
  return record;
}

}  // namespace

void record_index(const std::filesystem::path& index_folder, const IndexRow& row) {
  const auto record = read_index_record(index_folder);
  if (record && record->revision == row.revision && says_the_same(*record, row)) return;
  write_checked_json(record_file(index_folder), {{"uid", row.uid},
                                                 {"primaryKey", or_null(row.primary_key)},
                                                 {"createdAt", to_rfc3339(row.created_at)},
                                                 {"settings", serialize_settings(row.settings)},
                                                 {"revision", row.revision}});
}

std::optional<IndexRecord> read_index_record(const std::filesystem::path& index_folder) {
  std::error_code error;
  if (!std::filesystem::exists(record_file(index_folder), error)) return std::nullopt;
  try {
    if (const auto json = read_checked_json(record_file(index_folder))) return read_record(*json);
  } catch (const Json::exception&) {
    // as damaged
  } catch (const Error& failure) {
    log(LogLevel::Warning, failure.what());
  }
  return std::nullopt;
}

bool says_the_same(const IndexRecord& record, const IndexRow& row) {
  return record.uid == row.uid && record.primary_key == row.primary_key &&
         record.created_at == row.created_at && deserialize_settings(record.settings) == row.settings;
}

}  // namespace nunmul
