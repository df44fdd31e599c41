// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/http_server.h"

#include <httplib.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <exception>
#include <string_view>

#include "base/log.h"
#include "http/connection_front.h"
#include "http/content_coding.h"
#include "http/error_response.h"
#include "http/listener.h"
#include "http/refusal.h"
#include "http/server_metrics.h"
#include "http/server_url.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

constexpr std::string_view kOutOfMemoryAnswer =
    "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
constexpr std::size_t kLargeBytes = 4 * 1024 * 1024;  // worth looking for what is left of them
constexpr std::size_t kSpareDescriptors = 1024;  // for uploads and the index's files, beside the connections

// A stream that httplib reads and writes in place of a socket.
class TextStream : public httplib::Stream {
 public:
  explicit TextStream(std::string_view input) : input_(input) {}

  bool is_readable() const override { return !input_.empty(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* into, size_t size) override {
    const std::size_t count = input_.copy(into, size);
    input_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* text, size_t size) override {
    output.append(text, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return INVALID_SOCKET; }

  std::string output;

 private:
  std::string_view input_;
};

// The present second as RFC 9110 (5.6.7) writes it: "Tue, 24 Nov 2026 09:38:12 GMT".
std::string http_date() {
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::array<char, 96> text{};
  const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %d %02d:%02d:%02d GMT",
                                 kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                                 kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                                 utc.tm_hour, utc.tm_min, utc.tm_sec);
  return {text.data(), static_cast<std::size_t>(size)};
}

// httplib's server without its sockets and threads. It is shown a bare request line instead of the
// client's head, which the front has read more strictly already, and writes the answer to it: status
// line, headers (never one with a line break in it), no body to HEAD. For one thread.
class AnswerWriter : private httplib::Server {
 public:
  AnswerWriter() {
    set_pre_routing_handler([this](const httplib::Request&, httplib::Response& answer) {
      fill(answer);
      return HandlerResponse::Handled;
    });
    set_post_routing_handler([](const httplib::Request&, httplib::Response& answer) { trim(answer); });
  }

  std::string write(HttpResponse response, const AnswerForm& form) {
    response_ = std::move(response);
    TextStream stream(form.is_head_request ? "HEAD / HTTP/1.1\r\n\r\n" : "GET / HTTP/1.1\r\n\r\n");
    bool was_closed = false;
    process_request(stream, !form.keep_alive, was_closed, nullptr);
    return std::move(stream.output);
  }

 private:
  void fill(httplib::Response& answer) {
    answer.status = response_.status;
    for (const auto& [name, value] : response_.headers) answer.set_header(name, value);
    answer.set_header("Date", http_date());
    // No browser may take an answer for a script or a page that is none.
    answer.set_header("X-Content-Type-Options", "nosniff");
    if (!response_.content_type.empty()) answer.set_header("Content-Type", response_.content_type);
    answer.body = std::move(response_.body);
  }

  // Takes out headers that httplib adds by itself and that are not true here.
  static void trim(httplib::Response& answer) {
    answer.headers.erase("Keep-Alive");
    answer.headers.erase("Accept-Ranges");
    if (answer.status == 204) answer.headers.erase("Content-Length");
  }

