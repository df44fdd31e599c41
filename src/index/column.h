// SPDX-License-Identifier: GPL-2.0-or-later
// One attribute of all documents of a segment, for filters, facets, sorts and distinct: a sorted
// dictionary of the distinct values, and for each document the value_ids of its values (none, one, or
// several for arrays). Memory-mapped.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "index/binary_file.h"
#include "index/bitmap.h"

namespace nunmul {

enum class ValueKind : std::uint8_t { Number, String, Boolean };

struct ColumnValue {
  ValueKind kind = ValueKind::String;
  double number = 0;          // of numbers, and 0 or 1 of booleans
  std::string_view folded;    // the form that filters compare (compare_form); of a number "", or its digits
                              // if it is an integer beyond those that a double tells apart
  std::string_view original;  // as first stored; the JSON text of a number
};

// Bits about a document's value that no value_id tells; of the values at the path itself, not of the items
// of arrays.
enum ColumnFlags : std::uint8_t { kValueExists = 1, kValueNull = 2, kValueEmpty = 4 };

// Gathers a column in memory. Documents come in rising order from 0; those left out have no value.
class ColumnBuilder {
 public:
  ColumnBuilder();
  ~ColumnBuilder();
  ColumnBuilder(ColumnBuilder&&) noexcept;
  ColumnBuilder& operator=(ColumnBuilder&&) noexcept;

  // All values found at the attribute's path in a document (several where arrays of objects are on the
  // way); arrays are taken apart here, objects count as existing only.
  void add(std::uint32_t document, const std::vector<const Json*>& values);
  // Appends the documents of `other` behind this column's `documents` ones.
  void append(std::uint32_t documents, const ColumnBuilder& other);
  // Adds the column's arrays to the file.
  void write(BinaryFileWriter& file, std::uint32_t documents) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Safe to read from many threads.
class Column {
 public:
  // The column that was added to the file as that number, from 0. The file outlives it. Throws
  // Error(IoError) for one that is damaged beyond use.
  Column(const BinaryFile& file, std::size_t number);

  std::uint32_t documents() const { return static_cast<std::uint32_t>(flags_.size()); }
  // Distinct values: numbers ascending, then booleans, then strings by their folded form.
  std::uint32_t values() const { return static_cast<std::uint32_t>(kinds_.size()); }
  std::uint32_t numbers_end() const {
    return static_cast<std::uint32_t>(numbers_.size());
  }                                                             // the first value_id
  std::uint32_t booleans_end() const { return booleans_end_; }  // behind them
  ColumnValue value(std::uint32_t value_id) const;
  std::string_view folded(std::uint32_t value_id) const { return text(2 * value_id); }
  // The numbers, ascending; several of the same value only where doubles cannot tell integers apart.
  std::span<const double> numbers() const { return numbers_; }

  // Ascending, each once.
  std::span<const std::uint32_t> value_ids(std::uint32_t document) const {
    return value_ids_.subspan(offsets_[document], offsets_[document + 1] - offsets_[document]);
  }
  std::uint8_t flags(std::uint32_t document) const { return flags_[document]; }

  // The arrays themselves, for loops over all documents: document d has all_value_ids()[offsets()[d]]
  // to before offsets()[d + 1].
  std::span<const std::uint32_t> offsets() const { return offsets_; }
  std::span<const std::uint32_t> all_value_ids() const { return value_ids_; }
  std::span<const std::uint8_t> all_flags() const { return flags_; }
  // Whether each document has exactly one value, so that all_value_ids()[d] is document d's.
  bool one_value_each() const { return one_value_each_; }

 private:
  std::string_view text(std::uint32_t number) const {
    return text_.substr(text_offsets_[number], text_offsets_[number + 1] - text_offsets_[number]);
  }

  std::span<const std::uint32_t> offsets_;
  std::span<const std::uint32_t> value_ids_;
  std::span<const std::uint8_t> flags_;
  std::span<const std::uint8_t> kinds_;
  std::span<const double> numbers_;
  std::span<const std::uint32_t> text_offsets_;
  std::string_view text_;
  std::uint32_t booleans_end_ = 0;
  bool one_value_each_ = false;
};

// The columns of one segment by attribute path.
class ColumnSet {
 public:
  virtual ~ColumnSet() = default;
  virtual std::uint32_t documents() const = 0;
  virtual const Column* find_column(std::string_view attribute) const = 0;
  virtual std::vector<std::string> column_names() const = 0;
};

}  // namespace nunmul
