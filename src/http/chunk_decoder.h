// SPDX-License-Identifier: GPL-2.0-or-later
// Takes the chunks of `Transfer-Encoding: chunked` apart, byte by byte if they come so, and as
// strictly as the head: 1 to 8 hexadecimal digits, CRLF, nothing lenient.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nunmul {

class ChunkDecoder {
 public:
  // Reads on in `bytes` and removes what it has read from their front. Returns the next piece of the
  // body, a part of `bytes`; it is empty only when the bytes are used up or the body has ended.
  // Throws Refusal.
  std::string_view next(std::string_view& bytes);

  bool finished() const { return state_ == State::Finished; }

 private:
  enum class State { SizeLine, Content, ContentEnd, Trailer, Finished };

  bool read_line(std::string_view& bytes);
  void read_size();
  void read_trailer();

  State state_ = State::SizeLine;
  std::string line_;                 // what has come of the present line, with its CRLF
  std::uint64_t left_ = 0;           // content bytes of the present chunk still to come
  std::size_t extension_bytes_ = 0;  // of all chunks
  std::size_t trailer_bytes_ = 0;
};

}  // namespace nunmul
