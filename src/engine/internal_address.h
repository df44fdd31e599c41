// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a network address is internal: this machine, a private network, a link-local address, or anything
// else that is not a public host. The check is of the very address that is connected to, so no host name
// gets around it.
#pragma once

#include <sys/socket.h>

namespace nunmul {

// IPv4 addresses that stand in IPv6 ones (mapped, translated, 6to4) are looked at as such. Other families are
// internal.
bool is_internal(const sockaddr& address);

}  // namespace nunmul
