// SPDX-License-Identifier: GPL-2.0-or-later
// Filters over columns. A test becomes the set of ordinals that fit, found in the sorted dictionary;
// one loop over the documents' ordinals then makes the bitmap, without a branch for each document.
#include <algorithm>
#include <utility>
#include <vector>

#include "search/filter.h"
#include "text/compare_form.h"
#include "text/utf8.h"

namespace nunmul {
namespace {

struct OrdinalRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// The first string of the column that is not below `folded` (Lower) or is above it (Upper).
enum class Bound { Lower, Upper };

std::uint32_t string_bound(const Column& column, std::string_view folded, Bound bound) {
  std::uint32_t begin = column.booleans_end(), end = column.values();
  while (begin < end) {
    const std::uint32_t middle = begin + (end - begin) / 2;
    const bool below = bound == Bound::Lower ? column.folded(middle) < folded : column.folded(middle) <= folded;
    if (below) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
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

// The ordinals of a column that fit a test.
class FittingOrdinals {
 public:
  FittingOrdinals(const Column& column, const FilterTest& test) : column_(column) { gather(test); }

  // Not empty, not touching, in no order.
  const std::vector<OrdinalRange>& ranges() const { return ranges_; }

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
    for (std::uint32_t ordinal = column_.numbers_end(); ordinal < column_.booleans_end(); ++ordinal) {
      if (column_.folded(ordinal) == value.folded) add(ordinal, ordinal + 1);
    }
    const std::uint32_t place = string_bound(column_, value.folded, Bound::Lower);
    if (place < column_.values() && column_.folded(place) == value.folded) add(place, place + 1);
  }

  // Integers that share a double are compared by their digits.
  void add_equal_numbers(const FilterValue& value) {
    const std::uint32_t begin = number_bound(column_, *value.number, Bound::Lower);
    const std::uint32_t end = number_bound(column_, *value.number, Bound::Upper);
    for (std::uint32_t ordinal = begin; ordinal < end; ++ordinal) {
      const std::string_view digits = column_.folded(ordinal);
      if (!is_integer(digits) || !is_integer(value.folded) || digits == value.folded) add(ordinal, ordinal + 1);
    }
  }

  void add_numbers(const FilterTest& test) {
    const std::optional<double> first = test.values.front().number, last = test.values.back().number;
    if (!first || !last) return;
    const std::uint32_t all = column_.numbers_end();
    switch (test.op) {
      case FilterOperator::Less: return add(0, number_bound(column_, *first, Bound::Lower));
      case FilterOperator::LessOrEqual: return add(0, number_bound(column_, *first, Bound::Upper));
      case FilterOperator::Greater: return add(number_bound(column_, *first, Bound::Upper), all);
      case FilterOperator::GreaterOrEqual: return add(number_bound(column_, *first, Bound::Lower), all);
      default: return add(number_bound(column_, *first, Bound::Lower), number_bound(column_, *last, Bound::Upper));
    }
  }

  void add_strings(const FilterTest& test) {
    const std::string &first = test.values.front().folded, &last = test.values.back().folded;
    const std::uint32_t none = column_.booleans_end(), all = column_.values();
    switch (test.op) {
      case FilterOperator::Less: return add(none, string_bound(column_, first, Bound::Lower));
      case FilterOperator::LessOrEqual: return add(none, string_bound(column_, first, Bound::Upper));
      case FilterOperator::Greater: return add(string_bound(column_, first, Bound::Upper), all);
      case FilterOperator::GreaterOrEqual: return add(string_bound(column_, first, Bound::Lower), all);
      default: return add(string_bound(column_, first, Bound::Lower), string_bound(column_, last, Bound::Upper));
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
    std::uint32_t ordinal = op == FilterOperator::StartsWith ? string_bound(column_, part, Bound::Lower) : column_.booleans_end();
    for (; ordinal < column_.values(); ++ordinal) {
      const std::string_view text = column_.folded(ordinal);
      if (op == FilterOperator::StartsWith && !text.starts_with(part)) break;
      if (!has_part(text, part, op)) continue;
      if (!ranges_.empty() && ranges_.back().end == ordinal) {
        ++ranges_.back().end;
      } else {
        add(ordinal, ordinal + 1);
      }
    }
  }

  const Column& column_;
  std::vector<OrdinalRange> ranges_;
};

// Calls fits(ordinal) → 0 or 1 for the ordinals of every document.
template <typename Fits>
Bitmap scan(const Column& column, Fits fits) {
  const std::uint32_t documents = column.documents();
  const std::uint32_t* ordinals = column.all_ordinals().data();
  const std::uint32_t* offsets = column.offsets().data();
  Bitmap found(documents);
  const auto words = found.words();
  for (std::uint32_t begin = 0; begin < documents; begin += 64) {
    const std::uint32_t count = std::min(documents - begin, 64U);
    std::uint64_t word = 0;
    if (column.one_value_each()) {
      for (std::uint32_t bit = 0; bit < count; ++bit) word |= fits(ordinals[begin + bit]) << bit;
    } else {
      std::uint32_t at = offsets[begin];
      for (std::uint32_t bit = 0; bit < count; ++bit) {
        for (const std::uint32_t end = offsets[begin + bit + 1]; at < end; ++at) word |= fits(ordinals[at]) << bit;
      }
    }
    words[begin / 64] = word;
  }
  return found;
}

Bitmap documents_with(const Column& column, const std::vector<OrdinalRange>& ranges) {
  if (ranges.empty()) return Bitmap(column.documents());
  if (ranges.size() == 1) {
    const std::uint32_t begin = ranges[0].begin, width = ranges[0].end - ranges[0].begin;
    return scan(column, [=](std::uint32_t ordinal) -> std::uint64_t { return ordinal - begin < width; });
  }
  Bitmap fitting(column.values());
  for (const OrdinalRange& range : ranges) {
    for (std::uint32_t ordinal = range.begin; ordinal < range.end; ++ordinal) fitting.set(ordinal);
  }
  const std::uint64_t* bits = fitting.words().data();
  return scan(column, [=](std::uint32_t ordinal) { return bits[ordinal >> 6] >> (ordinal & 63) & 1; });
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

Bitmap evaluate_test(const FilterTest& test, const ColumnSet& columns) {
  const Column* column = columns.find_column(test.attribute);
  if (!column) return Bitmap(columns.documents());
  switch (test.op) {
    case FilterOperator::Exists: return documents_flagged(*column, kValueExists);
    case FilterOperator::IsNull: return documents_flagged(*column, kValueNull);
    case FilterOperator::IsEmpty: return documents_flagged(*column, kValueEmpty);
    default: return documents_with(*column, FittingOrdinals(*column, test).ranges());
  }
}

Bitmap evaluate_list(const Filter& filter, const ColumnSet& columns) {
  if (filter.parts.empty()) return Bitmap(columns.documents(), filter.kind == Filter::Kind::And);
  Bitmap found = evaluate(filter.parts.front(), columns);
  for (std::size_t i = 1; i < filter.parts.size(); ++i) {
    if (filter.kind == Filter::Kind::And) {
      found &= evaluate(filter.parts[i], columns);
    } else {
      found |= evaluate(filter.parts[i], columns);
    }
  }
  return found;
}

}  // namespace

Bitmap evaluate(const Filter& filter, const ColumnSet& columns) {
  if (filter.kind == Filter::Kind::Test) return evaluate_test(filter.test, columns);
  if (filter.kind != Filter::Kind::Not) return evaluate_list(filter, columns);
  Bitmap found = evaluate(filter.parts.front(), columns);
  found.invert();
  return found;
}

}  // namespace nunmul
