// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/string_table.h"

#include <functional>

namespace nunmul {

StringTable::StringTable() : slots_(1024) {}

std::uint32_t StringTable::add(std::string_view text) {
  if (2 * (ends_.size() + 1) > slots_.size()) grow();
  const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    Slot& slot = slots_[at];
    if (slot.number == kEmpty) {
      slot = {hash, size()};
      text_ += text;
      ends_.push_back(text_.size());
      return slot.number;
    }
    if (slot.hash == hash && (*this)[slot.number] == text) return slot.number;
  }
}

void StringTable::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  const std::size_t mask = larger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.number == kEmpty) continue;
    std::size_t at = slot.hash & mask;
    while (larger[at].number != kEmpty) at = (at + 1) & mask;
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace nunmul
