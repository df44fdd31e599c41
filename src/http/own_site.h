// SPDX-License-Identifier: GPL-2.0-or-later
// The names of the server, and the pages that are its own. Without a master key, whoever reaches the server
// may do everything. A web page that somebody on this machine looks at can reach it in two ways: by a
// request of its own, which the header Origin shows, or by a domain that is pointed here (DNS rebinding),
// which Host shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/http_message.h"

namespace nunmul {

class OwnSite {
 public:
  // `hosts` are names and addresses beside localhost, 127.0.0.1 and [::1]: the one that is listened on and
  // those of --allowed-host. Where 0.0.0.0 or :: is among them all addresses are the server's own, since a
  // page cannot make an address lead elsewhere, as it can a name. `origins` are those of --cors-origin.
  OwnSite(const std::vector<std::string>& hosts, std::vector<std::string> origins);

  // Whether a Host names this server; its port, which a forwarded port may change, does not count.
  bool has_host(std::string_view authority) const;

  // Whether the request is made by no page, by one of the server's own or by one of --cors-origin.
  bool has_origin(const HttpRequest& request) const;

  // Throws Error(ForbiddenHost), Error(ForbiddenOrigin).
  void check_host(const HttpRequest& request) const;
  void check_origin(const HttpRequest& request) const;

 private:
  std::vector<std::string> hosts_;  // as host_of gives them
  std::vector<std::string> origins_;
  bool has_all_addresses_ = false;
};

}  // namespace nunmul
