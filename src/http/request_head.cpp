// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/request_head.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/log.h"
#include "http/refusal.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxMethodBytes = 32;

// Headers that say what the request is. Two of them could be read two ways.
constexpr std::array<std::string_view, 7> kSingleHeaders{
    "host",   "content-length", "transfer-encoding", "content-type",
    "expect", "authorization",  "content-encoding"};

void read_version(std::string_view version, RequestHead& head) {
  if (version == "HTTP/1.1") return;
  if (version == "HTTP/1.0") {
    head.keep_alive = false;
    return;
  }
  if (version.starts_with("HTTP/") && version.size() == 8) {
    throw Refusal(505, ErrorCode::BadRequest, "This server speaks HTTP/1.1, not " + std::string(version));
  }
  throw malformed("The request line does not end in an HTTP version");
}

// "http://host/path" → "/path": a client may send what it would send to a proxy.
std::string_view without_origin(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t path = target.find('/', scheme.size());
    if (path == scheme.size()) break;  // no host
    return path == target.npos ? std::string_view("/") : target.substr(path);
  }
  return target;
}

void read_target(std::string_view target, const HeadLimits& limits, HttpRequest& request) {
  if (target.size() > limits.max_target_bytes) {
    throw Refusal(414, ErrorCode::BadRequest,
                  "The request target is longer than " + std::to_string(limits.max_target_bytes) + " bytes");
  }
  // Bytes above 0x7F are let through: `curl 'host/indexes/x/search?q=노래'` sends them as they are.
  if (target.find_first_of("#\t") != target.npos)
    throw malformed("The request target contains a `#` or a tab");
  const std::string_view local = without_origin(target);
  const bool of_the_server = target == "*" && request.method == "OPTIONS";
  if (!local.starts_with('/') && !of_the_server) throw malformed("The request target is not a path");
  const std::size_t path_end = std::min(local.find('?'), local.size());
  request.target = target;
  request.path = local.substr(0, path_end);
  request.query = local.substr(std::min(path_end + 1, local.size()));
}

void read_request_line(std::string_view line, const HeadLimits& limits, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t second = first == line.npos ? first : line.find(' ', first + 1);
  if (second == line.npos) throw malformed("The request line is not `METHOD TARGET HTTP/1.1`");
  const std::string_view method = line.substr(0, first);
  if (method.size() > kMaxMethodBytes || !is_token(method)) throw malformed("The method is not a token");
  head.request.method = method;
  read_target(line.substr(first + 1, second - first - 1), limits, head.request);
  read_version(line.substr(second + 1), head);
}

void check_host(std::string_view host) {
  if (!is_host_text(host)) throw malformed("The Host header " + quoted(host) + " is no host");
}

std::uint64_t read_content_length(std::string_view text) {
  std::uint64_t length = 0;
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  const auto result = std::from_chars(text.data(), text.data() + text.size(), length);
  if (!digits) throw malformed("The Content-Length " + quoted(text) + " is not a number");
  if (result.ec != std::errc())
    throw Refusal(ErrorCode::PayloadTooLarge, "The Content-Length is out of range");
  return length;
}

void read_transfer_encoding(std::string_view text, RequestHead& head) {
  if (!equals_ignoring_case(text, "chunked")) {
    throw Refusal(501, ErrorCode::BadRequest,
                  "The transfer coding " + quoted(text) + " is not supported, only `chunked`");
  }
  head.framing = BodyFraming::Chunked;
}

bool lists_close(std::string_view connection_options) {
  const auto options = split_list(connection_options);
  return std::any_of(options.begin(), options.end(),
                     [](std::string_view option) { return equals_ignoring_case(option, "close"); });
}

void check_expect(std::string_view text, RequestHead& head) {
  if (!equals_ignoring_case(text, "100-continue")) {
    throw Refusal(417, ErrorCode::BadRequest, "The expectation " + quoted(text) + " cannot be met");
  }
  head.expects_continue = true;
}

void check_single(const HttpHeaders& headers) {
  for (const std::string_view name : kSingleHeaders) {
    const auto count = std::count_if(headers.begin(), headers.end(),
                                     [&](const auto& header) { return header.first == name; });
    if (count > 1) throw malformed("The header `" + std::string(name) + "` stands twice");
  }
}

void read_framing(RequestHead& head, bool is_http_1_0) {
  const HttpRequest& request = head.request;
  const auto length = request.header("content-length");
  const auto coding = request.header("transfer-encoding");
  if (length && coding) throw malformed("Content-Length and Transfer-Encoding exclude each other");
  if (coding && is_http_1_0) throw malformed("HTTP/1.0 has no Transfer-Encoding");
  if (length) head.content_length = read_content_length(*length);
  if (head.content_length > 0) head.framing = BodyFraming::Length;
  if (coding) read_transfer_encoding(*coding, head);
}

void interpret_headers(RequestHead& head, bool is_http_1_0) {
  const HttpRequest& request = head.request;
  check_single(request.headers);
  const auto host = request.header("host");
  if (!host && !is_http_1_0) throw malformed("The Host header is missing");
  if (host) check_host(*host);
  read_framing(head, is_http_1_0);
  if (const auto expect = request.header("expect")) check_expect(*expect, head);
  for (const auto& [name, value] : request.headers) {
    // HTTP/1.0 connections are not kept: their clients would want to be told so in the answer.
    if (name == "connection" && lists_close(value)) head.keep_alive = false;
  }
}

}  // namespace

std::pair<std::string, std::string> read_header_line(std::string_view line) {
  if (line.starts_with(' ') || line.starts_with('\t')) throw malformed("A header line begins with a blank");
  const std::size_t colon = line.find(':');
  if (colon == line.npos) throw malformed("A header line has no colon");
  const std::string_view name = line.substr(0, colon);
  if (!is_token(name)) throw malformed("The header name " + quoted(name) + " is not a token");
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!is_field_text(value))
    throw malformed("The header `" + std::string(name) + "` has a control character in it");
  return {to_lower_ascii(name), std::string(value)};
}

RequestHead read_request_head(std::string_view bytes, const HeadLimits& limits) {
  RequestHead head;
  std::size_t end = bytes.find("\r\n");
  const std::string_view request_line = bytes.substr(0, end);
  read_request_line(request_line, limits, head);
  for (std::size_t begin = end + 2; begin < bytes.size(); begin = end + 2) {
    end = bytes.find("\r\n", begin);
    if (end == bytes.npos) throw malformed("A header line does not end in CRLF");
    if (end == begin) break;
    if (head.request.headers.size() == limits.max_headers) {
      throw Refusal(431, ErrorCode::BadRequest,
                    "The request has more than " + std::to_string(limits.max_headers) + " headers");
    }
    head.request.headers.push_back(read_header_line(bytes.substr(begin, end - begin)));
  }
  interpret_headers(head, request_line.ends_with("HTTP/1.0"));
  return head;
}

}  // namespace nunmul