  HttpResponse response_;
};

std::string write_answer(HttpResponse response, const AnswerForm& form) {
  thread_local AnswerWriter writer;
  return writer.write(std::move(response), form);
}

bool is_packable(const HttpResponse& response) {
  const std::string_view type = response.content_type;
  const bool is_text =
      type.starts_with("text/") || type.starts_with("application/") || type.starts_with("image/svg");
  const bool is_packed =
      std::any_of(response.headers.begin(), response.headers.end(),
                  [](const auto& header) { return equals_ignoring_case(header.first, "content-encoding"); });
  return is_text && !is_packed;
}

void pack(const HttpRequest& request, HttpResponse& response) {
  if (!is_packable(response)) return;
  const auto coding = choose_coding(request.header("accept-encoding").value_or(""), response.body.size());
  if (!coding) return;
  response.body = packed(response.body, *coding, response.is_asset ? Packing::Small : Packing::Quick);
  response.headers.emplace_back("Content-Encoding", name_of(*coding));
  add_vary(response, "Accept-Encoding");
}

// To the system, after a request that used much: the allocator would keep it for the next one.
void give_memory_back(Job& job) {
  std::string().swap(job.request.body);
  ::malloc_trim(0);
}

HttpResponse refusal_response(const Refusal& refusal, std::string_view url) {
  HttpResponse response = error_response(refusal.code(), refusal.what(), url);
  response.status = refusal.status();
  return response;
}

// The cause of an internal error is for the operator, not for the client.
HttpResponse internal_error(const std::string& what, std::string_view url) {
  log(LogLevel::Error, "a request failed", {{"why", what}});
  return error_response(ErrorCode::Internal, "An internal error has occurred.", url);
}

// How many connections the process may hold, after asking the system for as many as it gives.
std::size_t connection_limit(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const rlim_t needed = std::min<rlim_t>(wanted + kSpareDescriptors, limit.rlim_max);
  if (limit.rlim_cur < needed) {
    limit.rlim_cur = needed;
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  const std::size_t available =
      limit.rlim_cur > 2 * kSpareDescriptors ? limit.rlim_cur - kSpareDescriptors : limit.rlim_cur / 2;
  return std::min(wanted, available);
}

}  // namespace

HttpServer::HttpServer(HttpServerOptions options, HttpHandler handler)
    : options_(std::move(options)),
      handler_(std::move(handler)),
      listeners_(options_.inherited_listeners.empty() ? listen_on(options_.host, options_.port)
                                                      : adopt_listeners(options_.inherited_listeners)),
      port_(port_of(listeners_.front())) {
  options_.port = port_;  // 0 took a free one
}

void HttpServer::run() {
  options_.max_connections = connection_limit(options_.max_connections);
  if (!options_.spool_folder.empty()) sweep_spool_folder(options_.spool_folder);
  WorkerLane search(options_.search, options_.deadlines.queued,
                    [&](Job& job) { answer(Lane::Search, search, job); });
  WorkerLane admin(options_.admin, std::nullopt, [&](Job& job) { answer(Lane::Admin, admin, job); });
  const auto offer = [&](Lane lane, Job& job) {
    return lane == Lane::Search ? search.offer(job) : admin.offer(job);
  };
  std::vector<Descriptor> no_listeners;
  ConnectionFront uploads({options_, no_listeners, upload_mailbox_, nullptr, &mailbox_, is_stopping_,
                           main_front_has_ended_, offer, write_answer});
  ConnectionFront front({options_, listeners_, mailbox_, &upload_mailbox_, nullptr, is_stopping_,
                         is_stopping_, offer, write_answer});
  const std::jthread uploading([&] { uploads.run(); });
  front.run();
  main_front_has_ended_ = true;
  upload_mailbox_.wake();
}

void HttpServer::stop() {
  is_stopping_ = true;
  mailbox_.wake();
  upload_mailbox_.wake();
}

// A worker's whole work on a request. Whatever goes wrong, the worker lives and the client is answered.
void HttpServer::answer(Lane lane, WorkerLane& workers, Job& job) {
  job.request.budget = RequestBudget(options_.request, job.end, [&workers, &job] { workers.give_turn(job); });
  const std::size_t body_bytes = job.request.body.size();
  try {
    HttpResponse response = respond(lane, job);
    const AnswerForm form{job.request.method == "HEAD", job.keep_alive && !is_stopping_};
    pack(job.request, response);
    const std::size_t used = body_bytes + job.request.budget.peak_memory() + response.body.size();
    job.reply_to->post(Answer{job.connection, write_answer(std::move(response), form), form.keep_alive});
    if (used > kLargeBytes) give_memory_back(job);
  } catch (const std::bad_alloc&) {
    job.reply_to->post(Answer{job.connection, std::string(kOutOfMemoryAnswer), false});
  }
}

HttpResponse HttpServer::respond(Lane lane, Job& job) const {
  HttpResponse refusal;
  const auto url = [&] { return server_url(job.request, options_.public_url); };
  try {
    if (lane == Lane::Search && Clock::now() - job.since > options_.deadlines.queued) {
      throw Refusal(ErrorCode::TooManySearchRequests, "The request waited too long.");
    }
    job.request.budget.check();
    inflate_body(job.request, job.body_limits);
    HttpResponse response = handler_(job.request);
    job.request.budget.check_answer(response.body.size());
    return response;
  } catch (const Refusal& error) {
    refusal = refusal_response(error, url());
  } catch (const Error& error) {
    refusal = error_response(error.code(), error.what(), url());
  } catch (const std::exception& error) {
    refusal = internal_error(error.what(), url());
  } catch (...) {  // Xapian's errors are no std::exception
    refusal = internal_error("of a foreign kind", url());
  }
  if (options_.metrics) options_.metrics->count_refusal(refusal.status);
  if (!options_.allowed_origin.empty())
    refusal.headers.emplace_back("Access-Control-Allow-Origin", options_.allowed_origin);
  return refusal;
}

}  // namespace nunmul
