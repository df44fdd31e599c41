// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment_files.h"

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "index/terms.h"

namespace nunmul {
namespace {

Error damaged_file(const std::filesystem::path& path, const std::string& how) {
  return Error(ErrorCode::IoError, "The file " + path.string() + " " + how + ".");
}

// The description without its own checksum, as the checksum is taken.
std::uint32_t checksum_of(Json description) {
  description.erase("checksum");
  return crc32(dump_json(description));
}

}  // namespace

void finish_segment_folder(const std::filesystem::path& folder, Json description) {
  Json files = Json::object();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const MappedFile file(entry.path());
    files[entry.path().filename().string()] = {{"bytes", file.bytes().size()},
                                               {"crc32", crc32(file.bytes())}};
  }
  description["files"] = std::move(files);
  description["checksum"] = checksum_of(description);
  write_file(folder / kSegmentFile, dump_json(description) + "\n");
  sync_tree(folder);
}

Json read_segment_folder(const std::filesystem::path& folder, Verify verify) {
  const std::filesystem::path path = folder / kSegmentFile;
  Json description;
  try {
    description = parse_json(read_file(path));
    if (description.at("checksum").get<std::uint32_t>() != checksum_of(description))
      throw damaged_file(path, "is damaged_file");
    if (description.at("schema").get<std::uint32_t>() != kSchemaVersion)
      throw damaged_file(path, "is of another version of the index format");
    for (const auto& [name, file] : description.at("files").items()) {
      const std::filesystem::path file_path = folder / name;
      std::error_code error;
      const auto size = std::filesystem::file_size(file_path, error);
      if (error) throw damaged_file(file_path, "is missing");
      if (size != file.at("bytes").get<std::uint64_t>()) throw damaged_file(file_path, "has the wrong size");
      if (verify == Verify::Checksums &&
          crc32(MappedFile(file_path).bytes()) != file.at("crc32").get<std::uint32_t>())
        throw damaged_file(file_path, "is damaged_file (its checksum does not fit)");
    }
  } catch (const nlohmann::json::exception&) {
    throw damaged_file(path, "is damaged_file");
  } catch (const Error& error) {
    if (error.code() == ErrorCode::MalformedPayload) throw damaged_file(path, "is damaged_file");
    throw;
  }
  return description;
}

}  // namespace nunmul
