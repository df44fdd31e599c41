// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/seen_ids.h"

#include <algorithm>

#include "base/hash.h"

namespace nunmul {

std::optional<IdPlace> SeenIds::note(std::string_view id, IdPlace place) {
  if ((used_ + 1) * 4 > slots_.size() * 3) grow();
  const std::uint64_t hash = std::max<std::uint64_t>(hash64(id), 1);
  Slot& slot = slot_of(hash);
  if (slot.hash == hash) return slot.place;
  slot = {hash, place};
  ++used_;
  return std::nullopt;
}

SeenIds::Slot& SeenIds::slot_of(std::uint64_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
  return slots_[at];
}

void SeenIds::grow() {
  std::vector<Slot> old(std::max<std::size_t>(slots_.size() * 2, 64));
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.hash != 0) slot_of(slot.hash) = slot;
  }
}

}  // namespace nunmul
