// SPDX-License-Identifier: GPL-2.0-or-later
// The records of CSV (RFC 4180). The text may come in pieces that are cut anywhere. Quoted cells may hold
// delimiters, line ends and doubled quotes. Empty lines are skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

class CsvRecords {
 public:
  // Where a quote opens a cell: at its start only, or behind blanks too, as people write it.
  enum class Quotes { AtStart, BehindBlanks };
  CsvRecords(char delimiter, Quotes quotes) : delimiter_(delimiter), quotes_(quotes) {}

  // Reads up to the end of a record, or all of the text. Returns how many bytes it has read.
  std::size_t read(std::string_view text);
  // At the end of the text, which ends a record, too.
  void finish();

  bool ended() const { return ended_; }  // whether `cells` holds a record; the next `read` begins another
  const std::vector<std::string>& cells() const { return cells_; }
  std::uint64_t line() const { return record_line_; }         // where the record begins, from 1
  bool in_quotes() const { return state_ == State::Quoted; }  // an open quote at the end of the text

 private:
  enum class State { CellStart, Plain, Quoted, QuoteInQuoted };

  void take(char c);
  bool may_open_quote() const;
  void end_cell();
  void end_record();

  char delimiter_;
  Quotes quotes_;
  State state_ = State::CellStart;
  bool after_return_ = false;  // a line feed right behind belongs to the same line end
  bool ended_ = false;
  std::uint64_t line_ = 1;
  std::uint64_t record_line_ = 1;
  std::string cell_;
  std::vector<std::string> cells_;
};

}  // namespace nunmul
