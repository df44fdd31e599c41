// SPDX-License-Identifier: GPL-2.0-or-later
// The forward table: for each document of a segment the words of its searchable fields in order, as
// numbers of the segment's vocabulary. Ranking, phrases and exactness are judged on it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "index/binary_file.h"

namespace nunmul {

// Stands between two items of an array. Positions go on eight further behind it.
constexpr std::uint32_t kItemBreak = 0xFFFFFFFF;
constexpr std::uint32_t kItemGap = 7;

// The words of one field of one document.
struct FieldWords {
  std::uint32_t field = 0;  // number in Segment::fields()
  std::span<const std::uint32_t> words;
};

class ForwardTable {
 public:
  ForwardTable() = default;
  explicit ForwardTable(const std::filesystem::path& path);

  std::uint32_t documents() const { return static_cast<std::uint32_t>(offsets_.size()) - 1; }

  // Has the processor fetch what for_each_field() will read, which stands anywhere in memory: first where the
  // words are, and when that is there, the words.
  void fetch_place(std::uint32_t document) const { __builtin_prefetch(&offsets_[document]); }
  void fetch_words(std::uint32_t document) const { __builtin_prefetch(words_.data() + offsets_[document]); }

  // Calls visit(FieldWords) for each field of the document that has words, in the order of the document.
  template <typename Visit>
  void for_each_field(std::uint32_t document, Visit&& visit) const {
    std::uint64_t at = offsets_[document];
    const std::uint64_t end = offsets_[document + 1];
    while (at + 2 <= end) {
      const std::uint32_t field = words_[at];
      const std::uint32_t count = words_[at + 1];
      if (count > end - at - 2) return;
      visit(FieldWords{field, words_.subspan(at + 2, count)});
      at += 2 + count;
    }
  }

 private:
  BinaryFile file_;
  std::span<const std::uint64_t> offsets_;
  std::span<const std::uint32_t> words_;
};

}  // namespace nunmul
