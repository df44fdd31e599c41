// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/postings/segment_scan.h"

#include <algorithm>
#include <bit>

namespace nunmul {
namespace {

// Looking a document up in a list costs as much as reading so many postings of it, and in a light list, which
// brings documents that nothing else does, as much as reading and judging so many.
constexpr std::size_t kPostingsOfLookup = 12, kLightPostingsOfLookup = 3;

}  // namespace

SegmentScan::SegmentScan(const SegmentQuery& query, std::uint32_t segment, std::uint32_t documents,
                         BestDocuments& best, ScanWindow& window)
    : query_(query),
      segment_(segment),
      documents_(documents),
      best_(best),
      optional_(make_condition(query.optional)),
      sums_(window.sums_),
      found_(window.found_),
      has_next_(window.has_next_) {
  for (const std::vector<WeighedList>& lists : query.required) conditions_.push_back(make_condition(lists));
  std::sort(conditions_.begin(), conditions_.end(),
            [](const Condition& a, const Condition& b) { return a.postings < b.postings; });
}

SegmentScan::Condition SegmentScan::make_condition(const std::vector<WeighedList>& lists) const {
  Condition condition;
  for (const WeighedList& list : lists) {
    condition.lists.push_back({&list});
    condition.postings += list.size();
  }
  std::sort(condition.lists.begin(), condition.lists.end(), [](const Cursor& a, const Cursor& b) {
    return a.list->highest != b.list->highest ? a.list->highest < b.list->highest
                                              : a.list->size() > b.list->size();
  });
  for (Cursor& cursor : condition.lists) cursor.reach = condition.highest += cursor.list->highest;
  return condition;
}

void SegmentScan::run(Bitmap* all, const std::function<bool()>& goes_on) {
  all_ = all;
  best_.begin_segment();
  for (begin_ = 0; begin_ < documents_; begin_ = end_) {
    if (best_.is_done() || !goes_on()) return;
    end_ = std::min(documents_, begin_ + ScanWindow::kDocuments);
    begin_window(optional_);
    for (Condition& condition : conditions_) begin_window(condition);
    conditions_.size() == 1 && optional_.lists.empty() ? scan_one() : scan_all();
  }
}

void SegmentScan::begin_window(Condition& condition) const {
  for (Cursor& cursor : condition.lists) {
    cursor.at = cursor.list->find(begin_, cursor.end);
    cursor.end = cursor.list->find(end_, cursor.at);
  }
}

// Adds what the lists have in the window to the sums.
void SegmentScan::add_lists(std::span<Cursor> lists, std::span<std::uint64_t> found) {
  for (const Cursor& cursor : lists) {
    const WeighedList& list = *cursor.list;
    const auto add = [&](auto&& weight_at) {
      for (std::size_t at = cursor.at; at < cursor.end; ++at) {
        const std::uint32_t place = list.documents[at] - begin_;
        sums_[place] += weight_at(at);
        found[place >> 6] |= std::uint64_t{1} << (place & 63);
      }
    };
    if (list.table)
      add([&](std::size_t at) { return list.table[list.codes[at]]; });
    else
      add([&](std::size_t at) { return list.weights[at]; });
  }
}

// Adds what the list has of the documents found.
void SegmentScan::add_where_found(const Cursor& cursor) {
  const WeighedList& list = *cursor.list;
  for (std::size_t at = cursor.at; at < cursor.end; ++at) {
    const std::uint32_t place = list.documents[at] - begin_;
    if ((found_[place >> 6] >> (place & 63) & 1) != 0) sums_[place] += list.weight(at);
  }
}

// Adds what the lists have of a document, the next of those asked for, to its weight.
bool SegmentScan::find_in(std::span<Cursor> lists, std::uint32_t document, Weight& weight) {
  bool any = false;
  for (Cursor& cursor : lists) {
    cursor.at = cursor.list->find(document, cursor.at);
    if (!cursor.list->has(cursor.at, document)) continue;
    weight += cursor.list->weight(cursor.at);
    any = true;
  }
  return any;
}

// Likewise, but lists are asked for more only as long as the document may weigh `least` with them.
bool SegmentScan::find_rest(std::span<Cursor> rest, std::uint32_t document, Weight least, Weight& weight) {
  for (std::size_t l = rest.size(); l-- > 0;) {
    if (weight + rest[l].reach < least) return false;
    find_in(rest.subspan(l, 1), document, weight);
  }
  return weight >= least;
}

void SegmentScan::find_every() {
  const std::uint32_t size = end_ - begin_;
  std::fill(found_.begin(), found_.begin() + size / 64, ~std::uint64_t{0});
  if (size % 64 != 0) found_[size / 64] = (std::uint64_t{1} << size % 64) - 1;
}

void SegmentScan::keep_allowed() {
  if (!query_.allowed) return;
  const std::span<const std::uint64_t> allowed = query_.allowed->words().subspan(begin_ / 64);
  for (std::size_t w = 0; w < (end_ - begin_ + 63) / 64; ++w) {
    for (std::uint64_t out = found_[w] & ~allowed[w]; out != 0; out &= out - 1)
      sums_[w * 64 + static_cast<std::size_t>(std::countr_zero(out))] = 0;
    found_[w] &= allowed[w];
  }
}

void SegmentScan::scan_one() {
  std::vector<Cursor>& lists = conditions_[0].lists;
  std::size_t light = 0;  // lists of which all together are too light
  while (light < lists.size() && lists[light].reach < best_.least()) ++light;
  const std::span heavy = std::span(lists).subspan(light);
  add_lists(heavy, found_);
  std::size_t postings = 0;
  for (const Cursor& cursor : heavy) postings += cursor.left();
  light_.clear();
  Reach reach = 0;
  for (Cursor& cursor : std::span(lists).first(light)) {
    if (cursor.left() <= postings * kLightPostingsOfLookup) {
      add_lists({&cursor, 1}, found_);
    } else {
      reach += cursor.list->highest;
      light_.push_back({cursor.list, cursor.at, cursor.end, reach});
    }
  }
  if (postings == 0) return;  // then no light list was read either, but for empty ones
  keep_allowed();
  end_with(light_);
}

void SegmentScan::scan_all() {
  Reach highest = optional_.highest;
  for (const Condition& condition : conditions_) highest += condition.highest;
  if (highest < best_.least()) return;
  if (conditions_.empty()) {
    find_every();
    left_ = end_ - begin_;
  } else {
    add_lists(conditions_[0].lists, found_);
    left_ = 0;
    for (const Cursor& cursor : conditions_[0].lists) left_ += cursor.left();
    if (left_ == 0) return;
  }
  keep_allowed();
  for (std::size_t c = 1; c < conditions_.size(); ++c) narrow(conditions_[c]);
  light_.clear();
  Weight reach = 0;
  for (Cursor& cursor : optional_.lists) {
    if (cursor.left() <= left_ * kLightPostingsOfLookup) {
      add_where_found(cursor);
    } else {
      reach += cursor.list->highest;
      light_.push_back({cursor.list, cursor.at, cursor.end, reach});
    }
  }
  end_with(light_);
}

// Keeps of what was found that which has the condition too.
void SegmentScan::narrow(Condition& condition) {
  if (left_ == 0) return;
  std::size_t postings = 0;
  for (const Cursor& cursor : condition.lists) postings += cursor.left();
  if (left_ * condition.lists.size() * kPostingsOfLookup < postings)
    narrow_by_lookup(condition);
  else
    narrow_by_reading(condition);
}

void SegmentScan::narrow_by_lookup(Condition& condition) {
  left_ = 0;
  for (std::size_t w = 0; w < found_.size(); ++w) {
    for (std::uint64_t word = found_[w]; word != 0; word &= word - 1) {
      const std::size_t place = w * 64 + static_cast<std::size_t>(std::countr_zero(word));
      if (find_in(condition.lists, begin_ + static_cast<std::uint32_t>(place), sums_[place])) {
        ++left_;
        continue;
      }
      sums_[place] = 0;
      found_[w] &= ~(std::uint64_t{1} << (place & 63));
    }
  }
}

void SegmentScan::narrow_by_reading(Condition& condition) {
  std::fill(has_next_.begin(), has_next_.end(), 0);
  add_lists(condition.lists, has_next_);
  left_ = 0;
  for (std::size_t w = 0; w < found_.size(); ++w) {
    for (std::uint64_t word = found_[w] ^ has_next_[w]; word != 0; word &= word - 1)
      sums_[w * 64 + static_cast<std::size_t>(std::countr_zero(word))] = 0;
    found_[w] &= has_next_[w];
    for (std::uint64_t word = found_[w]; word != 0; word &= word - 1) ++left_;
  }
}

// Counts what was found, after looking it up in the lists that are left where it may still matter, and
// empties the window.
void SegmentScan::end_with(std::span<Cursor> rest) {
  Weight least = best_.least();
  for (std::size_t w = 0; w < found_.size(); ++w) {
    for (std::uint64_t word = std::exchange(found_[w], 0); word != 0; word &= word - 1) {
      const std::size_t place = w * 64 + static_cast<std::size_t>(std::countr_zero(word));
      Weight weight = std::exchange(sums_[place], 0);
      const std::uint32_t document = begin_ + static_cast<std::uint32_t>(place);
      if (!find_rest(rest, document, least, weight) || (query_.passes && !query_.passes(document))) continue;
      best_.add({segment_, document}, weight);
      if (all_) all_->set(document);
      least = best_.least();
    }
  }
}

}  // namespace nunmul
