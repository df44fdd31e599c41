// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/csv_documents.h"

#include <charconv>
#include <cmath>

#include "base/ascii_text.h"
#include "base/document_limit.h"
#include "base/error.h"
#include "base/json.h"

namespace nunmul {
namespace {

// Whether JSON would write the number just so; then its digits stay as they are.
bool is_json_number(std::string_view text) {
  const char first = text.empty() ? ' ' : text.front();
  if (first != '-' && (first < '0' || first > '9')) return false;
  return json_problem(text).empty();
}

}  // namespace

void CsvDocuments::write(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t taken = records_.read(piece);
    piece.remove_prefix(taken);
    record_bytes_ += taken;
    if (record_bytes_ > kMaxDocumentBytes)
      throw Error(ErrorCode::PayloadTooLarge, "The record at line " + std::to_string(records_.line()) +
                                                  " of the CSV payload " + too_large_for_document() + ".");
    if (!records_.ended()) continue;
    take_record();
    record_bytes_ = 0;
  }
}

void CsvDocuments::finish() {
  if (records_.in_quotes()) fail("a quote is not closed");
  records_.finish();
  if (records_.ended()) take_record();
}

void CsvDocuments::take_record() {
  if (fields_.empty())
    read_header();
  else
    write_document();
}

void CsvDocuments::read_header() {
  if (records_.cells().size() > kMaxDocumentFields)
    fail("it has more than " + std::to_string(kMaxDocumentFields) + " columns");
  for (const std::string& cell : records_.cells()) {
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
  const std::vector<std::string>& cells = records_.cells();
  if (cells.size() != fields_.size())
    fail("the header has " + std::to_string(fields_.size()) + " fields, the line has " +
         std::to_string(cells.size()));
  document_ = "{";
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (i > 0) document_ += ',';
    document_ += fields_[i].key;
    document_ += ':';
    append_cell(document_, fields_[i], cells[i]);
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
  throw Error(ErrorCode::MalformedPayload, "The CSV payload is malformed at line " +
                                               std::to_string(records_.line()) + ": " + problem + ".");
}

}  // namespace nunmul
