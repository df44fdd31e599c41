// SPDX-License-Identifier: GPL-2.0-or-later
// Filters over columns. A test becomes the set of value_ids that fit, found in the sorted dictionary;
// one loop over the documents' value_ids then makes the bitmap, without a branch for each document.
#include <algorithm>
#include <cstring>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "search/columns/filter.h"
#include "text/compare_form.h"

namespace nunmul {
namespace {

struct IdRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// The first string of the column that is not below `folded` (Lower) or is above it (Upper).
enum class Bound { Lower, Upper };

std::uint32_t string_bound(const Column& column, std::string_view folded, Bound bound) {
  const auto strings = std::views::iota(column.booleans_end(), column.values());
  return *std::ranges::partition_point(strings, [&](std::uint32_t value_id) {
    return bound == Bound::Lower ? column.folded(value_id) < folded : column.folded(value_id) <= folded;
  });
}

std::uint32_t number_bound(const Column& column, double number, Bound bound) {
  const auto numbers = column.numbers();
  const auto place = bound == Bound::Lower ? std::lower_bound(numbers.begin(), numbers.end(), number)
                                           : std::upper_bound(numbers.begin(), numbers.end(), number);
  return static_cast<std::uint32_t>(place - numbers.begin());
}

bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The value_ids of a column that fit a test.
class FittingIds {
 public:
  FittingIds(const Column& column, const FilterTest& test) : column_(column) { gather(test); }

  // Not empty, not touching, in no order.
  const std::vector<IdRange>& ranges() const { return ranges_; }

 private:
  void gather(const FilterTest& test) {
    switch (test.op) {
      case FilterOperator::Equal:
      case FilterOperator::In:
        for (const FilterValue& value : test.values) add_equal(value);
        break;
      case FilterOperator::Contains:
      case FilterOperator::StartsWith:
        add_parts(test.values[0].folded, test.op);
        break;
      default:
        add_numbers(test);
        add_strings(test);
    }
  }

  void add(std::uint32_t begin, std::uint32_t end) {
    if (begin < end) ranges_.push_back({begin, end});
  }

  void add_equal(const FilterValue& value) {
    if (value.number) add_equal_numbers(value);
    for (std::uint32_t value_id = column_.numbers_end(); value_id < column_.booleans_end(); ++value_id) {
      if (column_.folded(value_id) == value.folded) add(value_id, value_id + 1);
    }
    const std::uint32_t place = string_bound(column_, value.folded, Bound::Lower);
    if (place < column_.values() && column_.folded(place) == value.folded) add(place, place + 1);
  }

  // Integers that share a double are compared by their digits.
  void add_equal_numbers(const FilterValue& value) {
    const std::uint32_t begin = number_bound(column_, *value.number, Bound::Lower);
    const std::uint32_t end = number_bound(column_, *value.number, Bound::Upper);
    for (std::uint32_t value_id = begin; value_id < end; ++value_id) {
      const std::string_view digits = column_.folded(value_id);
      if (!is_integer(digits) || !is_integer(value.folded) || digits == value.folded)
        add(value_id, value_id + 1);
    }
  }

  void add_numbers(const FilterTest& test) {
    const std::optional<double> first = test.values.front().number, last = test.values.back().number;
    if (first && last)
      add_compared(
          test.op, 0, column_.numbers_end(),
          [&](Bound bound) { return number_bound(column_, *first, bound); },
          [&](Bound bound) { return number_bound(column_, *last, bound); });
  }

  void add_strings(const FilterTest& test) {
    const std::string &first = test.values.front().folded, &last = test.values.back().folded;
    add_compared(
        test.op, column_.booleans_end(), column_.values(),
        [&](Bound bound) { return string_bound(column_, first, bound); },
        [&](Bound bound) { return string_bound(column_, last, bound); });
  }

  // Those of [begin, end) on the operator's side of its value, or between its two.
  template <typename First, typename Last>
  void add_compared(FilterOperator op, std::uint32_t begin, std::uint32_t end, First first, Last last) {
    switch (op) {
      case FilterOperator::Less:
        return add(begin, first(Bound::Lower));
      case FilterOperator::LessOrEqual:
        return add(begin, first(Bound::Upper));
      case FilterOperator::Greater:
        return add(first(Bound::Upper), end);
      case FilterOperator::GreaterOrEqual:
        return add(first(Bound::Lower), end);
      default:
        return add(first(Bound::Lower), last(Bound::Upper));
    }
  }

  // A part ends where a character ends: 아 is no part of 앙, nor e of é.
  static bool has_part(std::string_view text, std::string_view part, FilterOperator op) {
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) {
      if (op == FilterOperator::StartsWith && at > 0) return false;
      const DecodedChar next = decode_utf8(text, at + part.size());
      if (next.length == 0 || begins_character(next.code)) return true;
    }
    return false;
  }

  void add_parts(std::string_view part, FilterOperator op) {
    std::uint32_t value_id =
        op == FilterOperator::StartsWith ? string_bound(column_, part, Bound::Lower) : column_.booleans_end();
    for (; value_id < column_.values(); ++value_id) {
      const std::string_view text = column_.folded(value_id);
      if (op == FilterOperator::StartsWith && !text.starts_with(part)) break;
      if (!has_part(text, part, op)) continue;
      if (!ranges_.empty() && ranges_.back().end == value_id) {
        ++ranges_.back().end;
      } else {
        add(value_id, value_id + 1);
      }
    }
  }

