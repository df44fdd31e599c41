// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/chunk_decoder.h"

#include <algorithm>

#include "http/refusal.h"
#include "http/request_head.h"
#include "http/text_fields.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxSizeDigits = 8;
constexpr std::size_t kMaxLineBytes = 1024;       // of a size line or a trailer
constexpr std::size_t kMaxExtensionBytes = 4096;  // of a whole body
constexpr std::size_t kMaxTrailerBytes = 4096;

std::uint64_t read_chunk_size(std::string_view digits) {
  if (digits.empty() || digits.size() > kMaxSizeDigits)
    throw malformed("A chunk size is not 1 to 8 hexadecimal digits");
  std::uint64_t size = 0;
  for (const char c : digits) {
    if (hex_digit(c) < 0) throw malformed("A chunk size is not hexadecimal");
    size = size * 16 + static_cast<std::uint64_t>(hex_digit(c));
  }
  return size;
}

}  // namespace

std::string_view ChunkDecoder::next(std::string_view& bytes) {
  while (!bytes.empty() && state_ != State::Finished) {
    switch (state_) {
      case State::SizeLine:
        if (read_line(bytes)) read_size();
        break;
      case State::Content: {
        const std::string_view piece = bytes.substr(0, left_);
        bytes.remove_prefix(piece.size());
        left_ -= piece.size();
        if (left_ == 0) state_ = State::ContentEnd;
        return piece;
      }
      case State::ContentEnd:
        if (read_line(bytes)) state_ = State::SizeLine;
        break;
      case State::Trailer:
        if (read_line(bytes)) read_trailer();
        break;
      case State::Finished:
        break;
    }
  }
  return {};
}

// Whether line_ is now a whole line, without its CRLF.
bool ChunkDecoder::read_line(std::string_view& bytes) {
  if (line_.ends_with('\n')) line_.clear();  // the line before
  const std::size_t end = bytes.find('\n');
  const std::string_view piece = bytes.substr(0, end == bytes.npos ? end : end + 1);
  line_ += piece.substr(0, kMaxLineBytes + 1);
  bytes.remove_prefix(piece.size());
  if (line_.size() > kMaxLineBytes) throw malformed("A line between chunks is too long");
  if (state_ == State::ContentEnd && !std::string_view("\r\n").starts_with(line_)) {
    throw malformed("A chunk is longer than its size");
  }
  if (!line_.ends_with('\n')) return false;
  if (!line_.ends_with("\r\n")) throw malformed("A line between chunks ends in a bare LF");
  return true;
}

void ChunkDecoder::read_size() {
  const std::string_view line = std::string_view(line_).substr(0, line_.size() - 2);
  if (!is_field_text(line)) throw malformed("A chunk size line has a control character in it");
  const std::size_t extension = std::min(line.find(';'), line.size());
  extension_bytes_ += line.size() - extension;
  if (extension_bytes_ > kMaxExtensionBytes) throw malformed("The chunk extensions are too long");
  left_ = read_chunk_size(line.substr(0, extension));
  state_ = left_ == 0 ? State::Trailer : State::Content;
}

// Trailers are checked and dropped: nothing here has a use for them.
void ChunkDecoder::read_trailer() {
  const std::string_view line = std::string_view(line_).substr(0, line_.size() - 2);
  trailer_bytes_ += line_.size();
  if (trailer_bytes_ > kMaxTrailerBytes)
    throw Refusal(431, ErrorCode::BadRequest, "The trailers are too long");
  if (line.empty()) {
    state_ = State::Finished;
  } else {
    read_header_line(line);
  }
}

}  // namespace nunmul
