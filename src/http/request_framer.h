// SPDX-License-Identifier: GPL-2.0-or-later
// Cuts the byte stream of one connection into whole requests. It knows no sockets, clocks or threads:
// bytes go in, in pieces of any size, and requests come out.
//
//   framer.feed(bytes);
//   while (…) switch (framer.advance()) {
//     case FramerStep::NeedBytes: wait for more
//     case FramerStep::Head:      framer.begin_body(limits of this route)
//     case FramerStep::LargeBody: framer.allow_spooling(), now or from another thread's loop
//     case FramerStep::Request:   framer.take_request()
//   }
//
// After a Refusal the stream has lost its meaning: answer, and close the connection.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "http/body_collector.h"
#include "http/chunk_decoder.h"
#include "http/request_head.h"

namespace nunmul {

enum class FramerStep { NeedBytes, Head, LargeBody, Request };

class RequestFramer {
 public:
  explicit RequestFramer(HeadLimits limits = {}) : limits_(limits) {}

  void feed(std::string_view bytes);

  // Throws Refusal, and Error where the body cannot be spooled.
  FramerStep advance();

  // The head of the present request, from the step Head on.
  const RequestHead& head() const { return head_; }
  RequestHead& head() { return head_; }

  // Answers the step Head. Throws Refusal(413) when the head announces more than the limit.
  void begin_body(const BodyLimits& limits);

  // Answers the step LargeBody, which comes before a body goes to the spool folder: at once when its length
  // says so, else when that much of it has come.
  void allow_spooling() { body_.allow_spooling(); }
  bool waits_for_spooling() const { return state_ == State::Body && body_.waits_for_spooling(); }

  const BodyLimits& body_limits() const { return body_.limits(); }

  HttpRequest take_request();

  bool is_between_requests() const { return state_ == State::Head && position_ == buffer_.size(); }
  // Whether the present request's body has still to come, or a part of it.
  bool is_body_due() const {
    return state_ == State::Body || (state_ == State::HeadRead && head_.framing != BodyFraming::None);
  }
  bool has_unread_bytes() const { return position_ < buffer_.size(); }
  std::size_t body_bytes() const { return body_.size(); }
  std::size_t bytes_in_memory() const { return heap_bytes(buffer_) + body_.bytes_in_memory(); }
  std::size_t bytes_on_disk() const { return body_.bytes_on_disk(); }

 private:
  enum class State { Head, HeadRead, Body, Whole };

  FramerStep read_on();
  bool find_head_end();
  void check_head_size() const;
  bool skip_empty_line();
  void release_read_bytes();
  void read_body();

  HeadLimits limits_;
  State state_ = State::Head;
  std::string buffer_;
  std::size_t position_ = 0;    // the bytes of buffer_ before it are done with
  std::size_t scanned_ = 0;     // the head is known to be clean up to here
  std::size_t line_begin_ = 0;  // of the head's present line
  bool has_skipped_line_ = false;
  RequestHead head_;
  ChunkDecoder chunks_;
  BodyCollector body_;
};

}  // namespace nunmul