  const Column& column_;
  std::vector<IdRange> ranges_;
};

// Eight bytes of 0 or 1 as eight bits.
std::uint64_t packed(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (word * 0x0102040810204080ULL) >> 56;
}

// The places of an array whose value_id fits, in a set that is larger by a margin; `fits` gives 0 or 1.
// Loops of a known length without branches, which the compiler turns into vector instructions.
template <typename Fits>
Bitmap fitting_places(std::span<const std::uint32_t> value_ids, std::size_t margin, Fits fits) {
  Bitmap found(value_ids.size() + margin);
  const auto words = found.words();
  std::uint8_t bytes[64];
  for (std::size_t begin = 0; begin < value_ids.size(); begin += 64) {
    const std::uint32_t* block = value_ids.data() + begin;
    if (value_ids.size() - begin >= 64) {
      for (int i = 0; i < 64; ++i) bytes[i] = fits(block[i]);
    } else {
      std::fill(std::begin(bytes), std::end(bytes), std::uint8_t{0});
      for (std::size_t i = 0; i < value_ids.size() - begin; ++i) bytes[i] = fits(block[i]);
    }
    std::uint64_t word = 0;
    for (int i = 0; i < 8; ++i) word |= packed(bytes + 8 * i) << (8 * i);
    words[begin / 64] = word;
  }
  return found;
}

// 64 members of a set from a place on, as bits. The set has at least two words more.
std::uint64_t members_from(const std::uint64_t* words, std::size_t place) {
  const std::size_t shift = place & 63;
  return words[place / 64] >> shift | words[place / 64 + 1] << 1 << (63 - shift);
}

// From places among the value_ids to the documents they belong to. Documents have few values, and all
// of one are looked at together.
Bitmap documents_of(const Column& column, const Bitmap& places) {
  const auto offsets = column.offsets();
  const std::uint64_t* members = places.words().data();
  Bitmap found(column.documents());
  const auto words = found.words();
  for (std::size_t document = 0; document < found.size(); ++document) {
    const std::uint32_t begin = offsets[document], count = offsets[document + 1] - begin;
    const std::uint64_t mask = count < 64 ? (1ULL << count) - 1 : ~0ULL;
    std::uint64_t any = members_from(members, begin) & mask;
    if (count > 64 && any == 0) any = places.next(begin) < begin + count;
    words[document / 64] |= static_cast<std::uint64_t>(any != 0) << (document & 63);
  }
  return found;
}

template <typename Fits>
Bitmap documents_fitting(const Column& column, Fits fits) {
  constexpr std::size_t kMargin = 128;  // what members_from reads beyond
  if (column.one_value_each()) return fitting_places(column.all_value_ids(), 0, fits);
  return documents_of(column, fitting_places(column.all_value_ids(), kMargin, fits));
}

Bitmap documents_with(const Column& column, const std::vector<IdRange>& ranges) {
  if (ranges.empty()) return Bitmap(column.documents());
  if (ranges.size() == 1) {
    const std::uint32_t begin = ranges[0].begin, width = ranges[0].end - ranges[0].begin;
    const auto fits = [=](std::uint32_t value_id) -> std::uint8_t { return value_id - begin < width; };
    return documents_fitting(column, fits);
  }
  std::vector<std::uint8_t> fitting(column.values());
  for (const IdRange& range : ranges) {
    std::fill(fitting.begin() + range.begin, fitting.begin() + range.end, std::uint8_t{1});
  }
  const auto fits = [bytes = fitting.data()](std::uint32_t value_id) { return bytes[value_id]; };
  return documents_fitting(column, fits);
}

Bitmap documents_flagged(const Column& column, std::uint8_t flag) {
  const auto flags = column.all_flags();
  Bitmap found(flags.size());
  const auto words = found.words();
  for (std::size_t document = 0; document < flags.size(); ++document) {
    words[document / 64] |= static_cast<std::uint64_t>((flags[document] & flag) != 0) << (document & 63);
  }
  return found;
}

Bitmap documents_within(const GeoArea& area, const ColumnSet& columns) {
  const GeoPlaces places(columns);
  Bitmap found(columns.documents());
  for (std::uint32_t document = 0; document < columns.documents(); ++document) {
    const auto place = places.find(document);
    if (place && area.contains(*place)) found.set(document);
  }
  return found;
}

Bitmap evaluate_test(const FilterTest& test, const ColumnSet& columns) {
  if (test.area) return documents_within(*test.area, columns);
  const Column* column = columns.find_column(test.attribute);
  if (!column) return Bitmap(columns.documents());
  switch (test.op) {
    case FilterOperator::Exists:
      return documents_flagged(*column, kValueExists);
    case FilterOperator::IsNull:
      return documents_flagged(*column, kValueNull);
    case FilterOperator::IsEmpty:
      return documents_flagged(*column, kValueEmpty);
    default:
      return documents_with(*column, FittingIds(*column, test).ranges());
  }
}

Bitmap evaluate_list(const Filter& filter, const ColumnSet& columns, RequestBudget& budget) {
  if (filter.parts.empty()) return Bitmap(columns.documents(), filter.kind == Filter::Kind::And);
  Bitmap found = evaluate(filter.parts.front(), columns, budget);
  for (std::size_t i = 1; i < filter.parts.size(); ++i) {
    const Bitmap part = evaluate(filter.parts[i], columns, budget);
    filter.kind == Filter::Kind::And ? found &= part : found |= part;
  }
  return found;
}

}  // namespace

Bitmap evaluate(const Filter& filter, const ColumnSet& columns, RequestBudget& budget) {
  budget.check();
  if (filter.kind == Filter::Kind::Test) return evaluate_test(filter.test, columns);
  if (filter.kind != Filter::Kind::Not) return evaluate_list(filter, columns, budget);
  Bitmap found = evaluate(filter.parts.front(), columns, budget);
  found.invert();
  return found;
}

Bitmap evaluate(const Filter& filter, const ColumnSet& columns) {
  RequestBudget no_bounds;
  return evaluate(filter, columns, no_bounds);
}

}  // namespace nunmul
