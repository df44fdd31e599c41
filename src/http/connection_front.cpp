// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/connection_front.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "base/log.h"
#include "http/error_response.h"
#include "http/server_metrics.h"
#include "http/server_url.h"

namespace nunmul {
namespace {

constexpr std::chrono::milliseconds kTick{100};  // how late a deadline may be noticed
constexpr std::size_t kLingerBytes =
    std::size_t{256} * 1024 * 1024;                    // then the sender of a refused upload is cut off
constexpr std::size_t kSmallRequestBytes = 16 * 1024;  // such as a search
constexpr std::chrono::seconds kFreshTimeAtStop{1};    // for a connection that has not said anything yet
// When a client closes its side it has gone, as a rule; one that has only said all that it has to say still
// gets an answer that does not take longer.
constexpr std::chrono::seconds kTimeOfHalfClosed{1};
constexpr std::chrono::seconds kAnswerTimeAtStop{1};  // to send what the end of all work was answered with
constexpr Clock::duration kMoment = std::chrono::milliseconds(50);
constexpr std::size_t kReceiveBytes = 64 * 1024;
constexpr const char* kStopping = "The server is stopping.";
constexpr std::uint64_t kWakeId = ConnectionTable::kFirstId - 1;  // listeners count from 0

bool would_block(int error_number) { return error_number == EAGAIN || error_number == EWOULDBLOCK; }

// The last times count most, and none for more than a moment.
void add_moment(Clock::duration& sum, Clock::duration time) {
  constexpr int kMemory = 8;  // of about so many times
  sum += std::min(time, kMoment) - sum / kMemory;
}

BodyLimits body_limits(const RouteLimits& route, const HttpServerOptions& options) {
  const LaneOptions& lane = route.lane == Lane::Search ? options.search : options.admin;
  BodyLimits limits;
  limits.max_bytes = std::min(route.max_body_bytes.value_or(lane.max_body_bytes), lane.max_body_bytes);
  limits.memory_bytes = options.spool_above_bytes;
  if (route.body_place == BodyPlace::Spool) limits.spool_folder = options.spool_folder;
  return limits;
}

}  // namespace

ConnectionFront::ConnectionFront(FrontParts parts)
    : parts_(std::move(parts)),
      options_(parts_.options),
      acceptor_(
          set_, parts_.listeners,
          [this](Descriptor socket, std::string peer) { admit(std::move(socket), std::move(peer)); },
          [this] { return make_room(); }),
      scratch_(kReceiveBytes) {
  set_.add(parts_.mailbox.wake_descriptor(), kWakeId);
}

void ConnectionFront::run() {
  while (!is_finished()) {
    const auto events = set_.wait(wait_time());
    now_ = Clock::now();
    for (const epoll_event& event : events) handle_event_safely(event.data.u64, event.events);
    if (now_ >= next_sweep_) expire_connections();
    if (parts_.is_stopping && !has_begun_to_stop()) begin_stop();
  }
}

std::optional<std::chrono::milliseconds> ConnectionFront::wait_time() const {
  const bool nothing_can_expire = table_.size() == 0 && !acceptor_.is_paused() && !has_begun_to_stop();
  if (nothing_can_expire) return std::nullopt;
  return kTick;
}

// Out of memory: one connection goes, the loop stays.
void ConnectionFront::handle_event_safely(std::uint64_t id, std::uint32_t events) {
  try {
    handle_event(id, events);
  } catch (const std::exception& error) {
    log(LogLevel::Error, std::string("a connection failed: ") + error.what());
    if (Connection* connection = table_.find(id)) close(*connection);
  }
}

void ConnectionFront::handle_event(std::uint64_t id, std::uint32_t events) {
  if (id == kWakeId) {
    take_mail();
  } else if (id < ConnectionTable::kFirstId) {
    acceptor_.accept_from(id);
  } else if (Connection* connection = table_.find(id)) {
    handle_connection(*connection, events);
  }
}

void ConnectionFront::want(Connection& connection, std::uint32_t events) {
  if (connection.interest == events) return;
  set_.change(connection.socket.get(), connection.id, events);
  connection.interest = events;
}

void ConnectionFront::admit(Descriptor socket, std::string peer) {
  std::string client = client_group(peer);
  const bool speaks_for_many = is_local(peer) || options_.proxies.contains(peer);
  const ClientShare* share = speaks_for_many ? nullptr : table_.share_of(client);
  if (share != nullptr && share->connections.size() >= options_.max_connections_per_peer) return;
  if (table_.size() >= options_.max_connections && !make_room()) return;
  auto connection = std::make_unique<Connection>();
  connection->socket = std::move(socket);
  connection->peer = std::move(peer);
  connection->client = std::move(client);
  connection->framer = RequestFramer(options_.head);
  enter(*connection, ConnectionPhase::Fresh);
  take_over(std::move(connection));
  if (options_.metrics) options_.metrics->connection_opened();
}

bool ConnectionFront::make_room() {
  Connection* expendable = table_.find_expendable();
  if (expendable == nullptr) return false;
  close(*expendable);
  return true;
}

void ConnectionFront::handle_connection(Connection& connection, std::uint32_t events) {
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
    close(connection);
    return;
  }
  switch (connection.state) {
    case ConnectionState::Reading:
      receive(connection);
      break;
    case ConnectionState::Working:
      if ((events & EPOLLRDHUP) == 0) break;
      connection.end_work(now_ + kTimeOfHalfClosed, "The client closed its side of the connection.");
      want(connection, 0);
      break;
    case ConnectionState::Writing:
      drive(connection);
      break;
    case ConnectionState::Lingering:
      drain(connection);
      break;
  }
}

