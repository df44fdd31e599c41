// SPDX-License-Identifier: GPL-2.0-or-later
// Checksums, content hashes and random identifiers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nunmul {

// CRC-32 (IEEE), for damage on disk.
std::uint32_t crc32(std::string_view bytes, std::uint32_t start = 0);

// A 64-bit content hash (FNV-1a with a final mix): quick, not against adversaries.
std::uint64_t hash64(std::string_view bytes);

// SHA-256 and HMAC-SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256_hex(std::string_view key, std::string_view message);

// Compares in a time that depends on the lengths only.
bool equal_constant_time(std::string_view a, std::string_view b);

// A random UUID, version 4, lower-case with hyphens.
std::string random_uuid();

}  // namespace nunmul
