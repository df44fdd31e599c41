// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/internal_address.h"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/network_address.h"

namespace nunmul {
namespace {

struct Range4 {
  std::array<std::uint8_t, 4> begin;
  unsigned bits;
};

// The registry of special-purpose IPv4 addresses, without those that are reachable from everywhere.
constexpr Range4 kInternal4[] = {
    {{0, 0, 0, 0}, 8},        // this host
    {{10, 0, 0, 0}, 8},       // private
    {{100, 64, 0, 0}, 10},    // between a provider and its customers
    {{127, 0, 0, 0}, 8},      // loopback
    {{169, 254, 0, 0}, 16},   // link-local; clouds answer with a machine's secrets there
    {{172, 16, 0, 0}, 12},    // private
    {{192, 0, 0, 0}, 24},     // protocol assignments
    {{192, 0, 2, 0}, 24},     // documentation
    {{192, 168, 0, 0}, 16},   // private
    {{198, 18, 0, 0}, 15},    // benchmarks
    {{198, 51, 100, 0}, 24},  // documentation
    {{203, 0, 113, 0}, 24},   // documentation
    {{224, 0, 0, 0}, 4},      // multicast
    {{240, 0, 0, 0}, 4},      // reserved, broadcast
};

struct Range6 {
  std::array<std::uint8_t, 16> begin;
  unsigned bits;
};

constexpr Range6 kGlobal6{{0x20}, 3};  // all that is given out to public hosts
constexpr Range6 kInternal6[] = {
    {{0x20, 0x01, 0x00, 0x00}, 23},  // protocol assignments, Teredo
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    {{0x3f, 0xff}, 20},              // documentation
};

// Ranges whose addresses hold an IPv4 address, and at which byte.
struct Holder6 {
  Range6 range;
  std::size_t at;
};
constexpr Holder6 kHolders6[] = {
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12},  // mapped
    {{{0x00, 0x64, 0xff, 0x9b}, 96}, 12},                    // translated
    {{{0x20, 0x02}, 16}, 2},                                 // 6to4
};

template <typename Range>
bool lies_in(const std::uint8_t* address, const Range& range) {
  return same_network(address, range.begin.data(), range.bits);
}

bool is_internal4(const std::uint8_t* address) {
  return std::any_of(std::begin(kInternal4), std::end(kInternal4),
                     [&](const Range4& range) { return lies_in(address, range); });
}

bool is_internal6(const std::uint8_t* address) {
  for (const Holder6& holder : kHolders6)
    if (lies_in(address, holder.range)) return is_internal4(address + holder.at);
  return !lies_in(address, kGlobal6) ||
         std::any_of(std::begin(kInternal6), std::end(kInternal6),
                     [&](const Range6& range) { return lies_in(address, range); });
}

}  // namespace

bool is_internal(const sockaddr& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (address.sa_family == AF_INET) {
    std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in&>(address).sin_addr, 4);
    return is_internal4(bytes.data());
  }
  if (address.sa_family != AF_INET6) return true;
  std::memcpy(bytes.data(), &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, 16);
  return is_internal6(bytes.data());
}

}  // namespace nunmul
