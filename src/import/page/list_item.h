// SPDX-License-Identifier: GPL-2.0-or-later
// An entry of a page by its lines, before anything is read from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace nunmul {

constexpr std::size_t kNoLine = static_cast<std::size_t>(-1);

struct ListItem {
  std::size_t heading = 0;  // index of the line with the heading
  std::u32string text;      // the heading without its marker
  std::optional<std::uint32_t> rank;
  std::size_t section = kNoLine;      // index of the section's heading
  std::size_t body_begin = 0;         // lines [body_begin, body_end) are captions and description
  std::size_t body_end = 0;           //
  std::size_t artist_line = kNoLine;  // a line of its own for the artist, below the title
};

}  // namespace nunmul
