// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a network address lies inside: this machine, a private network, a link, or anything else that is no
// public host. Asked of the very address that is connected to, so that no name can lead around it.
#pragma once

#include <sys/socket.h>

namespace nunmul {

// IPv4 addresses that stand in IPv6 ones (mapped, translated, 6to4) are looked at as such. Other families are
// internal.
bool is_internal(const sockaddr& address);

}  // namespace nunmul
