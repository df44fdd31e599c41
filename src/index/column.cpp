// SPDX-License-Identifier: GPL-2.0-or-later
// A column's file is a BinaryFile of these arrays:
//   0  offsets       u32  documents + 1: where a document's value_ids begin in 1
//   1  value_ids      u32  of one document ascending, each once
//   2  flags         u8   documents: ColumnFlags
//   3  kinds         u8   values: ValueKind, with kSameText
//   4  numbers       f64  of the values that are numbers, which come first
//   5  text offsets  u32  2 * values + 1: folded and original text of each value begin there in 6
//   6  text
//   7  shape         u32  two: where the booleans end among the values; 1 if each document has one value
#include "index/column.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <unordered_map>

#include "base/error.h"
#include "text/compare_form.h"

namespace nunmul {
namespace {

// The original is written the same as the folded text, and stored once.
constexpr std::uint8_t kSameText = 0x80;

// From here on neighbouring integers share a double, and are told apart by their digits.
constexpr double kLargestExactInteger = 9007199254740992.0;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using TextNumbers = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

// A value under the number that its first appearance gave it.
struct GatheredValue {
  ValueKind kind = ValueKind::String;
  double number = 0;
  std::string_view folded;  // a key of one of the maps, which do not move their keys
  std::string original;     // empty if the same as folded
};

int kind_order(ValueKind kind) { return kind == ValueKind::Number ? 0 : kind == ValueKind::Boolean ? 1 : 2; }

// The first eight bytes as a number that sorts like them: most comparisons need no more.
std::uint64_t sort_prefix(std::string_view text) {
  std::uint64_t prefix = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    prefix = prefix << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return prefix;
}

}  // namespace

struct ColumnBuilder::Impl {
  std::vector<GatheredValue> values;
  TextNumbers by_folded;                                       // strings
  TextNumbers by_original;                                     // strings that are not their own folded form
  TextNumbers by_digits;                                       // integers that a double cannot hold
  std::unordered_map<std::uint64_t, std::uint32_t> by_number;  // by the bits of the double
  std::uint32_t booleans[2] = {kNone, kNone};

  std::vector<std::uint32_t> starts;   // of a document's numbers in `numbers`
  std::vector<std::uint32_t> numbers;  // of values, in the order of appearance, perhaps repeated
  std::vector<std::uint8_t> flags;

  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  // The values of `document` follow.
  void begin(std::uint32_t document) {
    starts.resize(std::max<std::size_t>(starts.size(), document + 1),
                  static_cast<std::uint32_t>(numbers.size()));
    flags.resize(std::max<std::size_t>(flags.size(), document + 1), 0);
  }

  void add(const Json& value) {
    if (value.is_array()) {
      for (const Json& item : value) add(item);
    } else if (const auto number = number_of(value); number != kNone) {
      numbers.push_back(number);
    }
  }

  std::uint32_t number_of(const Json& value) {
    if (value.is_string()) return string_number(value.get_ref<const std::string&>());
    if (value.is_boolean()) return boolean_number(value.get<bool>());
    if (const auto number = number_value(value)) return number_number(value, *number);
    return kNone;
  }

  std::uint32_t append_value(ValueKind kind, double number, std::string_view folded, std::string original) {
    values.push_back({kind, number, folded, folded == original ? std::string() : std::move(original)});
    return static_cast<std::uint32_t>(values.size() - 1);
  }

  std::uint32_t string_number(const std::string& text) {
    if (const auto known = by_folded.find(text); known != by_folded.end()) return known->second;
    if (const auto known = by_original.find(text); known != by_original.end()) return known->second;
    const std::string folded = compare_form(text);
    const std::uint32_t number = folded_number(folded, text);
    if (folded != text) by_original.emplace(text, number);
    return number;
  }

  std::uint32_t folded_number(std::string_view folded, const std::string& original) {
    if (const auto known = by_folded.find(folded); known != by_folded.end()) return known->second;
    const auto place = by_folded.emplace(folded, static_cast<std::uint32_t>(values.size())).first;
    return append_value(ValueKind::String, 0, place->first, original);
  }

  std::uint32_t boolean_number(bool value) {
    std::uint32_t& number = booleans[value ? 1 : 0];
    if (number == kNone)
      number =
          append_value(ValueKind::Boolean, value ? 1 : 0, value ? "true" : "false", value ? "true" : "false");
    return number;
  }

