// SPDX-License-Identifier: GPL-2.0-or-later
// Files: what was written is read back, a replacement is whole or not there and leaves nothing beside
// it, failures name the file, and a lock has one holder.
#include "base/files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.h"
#include "support/temp_dir.h"

TEST_SUITE_BEGIN("base/files");

namespace nunmul {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

template <typename Action>
std::string failure(Action action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::IoError);
    return error.what();
  }
  return "";
}

TEST_CASE("a file is read back byte by byte") {
  const TempDir dir;
  for (const std::string& bytes : {std::string(), std::string("a\0b\n", 4), std::string(200'000, 'x')}) {
    write_file_atomically(dir / "file", bytes);
    CHECK(read_file(dir / "file") == bytes);
    CHECK(MappedFile(dir / "file").bytes() == bytes);
    write_file(dir / "other", bytes);
    CHECK(read_file(dir / "other") == bytes);
  }
}

TEST_CASE("a replacement leaves nothing beside it") {
  const TempDir dir;
  write_file_atomically(dir / "file", "old");
  write_file_atomically(dir / "file", "new");
  CHECK(read_file(dir / "file") == "new");
  CHECK(names_in(dir.path()) == std::set<std::string>{"file"});
}

TEST_CASE("a replacement that fails keeps what was there and cleans up") {
  const TempDir dir;
  fs::create_directory(dir / "file");
  write_file_atomically(dir / "file/inner", "kept");
  CHECK(failure([&] { write_file_atomically(dir / "file", "new"); }) ==
        "Cannot write " + (dir / "file").string() + ": Is a directory.");
  CHECK(names_in(dir.path()) == std::set<std::string>{"file"});
  CHECK(read_file(dir / "file/inner") == "kept");
}

TEST_CASE("a link is followed, what is no file is written into, and permissions stay") {
  const TempDir dir;
  write_file_atomically(dir / "file", "old");
  ::chmod((dir / "file").c_str(), 0640);
  fs::create_symlink("file", dir / "link");
  write_file_atomically(dir / "link", "new");
  CHECK(fs::is_symlink(dir / "link"));
  CHECK(read_file(dir / "file") == "new");
  CHECK(fs::status(dir / "file").permissions() == fs::perms(0640));
  REQUIRE(::mkfifo((dir / "fifo").c_str(), 0600) == 0);
  std::string seen;
  {
    const std::jthread reader([&] { seen = read_file(dir / "fifo"); });
    write_file_atomically(dir / "fifo", "bytes");
  }
  CHECK(seen == "bytes");
  CHECK(fs::is_fifo(dir / "fifo"));
}

TEST_CASE("threads that replace one file leave the whole text of one of them") {
  const TempDir dir;
  write_file_atomically(dir / "file", std::string(4096, 'a'));
  std::atomic<int> torn{0};
  {
    std::vector<std::jthread> writers;
    for (char c = 'a'; c < 'e'; ++c)
      writers.emplace_back([&, c] {
        for (int i = 0; i < 20; ++i) {
          write_file_atomically(dir / "file", std::string(4096, c));
          const std::string seen = read_file(dir / "file");
          if (seen != std::string(4096, seen.empty() ? '?' : seen[0])) ++torn;
        }
      });
  }
  CHECK(torn == 0);
  CHECK(names_in(dir.path()) == std::set<std::string>{"file"});
}

TEST_CASE("a name without a folder is written into the current one") {
  const TempDir dir;
  const fs::path before = fs::current_path();
  fs::current_path(dir.path());
  write_file_atomically("plain", "x");
  fs::current_path(before);
  CHECK(read_file(dir / "plain") == "x");
}

TEST_CASE("what cannot be read or written is named") {
  const TempDir dir;
  const std::string missing = (dir / "missing").string();
  CHECK(failure([&] { read_file(missing); }) == "Cannot open " + missing + ": No such file or directory.");
  CHECK(failure([&] { MappedFile{missing}; }) == "Cannot open " + missing + ": No such file or directory.");
  CHECK(failure([&] { read_file(dir.path()); }) ==
        "Cannot read " + dir.path().string() + ": Is a directory.");
  CHECK(failure([&] { write_file(missing + "/file", "x"); }).find(missing + "/file") != std::string::npos);
  CHECK(failure([&] { write_file_atomically(missing + "/file", "x"); }).find(missing) != std::string::npos);
  CHECK(failure([&] { sync_folder(missing); }).find(missing) != std::string::npos);
  CHECK(failure([&] { sync_tree(missing); }).find(missing) != std::string::npos);
}

TEST_CASE("a full disk has a code of its own") {
  for (const int number : {ENOSPC, EDQUOT}) {
    try {
      throw_errno(number, "write /x");
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::NoSpaceLeftOnDevice);
    }
  }
  try {
    throw_errno(EIO, "write /x");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::IoError);
    CHECK(std::string(error.what()) == "Cannot write /x: Input/output error.");
  }
}

TEST_CASE("a tree with pipes and broken links is synced") {
  const TempDir dir;
  fs::create_directories(dir / "a/b");
  write_file(dir / "a/b/file", "x");
  REQUIRE(::mkfifo((dir / "a/pipe").c_str(), 0600) == 0);
  fs::create_symlink("nowhere", dir / "a/link");
  sync_tree(dir.path());
  CHECK(read_file(dir / "a/b/file") == "x");
}

TEST_CASE("a mapping moves and leaves nothing behind") {
  const TempDir dir;
  write_file(dir / "file", "bytes");
  MappedFile first(dir / "file");
  MappedFile second(std::move(first));
  CHECK(second.bytes() == "bytes");
  MappedFile third;
  third = std::move(second);
  CHECK(third.bytes() == "bytes");
  CHECK(MappedFile().bytes().empty());
}

TEST_CASE("a lock has one holder, who is named, and is free again when it lets go") {
  const TempDir dir;
  const fs::path path = dir / "lock";
  {
    const auto held = FileLock::try_lock(path, "pid 1 nunmul index");
    REQUIRE(held);
    CHECK_FALSE(FileLock::try_lock(path, "pid 2"));
    CHECK(FileLock::holder(path) == "pid 1 nunmul index");
  }
  const auto again = FileLock::try_lock(path, "pid 3");
  CHECK(again);
  CHECK(FileLock::holder(path) == "pid 3");
  CHECK(FileLock::holder(dir / "none").empty());
}

TEST_CASE("a lock that moves is held until its last owner goes") {
  const TempDir dir;
  auto held = FileLock::try_lock(dir / "lock", "first");
  REQUIRE(held);
  {
    const FileLock moved(std::move(*held));
    held.reset();
    CHECK_FALSE(FileLock::try_lock(dir / "lock", "second"));
  }
  CHECK(FileLock::try_lock(dir / "lock", "second"));
}

TEST_CASE("who waits for a lock gets it when it is free") {
  const TempDir dir;
  auto held = FileLock::try_lock(dir / "lock", "first");
  REQUIRE(held);
  std::atomic<bool> got{false};
  std::jthread waiting([&] {
    const FileLock lock = FileLock::lock(dir / "lock", "second");
    got = true;
  });
  CHECK_FALSE(got);
  held.reset();
  waiting.join();
  CHECK(got);
  CHECK(FileLock::holder(dir / "lock") == "second");
}

TEST_CASE("a lock where no file can be made says so") {
  const TempDir dir;
  CHECK(failure([&] { FileLock::try_lock(dir / "missing/lock", "x"); }).find("missing/lock") !=
        std::string::npos);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
