// SPDX-License-Identifier: GPL-2.0-or-later
// One attribute of all documents of a segment, for filters, facets, sorts and distinct: a sorted
// dictionary of the distinct values, and for each document the ordinals of its values (none, one, or
// several for arrays). Memory-mapped.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "index/bitmap.h"

namespace nunmul {

enum class ValueKind : std::uint8_t { Number, String, Boolean };

struct ColumnValue {
  ValueKind kind = ValueKind::String;
  double number = 0;          // of numbers, and 0 or 1 of booleans
  std::string_view folded;    // the form that filters compare (trimmed, compatibility-decomposed, lower-case)
  std::string_view original;  // as first stored; the JSON text of a number
};

// Bits about a document's value that no ordinal tells.
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
  // Writes the file (synced by the caller with its folder).
  void write(const std::filesystem::path& file, std::uint32_t documents) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Safe to read from many threads. Views live as long as the column.
class Column {
 public:
  // Throws Error(IoError) for a file that is damaged beyond use.
  explicit Column(const std::filesystem::path& file);

  std::uint32_t documents() const;
  // Distinct values: numbers ascending, then booleans, then strings by their folded form.
  std::uint32_t values() const;
  ColumnValue value(std::uint32_t ordinal) const;
  // Ascending, each once.
  std::span<const std::uint32_t> ordinals(std::uint32_t document) const;
  std::uint8_t flags(std::uint32_t document) const;

 private:
  MappedFile file_;
  struct Layout {
    std::uint32_t documents = 0, values = 0;
    const std::uint32_t* offsets = nullptr;
    const std::uint32_t* ordinals = nullptr;
    const std::uint8_t* flags = nullptr;
    const std::uint8_t* kinds = nullptr;
    const double* numbers = nullptr;
    const std::uint32_t* text_offsets = nullptr;  // two a value: folded, original
    const char* text = nullptr;
  } layout_;
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