  std::uint32_t number_number(const Json& value, double number) {
    if (number == 0) number = 0;  // -0 too
    if (std::abs(number) >= kLargestExactInteger) return digits_number(dump_json(value), number);
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    const auto [place, added] = by_number.emplace(bits, static_cast<std::uint32_t>(values.size()));
    if (added) append_value(ValueKind::Number, number, {}, dump_json(value));
    return place->second;
  }

  std::uint32_t digits_number(const std::string& digits, double number) {
    const auto [place, added] = by_digits.emplace(digits, static_cast<std::uint32_t>(values.size()));
    if (added) append_value(ValueKind::Number, number, place->first, digits);
    return place->second;
  }

  // The number of a value of another builder.
  std::uint32_t adopt(const GatheredValue& value) {
    const std::string original = value.original.empty() ? std::string(value.folded) : value.original;
    if (value.kind == ValueKind::Boolean) return boolean_number(value.number != 0);
    if (value.kind == ValueKind::String) return folded_number(value.folded, original);
    if (!value.folded.empty()) return digits_number(original, value.number);
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value.number, sizeof bits);
    const auto [place, added] = by_number.emplace(bits, static_cast<std::uint32_t>(values.size()));
    if (added) append_value(ValueKind::Number, value.number, {}, original);
    return place->second;
  }

  // The numbers of the values in the order of their value_ids.
  std::vector<std::uint32_t> sorted() const {
    std::vector<std::uint64_t> prefixes(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) prefixes[i] = sort_prefix(values[i].folded);
    std::vector<std::uint32_t> order(values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      const GatheredValue &left = values[a], &right = values[b];
      if (left.kind != right.kind) return kind_order(left.kind) < kind_order(right.kind);
      if (left.kind == ValueKind::Number && left.number != right.number) return left.number < right.number;
      if (prefixes[a] != prefixes[b]) return prefixes[a] < prefixes[b];
      return left.folded < right.folded;
    });
    return order;
  }
};

ColumnBuilder::ColumnBuilder() : impl_(std::make_unique<Impl>()) {}
ColumnBuilder::~ColumnBuilder() = default;
ColumnBuilder::ColumnBuilder(ColumnBuilder&&) noexcept = default;
ColumnBuilder& ColumnBuilder::operator=(ColumnBuilder&&) noexcept = default;

namespace {

std::uint8_t flags_of(const Json& value) {
  if (value.is_null()) return kValueExists | kValueNull;
  const bool empty = value.is_string() ? value.get_ref<const std::string&>().empty()
                                       : value.is_structured() && value.empty();
  return empty ? kValueExists | kValueEmpty : kValueExists;
}

}  // namespace

void ColumnBuilder::add(std::uint32_t document, const std::vector<const Json*>& values) {
  impl_->begin(document);
  for (const Json* value : values) {
    impl_->flags[document] |= flags_of(*value);
    impl_->add(*value);
  }
}

