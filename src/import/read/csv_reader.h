// SPDX-License-Identifier: GPL-2.0-or-later
// Comma-separated values with a header (RFC 4180): quoted cells may hold commas, doubled quotes and
// newlines. A column may name its type as "year:number", "live:boolean" or "code:string". One that names none
// has numbers if nothing else stands in it, so that years sort as such, and strings if not; ids, names and
// texts are strings. What spreadsheets leave in a table is passed over: empty rows, a caption above the
// header, empty cells behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv_records.h"
#include "base/json.h"
#include "import/words/word_lists.h"

namespace nunmul {

struct CsvRow {
  std::uint32_t line = 0;  // where the row begins, from 1
  Json fields;             // by column; empty cells are left out
};

struct CsvFault {
  std::uint32_t line = 0;
  std::string message;
};

// The character between the cells of the first row: a comma, a semicolon (spreadsheets of many countries) or
// a tabulator; a comma where there is none of them.
char find_csv_delimiter(std::string_view text);

class CsvReader {
 public:
  // Keeps a view of the text and the words, which must outlive it. Throws Error(InvalidInput) for a header
  // without names or with a name twice.
  CsvReader(const WordLists& words, std::string_view text, char delimiter);

  // The next good row, or nothing at the end. Rows that are not good are kept in `faults`.
  std::optional<CsvRow> next();

  const std::vector<CsvFault>& faults() const { return faults_; }

 private:
  struct Column {
    std::string name;
    enum class Type { Unsaid, Text, Number, Boolean } type = Type::Unsaid;
  };
  bool next_record();
  void pass_caption();
  void read_header();
  bool fits_header(const std::vector<std::string>& cells) const;
  void find_numbers();
  Json value_of(const Column& column, const std::string& cell, std::uint32_t line);

  const WordLists& words_;
  std::string_view text_;
  CsvRecords records_;
  std::vector<Column> columns_;
  std::vector<CsvFault> faults_;
};

}  // namespace nunmul
