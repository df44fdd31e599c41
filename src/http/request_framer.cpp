// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/request_framer.h"

#include <algorithm>

#include "http/refusal.h"

namespace nunmul {

void RequestFramer::feed(std::string_view bytes) {
  buffer_.erase(0, position_);
  scanned_ -= std::min(scanned_, position_);
  line_begin_ -= std::min(line_begin_, position_);
  position_ = 0;
  buffer_ += bytes;
}

// A connection may be idle for long; it need not hold what it has read for so long.
void RequestFramer::release_read_bytes() {
  if (has_unread_bytes()) return;
  std::string().swap(buffer_);  // an assignment would keep the capacity
  position_ = scanned_ = line_begin_ = 0;
}

FramerStep RequestFramer::advance() {
  const FramerStep step = read_on();
  if (step == FramerStep::NeedBytes) release_read_bytes();
  return step;
}

FramerStep RequestFramer::read_on() {
  if (state_ == State::Head) {
    if (!find_head_end()) return FramerStep::NeedBytes;
    head_ = read_request_head(std::string_view(buffer_).substr(position_, scanned_ - position_), limits_);
    position_ = scanned_;
    state_ = State::HeadRead;
  }
  if (state_ == State::HeadRead) return FramerStep::Head;
  if (state_ == State::Body && !waits_for_spooling()) read_body();
  if (waits_for_spooling()) return FramerStep::LargeBody;
  return state_ == State::Whole ? FramerStep::Request : FramerStep::NeedBytes;
}

// Looks at each byte once, however slowly they come, and refuses what no head can hold as soon as it
// is there: a bare LF would otherwise keep its sender waiting for the deadline.
bool RequestFramer::find_head_end() {
  if (!skip_empty_line()) return false;
  const std::size_t end = std::min(buffer_.size(), position_ + limits_.max_bytes + 1);
  for (; scanned_ < end; ++scanned_) {
    const auto c = static_cast<unsigned char>(buffer_[scanned_]);
    const bool after_cr = scanned_ > position_ && buffer_[scanned_ - 1] == '\r';
    if (after_cr != (c == '\n')) throw malformed("The lines of the request do not end in CRLF");
    if ((c < 0x20 && c != '\r' && c != '\n' && c != '\t') || c == 0x7F) {
      throw malformed("The request has a control character in its head");
    }
    if (c != '\n') continue;
    const bool is_empty_line = scanned_ - line_begin_ == 1;
    line_begin_ = scanned_ + 1;
    if (is_empty_line) {
      ++scanned_;
      check_head_size();
      return true;
    }
  }
  check_head_size();
  return false;
}

void RequestFramer::check_head_size() const {
  if (scanned_ - position_ <= limits_.max_bytes) return;
  const std::size_t first_line =
      std::string_view(buffer_).substr(position_, limits_.max_target_bytes + 64).find('\n');
  if (first_line == std::string_view::npos) {
    throw Refusal(414, ErrorCode::BadRequest, "The request target is too long");
  }
  throw Refusal(431, ErrorCode::BadRequest,
                "The request's head is longer than " + std::to_string(limits_.max_bytes) + " bytes");
}

// One empty line before a request is let pass (RFC 9112, 2.2); some clients end a body with it.
// False while it is not sure whether there is one.
bool RequestFramer::skip_empty_line() {
  if (scanned_ > position_ || has_skipped_line_) return true;
  const std::string_view rest = std::string_view(buffer_).substr(position_);
  if (rest == "\r") return false;
  if (rest.starts_with("\r\n")) {
    has_skipped_line_ = true;
    position_ += 2;
    scanned_ = line_begin_ = position_;
  }
  return true;
}

void RequestFramer::begin_body(const BodyLimits& limits) {
  if (head_.framing == BodyFraming::Length && head_.content_length > limits.max_bytes)
    refuse_body_size(limits.max_bytes);
  body_ = BodyCollector(limits, head_.framing == BodyFraming::Length ? head_.content_length : 0);
  chunks_ = ChunkDecoder();
  state_ = head_.framing == BodyFraming::None ? State::Whole : State::Body;
}

void RequestFramer::read_body() {
  std::string_view rest = std::string_view(buffer_).substr(position_);
  if (head_.framing == BodyFraming::Length) {
    const std::string_view piece = rest.substr(0, head_.content_length - body_.size());
    body_.append(piece);
    rest.remove_prefix(piece.size());
    if (body_.size() == head_.content_length) state_ = State::Whole;
  } else {
    while (!rest.empty() && !chunks_.finished() && !body_.waits_for_spooling())
      body_.append(chunks_.next(rest));
    if (chunks_.finished()) state_ = State::Whole;
  }
  position_ = buffer_.size() - rest.size();
}

HttpRequest RequestFramer::take_request() {
  HttpRequest request = std::move(head_.request);
  body_.move_into(request);
  state_ = State::Head;
  scanned_ = line_begin_ = position_;
  has_skipped_line_ = false;
  release_read_bytes();
  return request;
}

}  // namespace nunmul
