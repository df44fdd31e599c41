// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/csv_records.h"

#include <utility>

namespace nunmul {

std::size_t CsvRecords::read(std::string_view text) {
  if (std::exchange(ended_, false)) {
    cells_.clear();
    record_line_ = line_;
  }
  std::size_t at = 0;
  while (at < text.size() && !ended_) take(text[at++]);
  return at;
}

void CsvRecords::finish() {
  if (std::exchange(ended_, false)) cells_.clear();
  end_record();
}

void CsvRecords::take(char c) {
  if (std::exchange(after_return_, false) && c == '\n') return;
  if (state_ == State::Quoted) {
    if (c == '\n') ++line_;
    if (c == '"')
      state_ = State::QuoteInQuoted;
    else
      cell_ += c;
  } else if (state_ == State::QuoteInQuoted && c == '"') {
    cell_ += c;
    state_ = State::Quoted;
  } else if (c == '"' && may_open_quote()) {
    cell_.clear();
    state_ = State::Quoted;
  } else if (c == delimiter_) {
    end_cell();
  } else if (c == '\n' || c == '\r') {
    ++line_;
    after_return_ = c == '\r';
    end_record();
  } else {
    cell_ += c;
    state_ = State::Plain;
  }
}

bool CsvRecords::may_open_quote() const {
  if (quotes_ == Quotes::AtStart) return state_ == State::CellStart;
  return cell_.find_first_not_of(" \t") == std::string::npos;
}

void CsvRecords::end_cell() {
  cells_.push_back(std::move(cell_));
  cell_.clear();
  state_ = State::CellStart;
}

void CsvRecords::end_record() {
  ended_ = !cells_.empty() || !cell_.empty() || state_ != State::CellStart;
  if (ended_)
    end_cell();
  else
    record_line_ = line_;
}

}  // namespace nunmul