// One recv: each connection gets its turn.
void ConnectionFront::receive(Connection& connection) {
  const ssize_t count = ::recv(connection.socket.get(), scratch_.data(), scratch_.size(), 0);
  if (count < 0 && (would_block(errno) || errno == EINTR)) return;
  if (count < 0 || (count == 0 && connection.is_idle())) {
    close(connection);
    return;
  }
  if (count == 0) {
    refuse(connection, malformed("The request ended before it was complete."));
  } else {
    connection.framer.feed({scratch_.data(), static_cast<std::size_t>(count)});
  }
  drive(connection);
}

void ConnectionFront::drain(Connection& connection) {
  const ssize_t count = ::recv(connection.socket.get(), scratch_.data(), scratch_.size(), 0);
  if (count < 0 && (would_block(errno) || errno == EINTR)) return;
  if (count > 0) connection.dropped += static_cast<std::size_t>(count);
  if (count <= 0 || connection.dropped > kLingerBytes) close(connection);
}

void ConnectionFront::take_mail() {
  Mail mail = parts_.mailbox.take();
  for (auto& connection : mail.connections) take_over(std::move(connection));
  for (Answer& answer : mail.answers) take_answer(std::move(answer));
}

void ConnectionFront::take_answer(Answer answer) {
  Connection* connection = table_.find(answer.connection);
  if (connection == nullptr) return;  // its client has gone
  connection->output = std::move(answer.bytes);
  connection->keep_alive = answer.keep_alive;
  connection->body_in_memory = 0;
  connection->body_on_disk = 0;
  connection->state = ConnectionState::Writing;
  enter(*connection, ConnectionPhase::Answer);
  drive(*connection);
}

void ConnectionFront::take_over(std::unique_ptr<Connection> handed_over) {
  Connection& connection = table_.add(std::move(handed_over));
  connection.interest = EPOLLIN;
  set_.add(connection.socket.get(), connection.id);
  drive(connection);
}

void ConnectionFront::hand_over(Connection& connection, Mailbox& mailbox) {
  set_.remove(connection.socket.get());
  mailbox.post(table_.remove(connection.id));
}

