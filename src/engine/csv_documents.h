// SPDX-License-Identifier: GPL-2.0-or-later
// Turns a CSV body (RFC 4180) into JSON documents while it arrives. The first line names the fields,
// each optionally typed `name:string`, `name:number` or `name:boolean`. An empty cell is null.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/csv_records.h"
#include "engine/json_documents.h"

namespace nunmul {

// Pieces may be cut anywhere. Throws Error(MalformedPayload) that names the line and the field, or
// Error(PayloadTooLarge) for a record beyond kMaxDocumentBytes.
class CsvDocuments {
 public:
  CsvDocuments(DocumentSink sink, char delimiter)
      : sink_(std::move(sink)), records_(delimiter, CsvRecords::Quotes::AtStart) {}
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

  void take_record();
  void read_header();
  void write_document();
  void append_cell(std::string& out, const Field& field, std::string_view cell) const;
  std::string json_string(std::string_view text) const;
  [[noreturn]] void fail(const std::string& problem) const;

  DocumentSink sink_;
  CsvRecords records_;
  std::size_t record_bytes_ = 0;
  std::vector<Field> fields_;
  std::string document_;
};

}  // namespace nunmul
