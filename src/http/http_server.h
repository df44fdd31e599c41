// SPDX-License-Identifier: GPL-2.0-or-later
// The HTTP server: a front that no client can hold up (ConnectionFront) before a few workers that
// call the handler. cpp-httplib writes the answers; its own server gives every connection a thread,
// which some idle browsers use up, and has no bounds that could be set.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "http/descriptor.h"
#include "http/http_message.h"
#include "http/mailbox.h"
#include "http/server_options.h"
#include "http/worker_lane.h"

namespace nunmul {

class HttpServer {
 public:
  // Opens the listening sockets, so that clients may connect; nobody answers before run(). `handler`
  // is called by several threads. Throws Error(IoError) when the address cannot be used.
  HttpServer(HttpServerOptions options, HttpHandler handler);

  std::uint16_t port() const { return port_; }

  // Serves until stop() and until what was in hand then is answered. Once only.
  void run();

  // From any thread, or from a signal handler.
  void stop();

 private:
  void answer(Lane lane, WorkerLane& workers, Job& job);
  HttpResponse respond(Lane lane, Job& job) const;

  HttpServerOptions options_;
  HttpHandler handler_;
  std::vector<Descriptor> listeners_;
  std::uint16_t port_ = 0;
  Mailbox mailbox_;
  Mailbox upload_mailbox_;
  std::atomic<bool> is_stopping_ = false;
  std::atomic<bool> main_front_has_ended_ = false;
};

}  // namespace nunmul
