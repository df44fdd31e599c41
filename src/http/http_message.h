// SPDX-License-Identifier: GPL-2.0-or-later
// One HTTP request and its answer, as the front hands them to the API: framed, limited and
// decompressed, but not yet interpreted.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/request_budget.h"

namespace nunmul {

// A request body on disk. The file is deleted with its owner unless it was released.
class BodyFile {
 public:
  BodyFile() = default;
  explicit BodyFile(std::filesystem::path path) : path_(std::move(path)) {}
  ~BodyFile();
  BodyFile(BodyFile&& other) noexcept;
  BodyFile& operator=(BodyFile&& other) noexcept;

  bool empty() const { return path_.empty(); }
  const std::filesystem::path& path() const { return path_; }
  // From now on the file is the caller's.
  std::filesystem::path release();

 private:
  std::filesystem::path path_;
};

// The bytes that a text holds on the heap: a short one stands in the object.
inline std::size_t heap_bytes(const std::string& text) {
  return text.capacity() > std::string().capacity() ? text.capacity() : 0;
}

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;
using HttpQuery = std::vector<std::pair<std::string, std::string>>;  // in the order of the query

struct HttpRequest {
  std::string method;    // "GET"; any token that a client may send, in its own case
  std::string target;    // as sent
  std::string path;      // the target before '?', still percent-encoded: split first, decode then
  std::string query;     // the target after '?', still percent-encoded
  HttpHeaders headers;   // names in lower case; values as sent, without the blanks around them
  std::string body;      // decompressed; empty when body_file holds it
  BodyFile body_file;    // the decompressed body where the route spools and the body is not small
  std::string peer;      // the address of the other end, such as "127.0.0.1"
  RequestBudget budget;  // what answering may cost

  // Trusted proxies have a say in these (client_address.h):
  std::string client;           // whose request it is; the peer where no proxy is trusted
  std::string scheme = "http";  // that the client used, and …
  std::string authority;        // … the host with its port; "" where there was no Host

  // The first header of that lower-case name.
  std::optional<std::string_view> header(std::string_view name) const;
};

struct HttpResponse {
  int status = 200;
  std::string content_type;  // "" sends none
  std::string body;
  HttpHeaders headers;
  bool is_asset = false;  // the same for everybody and kept by clients: worth packing well
};

// Puts names into the one Vary header of the answer: what else of the request it depends on.
void add_vary(HttpResponse& response, std::string_view names);

// Called by several threads at once.
using HttpHandler = std::function<HttpResponse(HttpRequest&)>;

enum class PlusSign { IsPlus, IsSpace };

// Nothing when a '%' is not followed by two hexadecimal digits or the result is not UTF-8.
std::optional<std::string> percent_decode(std::string_view text, PlusSign plus = PlusSign::IsPlus);

// "q=a+b&x=a=b=c" → {"q","a b"}, {"x","a=b=c"}; a name without '=' has the value "". Repeated names
// are kept. Throws Error(BadRequest) for what percent_decode refuses.
HttpQuery parse_query(std::string_view query);

}  // namespace nunmul
