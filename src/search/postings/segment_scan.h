// SPDX-License-Identifier: GPL-2.0-or-later
// Goes through the postings of a query in one segment, a window of documents after the other. In a window
// lists are read one by one into an array of sums, which takes a nanosecond or two a posting; a search in the
// order of documents, list beside list, takes ten times that. What cannot be among the best is not looked at:
// - of a condition that any of some lists fulfils (MaxScore, Turtle and Flood 1995) the weightiest lists
//   bring the documents, and those that are too light without the others do not have them looked up;
// - of several conditions the rarest brings the documents; while they are few, they are looked up in the
//   others.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "index/bitmap.h"
#include "search/postings/best_documents.h"
#include "search/postings/weighed_list.h"

namespace nunmul {

struct SegmentQuery {
  // A document is in one list or more of each; without any, every document fits.
  std::vector<std::vector<WeighedList>> required{};
  std::vector<WeighedList> optional{};  // they only add to its weight
  const Bitmap* allowed = nullptr;      // null for all
  // What a document must pass besides. May be empty.
  std::function<bool(std::uint32_t)> passes{};
};

// What a scan writes on, and leaves as it found it: one does for all scans of a request.
class ScanWindow {
 public:
  static constexpr std::uint32_t kDocuments = 1 << 14;

 private:
  friend class SegmentScan;
  std::vector<Weight> sums_ = std::vector<Weight>(kDocuments);  // 0 for those not found
  // Bits of the documents that have the conditions so far, and of those that have the next one.
  std::vector<std::uint64_t> found_ = std::vector<std::uint64_t>(kDocuments / 64), has_next_ = found_;
};

class SegmentScan {
 public:
  // Everything passed outlives it.
  SegmentScan(const SegmentQuery& query, std::uint32_t segment, std::uint32_t documents, BestDocuments& best,
              ScanWindow& window);

  // Gives the best what it finds, and sets `all`, if there is one, to all of it. `goes_on` is asked after
  // some ten thousand postings; where it says no, the rest is not looked at.
  void run(Bitmap* all, const std::function<bool()>& goes_on);

 private:
  using Reach = std::uint64_t;  // many lists together may weigh more than any document
  struct Cursor {
    const WeighedList* list;
    std::size_t at = 0, end = 0;  // what is left of it in the window
    std::size_t left() const { return end - at; }
    Reach reach = 0;  // what it and all lists before it weigh at most
  };
  struct Condition {
    std::vector<Cursor> lists;  // the lightest first
    std::size_t postings = 0;
    Reach highest = 0;
  };

  void begin_window(Condition& condition) const;
  void add_lists(std::span<Cursor> lists, std::span<std::uint64_t> found);
  void add_where_found(const Cursor& cursor);
  static bool find_in(std::span<Cursor> lists, std::uint32_t document, Weight& weight);
  static bool find_rest(std::span<Cursor> rest, std::uint32_t document, Weight least, Weight& weight);
  void narrow(Condition& condition);
  void narrow_by_lookup(Condition& condition);
  void narrow_by_reading(Condition& condition);
  void find_every();
  void keep_allowed();
  void scan_one();
  void scan_all();
  void end_with(std::span<Cursor> rest);

  Condition make_condition(const std::vector<WeighedList>& lists) const;

  const SegmentQuery& query_;
  const std::uint32_t segment_, documents_;
  BestDocuments& best_;
  std::vector<Condition> conditions_;  // the rarest first
  Condition optional_;
  std::vector<Cursor> light_;          // scan_one: lists that are only asked for documents of others
  std::size_t left_ = 0;               // of the window's documents at most so many have the conditions so far
  std::uint32_t begin_ = 0, end_ = 0;  // of the window
  Bitmap* all_ = nullptr;
  std::span<Weight> sums_;  // of the window
  std::span<std::uint64_t> found_, has_next_;
};

}  // namespace nunmul