void ColumnBuilder::append(std::uint32_t documents, const ColumnBuilder& other) {
  std::vector<std::uint32_t> numbers(other.impl_->values.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = impl_->adopt(other.impl_->values[i]);
  if (documents > 0) impl_->begin(documents - 1);
  const auto before = static_cast<std::uint32_t>(impl_->numbers.size());
  for (const std::uint32_t start : other.impl_->starts) impl_->starts.push_back(before + start);
  for (const std::uint32_t number : other.impl_->numbers) impl_->numbers.push_back(numbers[number]);
  impl_->flags.insert(impl_->flags.end(), other.impl_->flags.begin(), other.impl_->flags.end());
}

namespace {

void append_text(std::string& text, std::vector<std::uint32_t>& offsets, std::string_view part) {
  if (text.size() + part.size() > 0xFFFFFFFFU) {
    throw Error(ErrorCode::IoError, "The distinct values of one attribute hold more than 4 GB of text.");
  }
  text += part;
  offsets.push_back(static_cast<std::uint32_t>(text.size()));
}

// The arrays that loops over documents write: value_ids with their offsets, and whether there is one each.
struct DocumentArrays {
  std::vector<std::uint32_t> offsets{0};
  std::vector<std::uint32_t> value_ids;
  bool one_value_each = true;

  void add(std::span<const std::uint32_t> numbers, const std::vector<std::uint32_t>& value_id_of) {
    const auto begin = static_cast<std::ptrdiff_t>(value_ids.size());
    for (const std::uint32_t number : numbers) value_ids.push_back(value_id_of[number]);
    if (numbers.size() > 1) {
      std::sort(value_ids.begin() + begin, value_ids.end());
      value_ids.erase(std::unique(value_ids.begin() + begin, value_ids.end()), value_ids.end());
    }
    offsets.push_back(static_cast<std::uint32_t>(value_ids.size()));
    one_value_each = one_value_each && static_cast<std::ptrdiff_t>(value_ids.size()) == begin + 1;
  }
};

}  // namespace

void ColumnBuilder::write(BinaryFileWriter& writer, std::uint32_t documents) const {
  const Impl& built = *impl_;
  const std::vector<std::uint32_t> order = built.sorted();
  std::vector<std::uint32_t> value_id_of(order.size());
  std::vector<std::uint8_t> kinds;
  std::vector<double> numbers;
  std::vector<std::uint32_t> text_offsets{0};
  std::string text;
  std::uint32_t booleans_end = 0;
  for (std::uint32_t value_id = 0; value_id < order.size(); ++value_id) {
    const GatheredValue& value = built.values[order[value_id]];
    value_id_of[order[value_id]] = value_id;
    kinds.push_back(static_cast<std::uint8_t>(static_cast<std::uint8_t>(value.kind) |
                                              (value.original.empty() ? kSameText : 0)));
    if (value.kind == ValueKind::Number) numbers.push_back(value.number);
    if (value.kind != ValueKind::String) booleans_end = value_id + 1;
    append_text(text, text_offsets, value.folded);
    append_text(text, text_offsets, value.original);
  }

  DocumentArrays arrays;
  for (std::uint32_t document = 0; document < documents; ++document) {
    const auto at = [&](std::size_t i) {
      return i < built.starts.size() ? built.starts[i] : built.numbers.size();
    };
    const std::size_t begin = at(document), end = at(document + 1);
    arrays.add(std::span(built.numbers).subspan(begin, end - begin), value_id_of);
  }
  std::vector<std::uint8_t> flags = built.flags;
  flags.resize(documents, 0);

  writer.add(arrays.offsets);
  writer.add(arrays.value_ids);
  writer.add(flags);
  writer.add(kinds);
  writer.add(numbers);
  writer.add(text_offsets);
  writer.begin_array();
  writer.append(text);
  writer.add(std::vector<std::uint32_t>{booleans_end, arrays.one_value_each ? 1U : 0U});
}

Column::Column(const BinaryFile& file, std::size_t number) {
  constexpr std::size_t kArrays = 8;  // that write() adds
  const std::size_t first = number * kArrays;
  offsets_ = file.array<std::uint32_t>(first);
  value_ids_ = file.array<std::uint32_t>(first + 1);
  flags_ = file.array<std::uint8_t>(first + 2);
  kinds_ = file.array<std::uint8_t>(first + 3);
  numbers_ = file.array<double>(first + 4);
  text_offsets_ = file.array<std::uint32_t>(first + 5);
  text_ = file.array_bytes(first + 6);
  const auto shape = file.array<std::uint32_t>(first + 7);
  // Only what is cheap; the bytes are guarded by the segment's checksums.
  const bool good = offsets_.size() == flags_.size() + 1 && offsets_.back() == value_ids_.size() &&
                    text_offsets_.size() == 2 * kinds_.size() + 1 && text_offsets_.back() == text_.size() &&
                    numbers_.size() <= kinds_.size() && shape.size() == 2 && shape[0] <= kinds_.size();
  if (!good) throw Error(ErrorCode::IoError, "The file " + file.path().string() + " is damaged.");
  booleans_end_ = shape[0];
  one_value_each_ = shape[1] != 0 && value_ids_.size() == flags_.size();
}

ColumnValue Column::value(std::uint32_t value_id) const {
  ColumnValue value;
  value.kind = static_cast<ValueKind>(kinds_[value_id] & ~kSameText);
  value.folded = folded(value_id);
  value.original = (kinds_[value_id] & kSameText) ? value.folded : text(2 * value_id + 1);
  if (value.kind == ValueKind::Number) value.number = numbers_[value_id];
  if (value.kind == ValueKind::Boolean) value.number = value.folded == "true" ? 1 : 0;
  return value;
}

}  // namespace nunmul