// Goes on until the connection waits for its client or a worker.
void ConnectionFront::drive(Connection& connection) {
  Progress progress = Progress::Again;
  while (progress == Progress::Again) progress = step(connection);
  if (progress == Progress::HandedOver) return;  // it is another thread's
  if (progress == Progress::Closed) {
    close(connection);
    return;
  }
  table_.account(connection);
  relieve_memory(options_.max_memory_bytes);  // perhaps by closing this one
}

ConnectionFront::Progress ConnectionFront::step(Connection& connection) {
  switch (connection.state) {
    case ConnectionState::Reading:
      return read_request(connection);
    case ConnectionState::Writing:
      return send_answer(connection);
    case ConnectionState::Working:
    case ConnectionState::Lingering:
      break;
  }
  return Progress::Waits;
}

ConnectionFront::Progress ConnectionFront::read_request(Connection& connection) {
  try {
    switch (connection.framer.advance()) {
      case FramerStep::NeedBytes:
        wait_for_bytes(connection);
        return Progress::Waits;
      case FramerStep::Head:
        begin_body(connection);
        break;
      case FramerStep::LargeBody:
        return begin_upload(connection);
      case FramerStep::Request:
        submit(connection);
        break;
    }
  } catch (const Refusal& refusal) {
    refuse(connection, refusal);
  } catch (const Error& error) {  // the body could not be spooled
    log(LogLevel::Error, error.what());
    refuse(connection, Refusal(error.code(), "The request body could not be stored."));
  }
  return Progress::Again;
}

void ConnectionFront::begin_body(Connection& connection) {
  RequestHead& head = connection.framer.head();
  head.request.peer = connection.peer;
  options_.proxies.identify(head.request);
  connection.client = client_group(head.request.client);
  table_.account(connection);
  const RouteLimits route =
      options_.classify ? options_.classify(head.request.method, head.request.path) : RouteLimits{};
  connection.lane = route.lane;
  connection.is_head_request = head.request.method == "HEAD";
  enter(connection, ConnectionPhase::Body);
  connection.framer.begin_body(body_limits(route, options_));
  if (!connection.framer.waits_for_spooling()) tell_to_continue(connection);
}

// A body that is, or turned out to be, larger than what stays in memory.
ConnectionFront::Progress ConnectionFront::begin_upload(Connection& connection) {
  if (parts_.uploads != nullptr && !parts_.is_stopping) {
    hand_over(connection, *parts_.uploads);  // comes to this step again over there
    return Progress::HandedOver;
  }
  const std::size_t own = table_.share_of(connection.client)->connections.size();
  if (table_.size() + own > options_.max_uploads + 1)
    throw Refusal(ErrorCode::TooManySearchRequests, "Too many uploads at once.");
  const HttpRequest& request = connection.framer.head().request;
  if (const auto refusal = options_.refuse_upload ? options_.refuse_upload(request) : std::nullopt) {
    connection.keep_alive = false;
    answer(connection, *refusal);
    return Progress::Again;
  }
  connection.framer.allow_spooling();
  tell_to_continue(connection);
  return Progress::Again;
}

void ConnectionFront::tell_to_continue(const Connection& connection) {
  const RequestFramer& framer = connection.framer;
  if (!framer.head().expects_continue || !framer.is_body_due() || framer.has_unread_bytes() ||
      framer.body_bytes() > 0)
    return;
  constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  // Nothing else is under way, so it fits into the socket's buffer; where not, the client goes on by
  // itself.
  ::send(connection.socket.get(), kContinue.data(), kContinue.size(), MSG_NOSIGNAL);
}

