// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/csv_documents.h"

#include <charconv>
#include <cmath>

#include "base/document_limit.h"
#include "base/error.h"
#include "base/json.h"

namespace nunmul {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// Whether JSON would write the number just so; then its digits stay as they are.
bool is_json_number(std::string_view text) {
  const char first = text.empty() ? ' ' : text.front();
  if (first != '-' && (first < '0' || first > '9')) return false;
  return json_problem(text).empty();
}

}  // namespace

void CsvDocuments::write(std::string_view piece) {
  for (const char c : piece) take(c);
}

void CsvDocuments::take(char c) {
  if (c == '\n' && after_return_) {
    after_return_ = false;
    return;
  }
  after_return_ = false;
  if (++record_bytes_ > kMaxDocumentBytes)
    throw Error(ErrorCode::PayloadTooLarge, "The record at line " + std::to_string(record_line_) +
                                                " of the CSV payload " + too_large_for_document() + ".");
  const bool line_end = c == '\n' || c == '\r';
  if (line_end) ++line_;
  if (state_ == State::Quoted) {
    if (c == '"')
      state_ = State::QuoteInQuoted;
    else
      cell_ += c;
    // The line feed of a pair inside quotes is text and must not be counted twice.
    if (c == '\r') --line_;
    return;
  }
  if (state_ == State::QuoteInQuoted && c == '"') {
    cell_ += c;
    state_ = State::Quoted;
  } else if (state_ == State::CellStart && c == '"') {
    state_ = State::Quoted;
  } else if (c == delimiter_) {
    end_cell();
  } else if (line_end) {
    after_return_ = c == '\r';
    end_record();
  } else {
    cell_ += c;
    state_ = State::Plain;
  }
}

void CsvDocuments::end_cell() {
  cells_.push_back(std::move(cell_));
  cell_.clear();
  state_ = State::CellStart;
}

void CsvDocuments::end_record() {
  const bool blank_line = cells_.empty() && cell_.empty() && state_ == State::CellStart;
  if (!blank_line) {
    end_cell();
    if (fields_.empty())
      read_header();
    else
      write_document();
    cells_.clear();
  }
  record_line_ = line_;
  record_bytes_ = 0;
}

void CsvDocuments::finish() {
  if (state_ == State::Quoted) fail("a quote is not closed");
  end_record();
}

void CsvDocuments::read_header() {
  if (cells_.size() > kMaxDocumentFields)
    fail("it has more than " + std::to_string(kMaxDocumentFields) + " columns");
  for (const std::string& cell : cells_) {
    Field field;
    field.name = cell;
    const std::size_t colon = cell.rfind(':');
    const std::string_view type = colon == std::string::npos ? "" : std::string_view(cell).substr(colon + 1);
    if (type == "string" || type == "number" || type == "boolean") field.name = cell.substr(0, colon);
    if (type == "number") field.type = CellType::Number;
    if (type == "boolean") field.type = CellType::Boolean;
    field.key = json_string(field.name);
    fields_.push_back(std::move(field));
  }
}

void CsvDocuments::write_document() {
  if (cells_.size() != fields_.size())
    fail("the header has " + std::to_string(fields_.size()) + " fields, the line has " +
         std::to_string(cells_.size()));
  document_ = "{";
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (i > 0) document_ += ',';
    document_ += fields_[i].key;
    document_ += ':';
    append_cell(document_, fields_[i], cells_[i]);
  }
  document_ += '}';
  sink_(document_);
}

void CsvDocuments::append_cell(std::string& out, const Field& field, std::string_view cell) const {
  if (field.type == CellType::Text) {
    out += cell.empty() ? "null" : json_string(cell);
    return;
  }
  const std::string_view value = trimmed(cell);
  if (value.empty()) {
    out += "null";
  } else if (field.type == CellType::Boolean) {
    if (value != "true" && value != "false")
      fail("field `" + field.name + "` is no boolean: `" + std::string(cell) + "`");
    out += value;
  } else if (is_json_number(value)) {
    out += value;
  } else {
    double number = 0;
    const char* begin = value.data() + (value.front() == '+' ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || !std::isfinite(number))
      fail("field `" + field.name + "` is no number: `" + std::string(cell) + "`");
    out += dump_json(Json(number));
  }
}

std::string CsvDocuments::json_string(std::string_view text) const {
  try {
    return Json(text).dump();
  } catch (const Json::exception&) {
    fail("it is not UTF-8");
  }
}

void CsvDocuments::fail(const std::string& problem) const {
  throw Error(ErrorCode::MalformedPayload,
              "The CSV payload is malformed at line " + std::to_string(record_line_) + ": " + problem + ".");
}

}  // namespace nunmul
