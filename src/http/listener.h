// SPDX-License-Identifier: GPL-2.0-or-later
// Sockets that listen, opened here or handed over by the service manager.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "http/descriptor.h"

namespace nunmul {

// One socket for each address of the host ("localhost" has two at times); port 0 picks a free one for
// all. Throws Error(IoError) that names the address.
std::vector<Descriptor> listen_on(const std::string& host, std::uint16_t port);

// Makes handed-over sockets ours.
std::vector<Descriptor> adopt_listeners(const std::vector<int>& sockets);

std::uint16_t port_of(const Descriptor& listener);
// "127.0.0.1", "::"; "" where the socket has no such address.
std::string host_of(int listener);

// The sockets of systemd's socket activation (LISTEN_FDS); none when there are none for this process.
std::vector<int> activation_sockets();

}  // namespace nunmul