void ConnectionFront::submit(Connection& connection) {
  Job job;
  job.reply_to = &parts_.mailbox;
  job.connection = connection.id;
  job.keep_alive = connection.framer.head().keep_alive;
  job.since = now_;
  connection.body_on_disk = connection.framer.bytes_on_disk();
  job.body_limits = connection.framer.body_limits();
  job.request = connection.framer.take_request();
  job.client = connection.client;
  job.pace = begin_request(connection);
  connection.keep_alive = job.keep_alive;
  connection.body_in_memory = heap_bytes(job.request.body);
  connection.state = ConnectionState::Working;
  connection.deadline = Clock::time_point::max();
  connection.work = job.end = std::make_shared<WorkEnd>();
  if (has_begun_to_stop()) connection.end_work(stop_deadline_, kStopping);
  want(connection, EPOLLRDHUP);  // its next request can wait
  table_.completed_step(connection);
  table_.account(connection);
  const std::size_t bound = memory_bound_for(connection);
  relieve_memory(bound);
  if (table_.bytes_in_memory() > bound) {
    answer_busy(connection, job.request, "The server holds too many large requests.");
  } else if (!parts_.offer(connection.lane, job)) {
    answer_busy(connection, job.request, "Too many requests are waiting.");
  }
}

// A person reads for longer than the server takes, or for a moment at least; who floods does not.
Pace ConnectionFront::begin_request(Connection& connection) const {
  const bool is_first = connection.asked == Clock::time_point();
  if (!is_first) add_moment(connection.paused, now_ - connection.answered);
  connection.asked = now_;
  if (is_first) return Pace::First;
  return connection.paused >= connection.busy ? Pace::Pausing : Pace::Pressing;
}

// Large requests that are being answered never take all.
std::size_t ConnectionFront::memory_bound_for(const Connection& connection) const {
  const bool is_small = connection.bytes_in_memory() <= kSmallRequestBytes;
  return is_small ? options_.max_memory_bytes : options_.max_memory_bytes / 4 * 3;
}

void ConnectionFront::wait_for_bytes(Connection& connection) {
  const RequestFramer& framer = connection.framer;
  const std::uint64_t own = table_.share_of(connection.client)->bytes_on_disk;
  if (framer.bytes_on_disk() > 0 && table_.bytes_on_disk() + own > options_.max_spool_bytes) {
    throw Refusal(ErrorCode::TooManySearchRequests, "The server holds too many uploads.");
  }
  const bool has_begun =
      connection.phase != ConnectionPhase::Fresh && connection.phase != ConnectionPhase::Idle;
  if (!framer.is_between_requests() && !has_begun) enter(connection, ConnectionPhase::Head);
  connection.deadline = deadline_of(connection, options_);
  want(connection, EPOLLIN);
}

ConnectionFront::Progress ConnectionFront::send_answer(Connection& connection) {
  while (connection.written < connection.output.size()) {
    const ssize_t count = ::send(connection.socket.get(), connection.output.data() + connection.written,
                                 connection.output.size() - connection.written, MSG_NOSIGNAL);
    if (count > 0) {
      connection.written += static_cast<std::size_t>(count);
    } else if (would_block(errno)) {
      connection.deadline = deadline_of(connection, options_);
      want(connection, EPOLLOUT);
      return Progress::Waits;
    } else if (errno != EINTR) {
      return Progress::Closed;
    }
  }
  return finish_answer(connection);
}

ConnectionFront::Progress ConnectionFront::finish_answer(Connection& connection) {
  std::string().swap(connection.output);  // an assignment would keep the capacity
  connection.written = 0;
  connection.is_head_request = false;
  connection.answered = now_;
  if (connection.asked != Clock::time_point()) add_moment(connection.busy, now_ - connection.asked);
  table_.completed_step(connection);
  if (!connection.keep_alive || parts_.is_stopping) {
    linger(connection);
    return Progress::Again;
  }
  connection.state = ConnectionState::Reading;
  enter(connection, ConnectionPhase::Idle);
  if (parts_.home == nullptr) return Progress::Again;
  hand_over(connection, *parts_.home);
  return Progress::HandedOver;
}

void ConnectionFront::linger(Connection& connection) {
  connection.is_heard_out = connection.framer.is_body_due();
  ::shutdown(connection.socket.get(), SHUT_WR);
  connection.state = ConnectionState::Lingering;
  enter(connection, ConnectionPhase::Linger);
  connection.deadline = deadline_of(connection, options_);
  connection.framer = RequestFramer();  // with what it holds
  want(connection, EPOLLIN);
}

