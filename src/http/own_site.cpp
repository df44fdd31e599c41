// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/own_site.h"

#include <algorithm>

#include "base/error.h"
#include "base/log.h"
#include "base/network_address.h"
#include "http/client_address.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

bool contains(const std::vector<std::string>& texts, std::string_view text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// One spelling of a name or an address, with or without brackets.
std::string host_form(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (const auto ip = read_ip(host)) return to_string(*ip);
  return to_lower_ascii(host.ends_with('.') ? host.substr(0, host.size() - 1) : host);
}

// "Search.Example.org:8080" → "search.example.org"; "" for what is no host with or without a port.
std::string host_of(std::string_view authority) {
  const auto parts = split_host(authority);
  const std::string_view port = parts ? parts->port.value_or("") : "";
  if (!parts || !std::all_of(port.begin(), port.end(), is_digit)) return "";
  return host_form(parts->host);
}

std::string own_origin(const HttpRequest& request) { return request.scheme + "://" + request.authority; }

}  // namespace

OwnSite::OwnSite(const std::vector<std::string>& hosts, std::vector<std::string> origins)
    : hosts_{"localhost", "127.0.0.1", "::1"}, origins_(std::move(origins)) {
  for (const std::string& host : hosts) hosts_.push_back(host_form(host));
  has_all_addresses_ = contains(hosts_, "0.0.0.0") || contains(hosts_, "::");
}

bool OwnSite::has_host(std::string_view authority) const {
  const std::string host = host_of(authority);
  return !host.empty() && (contains(hosts_, host) || (has_all_addresses_ && read_ip(host)));
}

// Browsers tell the origin of whatever may change something; where an old one does not, Sec-Fetch-Site may.
bool OwnSite::has_origin(const HttpRequest& request) const {
  const auto origin = request.header("origin");
  if (!origin) {
    const auto site = request.header("sec-fetch-site").value_or("none");
    return site != "cross-site" && site != "same-site";
  }
  return equals_ignoring_case(*origin, own_origin(request)) || contains(origins_, *origin);
}

void OwnSite::check_host(const HttpRequest& request) const {
  const auto host = request.header("host");
  if (!host) return;  // only HTTP/1.0 has none, no browser
  // Both names where a proxy tells one: a page can send that header, too, and its browser may be on this
  // machine.
  if (has_host(request.authority) && has_host(*host)) return;
  throw Error(ErrorCode::ForbiddenHost,
              "The host " + nunmul::quoted(request.authority) +
                  " is not this server's. Without a master key it answers under its own names only: "
                  "--allowed-host adds one.");
}

void OwnSite::check_origin(const HttpRequest& request) const {
  if (has_origin(request)) return;
  throw Error(ErrorCode::ForbiddenOrigin,
              "Pages of " + nunmul::quoted(request.header("origin").value_or("another site")) +
                  " may not change anything here. Without a master key only the server's own pages may: "
                  "--cors-origin adds others.");
}

}  // namespace nunmul
