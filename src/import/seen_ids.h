// SPDX-License-Identifier: GPL-2.0-or-later
// The ids met in a run and where. Millions of them fit: 16 bytes each, in an open table of hashes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace nunmul {

struct IdPlace {
  std::uint32_t file = 0;  // the caller's number of the file
  std::uint32_t line = 0;
};

class SeenIds {
 public:
  // The place where the id was met before; else it is noted as met here.
  std::optional<IdPlace> note(std::string_view id, IdPlace place);

 private:
  struct Slot {
    std::uint64_t hash = 0;  // 0: free
    IdPlace place;
  };
  void grow();
  Slot& slot_of(std::uint64_t hash);

  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace nunmul