void ConnectionFront::answer(Connection& connection, const HttpResponse& response) {
  connection.output = parts_.write_answer(
      response, {connection.is_head_request, connection.keep_alive && !parts_.is_stopping});
  connection.body_in_memory = 0;
  connection.body_on_disk = 0;
  connection.state = ConnectionState::Writing;
  enter(connection, ConnectionPhase::Answer);
}

std::string ConnectionFront::url_for(const HttpRequest& request) const {
  return server_url(request, options_.public_url, listening_url(options_.host, options_.port));
}

void ConnectionFront::refuse(Connection& connection, const Refusal& refusal) {
  // The request is empty if its head was not read.
  const HttpRequest& request = connection.framer.head().request;
  HttpResponse response = error_response(refusal.code(), refusal.what(), url_for(request));
  response.status = refusal.status();
  if (options_.metrics) options_.metrics->count_refusal(response.status);
  if (!options_.allowed_origin.empty())
    response.headers.emplace_back("Access-Control-Allow-Origin", options_.allowed_origin);
  connection.keep_alive = false;
  answer(connection, response);
}

// The connection stays: its request was read to its end.
void ConnectionFront::answer_busy(Connection& connection, const HttpRequest& request,
                                  const std::string& message) {
  HttpResponse response = error_response(ErrorCode::TooManySearchRequests, message, url_for(request));
  if (options_.metrics) options_.metrics->count_refusal(response.status);
  if (!options_.allowed_origin.empty())
    response.headers.emplace_back("Access-Control-Allow-Origin", options_.allowed_origin);
  answer(connection, response);
}

void ConnectionFront::enter(Connection& connection, ConnectionPhase phase) {
  connection.phase = phase;
  connection.phase_begin = now_;
}

void ConnectionFront::close(Connection& connection) {
  table_.remove(connection.id);
  if (options_.metrics) options_.metrics->connection_closed();
}

// A connection that holds nothing gives nothing back, so it stays.
void ConnectionFront::relieve_memory(std::size_t bound) {
  while (table_.bytes_in_memory() > bound) {
    Connection* largest = table_.find_largest();
    if (largest == nullptr) return;
    close(*largest);
  }
}

void ConnectionFront::expire_connections() {
  next_sweep_ = now_ + kTick;
  if (acceptor_.is_paused()) acceptor_.resume();
  std::vector<std::uint64_t> expired;
  table_.for_each([&](const Connection& connection) {
    const bool comes_too_late = now_ >= stop_deadline_ && connection.state == ConnectionState::Reading;
    if (connection.deadline <= now_ || comes_too_late) expired.push_back(connection.id);
  });
  for (const std::uint64_t id : expired) {
    if (Connection* connection = table_.find(id)) expire(*connection);
  }
}

void ConnectionFront::expire(Connection& connection) {
  if (connection.state != ConnectionState::Reading || connection.is_idle()) {
    close(connection);
    return;
  }
  refuse(connection, now_ >= stop_deadline_
                         ? Refusal(ErrorCode::TooManySearchRequests, kStopping)
                         : Refusal(408, ErrorCode::BadRequest, "The request did not arrive in time."));
  drive(connection);
}

void ConnectionFront::begin_stop() {
  stop_deadline_ = now_ + options_.deadlines.stop;
  acceptor_.close();
  table_.for_each([&](Connection& connection) {
    connection.end_work(stop_deadline_, kStopping);
    if (!connection.is_idle()) return;
    if (connection.phase == ConnectionPhase::Idle) {
      linger(connection);
    } else {
      connection.deadline = std::min(connection.deadline, now_ + kFreshTimeAtStop);
    }
  });
}

bool ConnectionFront::is_finished() const {
  if (!has_begun_to_stop()) return false;
  const bool is_done = parts_.may_end && table_.size() == 0 && parts_.mailbox.empty();
  return is_done || now_ >= stop_deadline_ + kAnswerTimeAtStop;
}

}  // namespace nunmul
