// SPDX-License-Identifier: GPL-2.0-or-later
// Filters over columns. A test becomes the set of ordinals that fit, found in the sorted dictionary;
// one loop over the documents' ordinals then makes the bitmap, without a branch for each document.
#include <algorithm>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "search/columns/filter.h"
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
    const bool below =
        bound == Bound::Lower ? column.folded(middle) < folded : column.folded(middle) <= folded;
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
      if (!is_integer(digits) || !is_integer(value.folded) || digits == value.folded)
        add(ordinal, ordinal + 1);
    }
  }

  void add_numbers(const FilterTest& test) {
    const std::optional<double> first = test.values.front().number, last = test.values.back().number;
    if (!first || !last) return;
    const std::uint32_t all = column_.numbers_end();
    switch (test.op) {
      case FilterOperator::Less:
        return add(0, number_bound(column_, *first, Bound::Lower));
      case FilterOperator::LessOrEqual:
        return add(0, number_bound(column_, *first, Bound::Upper));
      case FilterOperator::Greater:
        return add(number_bound(column_, *first, Bound::Upper), all);
      case FilterOperator::GreaterOrEqual:
        return add(number_bound(column_, *first, Bound::Lower), all);
      default:
        return add(number_bound(column_, *first, Bound::Lower), number_bound(column_, *last, Bound::Upper));
    }
  }

  void add_strings(const FilterTest& test) {
    const std::string &first = test.values.front().folded, &last = test.values.back().folded;
    const std::uint32_t none = column_.booleans_end(), all = column_.values();
    switch (test.op) {
      case FilterOperator::Less:
        return add(none, string_bound(column_, first, Bound::Lower));
      case FilterOperator::LessOrEqual:
        return add(none, string_bound(column_, first, Bound::Upper));
      case FilterOperator::Greater:
        return add(string_bound(column_, first, Bound::Upper), all);
      case FilterOperator::GreaterOrEqual:
        return add(string_bound(column_, first, Bound::Lower), all);
      default:
        return add(string_bound(column_, first, Bound::Lower), string_bound(column_, last, Bound::Upper));
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
    std::uint32_t ordinal =
        op == FilterOperator::StartsWith ? string_bound(column_, part, Bound::Lower) : column_.booleans_end();
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

// Eight bytes of 0 or 1 as eight bits.
std::uint64_t packed(const std::uint8_t* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return (word * 0x0102040810204080ULL) >> 56;
}

// The places of an array whose ordinal fits, in a set that is larger by a margin; `fits` gives 0 or 1.
// Loops of a known length without branches, which the compiler turns into vector instructions.
template <typename Fits>
Bitmap fitting_places(std::span<const std::uint32_t> ordinals, std::size_t margin, Fits fits) {
  Bitmap found(ordinals.size() + margin);
  const auto words = found.words();
  std::uint8_t bytes[64];
  for (std::size_t begin = 0; begin < ordinals.size(); begin += 64) {
    const std::uint32_t* block = ordinals.data() + begin;
    if (ordinals.size() - begin >= 64) {
      for (int i = 0; i < 64; ++i) bytes[i] = fits(block[i]);
    } else {
      std::fill(std::begin(bytes), std::end(bytes), std::uint8_t{0});
      for (std::size_t i = 0; i < ordinals.size() - begin; ++i) bytes[i] = fits(block[i]);
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

// From places among the ordinals to the documents they belong to. Documents have few values, and all
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
  if (column.one_value_each()) return fitting_places(column.all_ordinals(), 0, fits);
  return documents_of(column, fitting_places(column.all_ordinals(), kMargin, fits));
}

Bitmap documents_with(const Column& column, const std::vector<OrdinalRange>& ranges) {
  if (ranges.empty()) return Bitmap(column.documents());
  if (ranges.size() == 1) {
    const std::uint32_t begin = ranges[0].begin, width = ranges[0].end - ranges[0].begin;
    const auto fits = [=](std::uint32_t ordinal) -> std::uint8_t { return ordinal - begin < width; };
    return documents_fitting(column, fits);
  }
  std::vector<std::uint8_t> fitting(column.values());
  for (const OrdinalRange& range : ranges) {
    std::fill(fitting.begin() + range.begin, fitting.begin() + range.end, std::uint8_t{1});
  }
  const auto fits = [bytes = fitting.data()](std::uint32_t ordinal) { return bytes[ordinal]; };
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
      return documents_with(*column, FittingOrdinals(*column, test).ranges());
  }
}

Bitmap evaluate_list(const Filter& filter, const ColumnSet& columns, RequestBudget& budget) {
  if (filter.parts.empty()) return Bitmap(columns.documents(), filter.kind == Filter::Kind::And);
  Bitmap found = evaluate(filter.parts.front(), columns, budget);
  for (std::size_t i = 1; i < filter.parts.size(); ++i) {
    if (filter.kind == Filter::Kind::And) {
      found &= evaluate(filter.parts[i], columns, budget);
    } else {
      found |= evaluate(filter.parts[i], columns, budget);
    }
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
