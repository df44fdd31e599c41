// SPDX-License-Identifier: GPL-2.0-or-later
// Turns a CSV body (RFC 4180) into JSON documents while it arrives. The first line names the fields,
// each optionally typed `name:string`, `name:number` or `name:boolean`. An empty cell is null.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/json_documents.h"

namespace nunmul {

// Pieces may be cut anywhere. Throws Error(MalformedPayload) that names the line and the field, or
// Error(PayloadTooLarge) for a record beyond kMaxDocumentBytes.
class CsvDocuments {
 public:
  CsvDocuments(DocumentSink sink, char delimiter) : sink_(std::move(sink)), delimiter_(delimiter) {}
  void write(std::string_view piece);
  void finish();
  bool blank() const { return fields_.empty(); }  // not even a header so far

 private:
  enum class CellType { Text, Number, Boolean };
  struct Field {
    std::string key;  // as JSON text
    std::string name;
    CellType type = CellType::Text;
  };
  enum class State { CellStart, Plain, Quoted, QuoteInQuoted };

  void take(char c);
  void end_cell();
  void end_record();
  void read_header();
  void write_document();
  void append_cell(std::string& out, const Field& field, std::string_view cell) const;
  std::string json_string(std::string_view text) const;
  [[noreturn]] void fail(const std::string& problem) const;

  DocumentSink sink_;
  char delimiter_;
  State state_ = State::CellStart;
  bool after_return_ = false;  // a line feed right behind belongs to the same line end
  std::uint64_t line_ = 1;
  std::uint64_t record_line_ = 1;  // where the record began
  std::size_t record_bytes_ = 0;
  std::string cell_;
  std::vector<std::string> cells_;
  std::vector<Field> fields_;
  std::string document_;
};

}  // namespace nunmul
