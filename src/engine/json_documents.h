// SPDX-License-Identifier: GPL-2.0-or-later
// Cuts a JSON body (an array of objects, or one object) or an NDJSON body into its documents while it
// arrives, checks each and hands it on as append_compact writes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace nunmul {

using DocumentSink = std::function<void(std::string_view)>;

inline constexpr std::size_t kMaxDocumentDepth = 200;  // nested arrays and objects

// Whether the text is one JSON value of bounded depth. "" if so, else what is wrong.
std::string json_problem(std::string_view text, std::size_t max_depth = kMaxDocumentDepth);

// The text without blanks outside of strings, and with characters in place of escapes that JSON does not need
// there (some clients write all of Korean as \uXXXX): shorter, and readable. Of a text that json_problem
// finds right.
void append_compact(std::string& out, std::string_view json);

// Pieces may be cut anywhere. Throws Error(MalformedPayload), or Error(PayloadTooLarge) for a document beyond
// kMaxDocumentBytes, that says at which document.
class JsonDocuments {
 public:
  explicit JsonDocuments(DocumentSink sink) : sink_(std::move(sink)) {}
  void write(std::string_view piece);
  void finish();
  bool blank() const { return state_ == State::Start; }  // nothing but blanks so far

 private:
  enum class State { Start, FirstOrEnd, Next, AfterDocument, InDocument, End };
  void write_outside(char c);
  std::size_t write_inside(std::string_view rest);  // bytes taken
  void begin_document(char c);
  void end_document();
  [[noreturn]] void fail(const std::string& problem) const;

  DocumentSink sink_;
  State state_ = State::Start;
  bool in_array_ = false;
  bool in_string_ = false;
  bool escaped_ = false;
  std::uint32_t depth_ = 0;
  std::uint64_t documents_ = 0;
  std::string raw_;  // the document so far, as sent
  std::string compact_;
};

// The same for NDJSON; blank lines are skipped.
class NdjsonDocuments {
 public:
  explicit NdjsonDocuments(DocumentSink sink) : sink_(std::move(sink)) {}
  void write(std::string_view piece);
  void finish();
  bool blank() const { return documents_ == 0; }

 private:
  void append(std::string_view piece);
  void take_line(std::string_view line);

  DocumentSink sink_;
  std::uint64_t line_ = 1;
  std::uint64_t documents_ = 0;
  std::string raw_;
  std::string compact_;
};

}  // namespace nunmul
