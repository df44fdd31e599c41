// SPDX-License-Identifier: GPL-2.0-or-later
// Sets of the documents of a generation: one bitmap for each segment.
#pragma once

#include <cstdint>
#include <vector>

#include "index/bitmap.h"
#include "index/generation.h"

namespace nunmul {

// In the order of Generation::segments().
using DocumentSets = std::vector<Bitmap>;

DocumentSets no_documents(const Generation& generation);
DocumentSets sets_of(const Generation& generation, const std::vector<DocumentRef>& documents);
std::uint64_t count_members(const DocumentSets& sets);
std::vector<DocumentRef> members_of(const DocumentSets& sets);

// Whether `a` has the lower ordinal. Only documents of different segments have it looked up, which is a read
// of memory that nothing else reads: in a segment they stand in that order.
bool is_inserted_before(const Generation& generation, DocumentRef a, DocumentRef b);

// The first `count` members in the order of their ordinals.
std::vector<DocumentRef> first_inserted(const Generation& generation, const DocumentSets& sets,
                                        std::size_t count);

// Both are sets of the same generation.
DocumentSets& operator&=(DocumentSets& sets, const DocumentSets& others);
DocumentSets& operator|=(DocumentSets& sets, const DocumentSets& others);

}  // namespace nunmul
