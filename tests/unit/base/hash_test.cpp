// SPDX-License-Identifier: GPL-2.0-or-later
// Hashes: the published test vectors, and identifiers of the right form that differ.
#include "base/hash.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

TEST_SUITE_BEGIN("base/hash");

namespace nunmul {
namespace {

TEST_CASE("CRC-32 has its check value and goes on over pieces") {
  CHECK(crc32("") == 0);
  CHECK(crc32("123456789") == 0xCBF43926);
  CHECK(crc32("56789", crc32("1234")) == crc32("123456789"));
}

TEST_CASE("SHA-256 and its HMAC have the published values") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hmac_sha256_hex("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hmac_sha256_hex(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("content hashes differ for texts that differ, and stay the same") {
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 10'000; ++i) seen.insert(hash64("document " + std::to_string(i)));
  CHECK(seen.size() == 10'000);
  CHECK(hash64("ab") != hash64("ba"));
  CHECK(hash64("") == hash64(""));
}

TEST_CASE("texts are compared whole") {
  CHECK(equal_constant_time("", ""));
  CHECK(equal_constant_time("key", "key"));
  CHECK_FALSE(equal_constant_time("key", "kez"));
  CHECK_FALSE(equal_constant_time("key", "ke"));
  CHECK_FALSE(equal_constant_time("key", std::string("key\0", 4)));
}

TEST_CASE("random identifiers are UUIDs of version 4 and differ") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = random_uuid();
    CAPTURE(uuid);
    REQUIRE(uuid.size() == 36);
    for (std::size_t at = 0; at < 36; ++at) {
      const bool hyphen = at == 8 || at == 13 || at == 18 || at == 23;
      CHECK((hyphen ? uuid[at] == '-' : std::string("0123456789abcdef").find(uuid[at]) != std::string::npos));
    }
    CHECK(uuid[14] == '4');
    CHECK(std::string("89ab").find(uuid[19]) != std::string::npos);
    seen.insert(uuid);
  }
  CHECK(seen.size() == 1000);
}

}  // namespace
}  // namespace nunmul

TEST_SUITE_END();
