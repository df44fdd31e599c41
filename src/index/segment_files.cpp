// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment_files.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "index/terms.h"

namespace nunmul {
namespace {

Error damaged_file(const std::filesystem::path& path, const std::string& how) {
  return Error(ErrorCode::IoError, "The file " + path.string() + " " + how + ".");
}

struct DescribedFile {
  std::filesystem::path path;
  std::uint64_t bytes = 0;
  std::uint32_t crc = 0;
};

// Reads the files on all cores: this is most of what a start takes.
void check_checksums(std::vector<DescribedFile> files) {
  std::sort(files.begin(), files.end(),
            [](const DescribedFile& a, const DescribedFile& b) { return a.bytes > b.bytes; });
  std::atomic<std::size_t> next = 0;
  std::vector<std::exception_ptr> failures(files.size());
  const auto work = [&] {
    for (std::size_t f = next++; f < files.size(); f = next++) {
      try {
        if (crc32(MappedFile(files[f].path).bytes()) != files[f].crc)
          throw damaged_file(files[f].path, "is damaged (its checksum does not fit)");
      } catch (...) {
        failures[f] = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> others;
    const std::size_t threads = std::min<std::size_t>(std::thread::hardware_concurrency(), files.size());
    while (others.size() + 1 < threads) others.emplace_back(work);
    work();
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
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
      throw damaged_file(path, "is damaged");
    if (description.at("schema").get<std::uint32_t>() != kSchemaVersion)
      throw damaged_file(path, "is of another version of the index format");
    std::vector<DescribedFile> files;
    for (const auto& [name, file] : description.at("files").items()) {
      const std::filesystem::path file_path = folder / name;
      std::error_code error;
      const auto size = std::filesystem::file_size(file_path, error);
      if (error) throw damaged_file(file_path, "is missing");
      if (size != file.at("bytes").get<std::uint64_t>()) throw damaged_file(file_path, "has the wrong size");
      files.push_back({file_path, size, file.at("crc32").get<std::uint32_t>()});
    }
    if (verify == Verify::Checksums) check_checksums(std::move(files));
  } catch (const nlohmann::json::exception&) {
    throw damaged_file(path, "is damaged");
  } catch (const Error& error) {
    if (error.code() == ErrorCode::MalformedPayload) throw damaged_file(path, "is damaged");
    throw;
  }
  return description;
}

}  // namespace nunmul
