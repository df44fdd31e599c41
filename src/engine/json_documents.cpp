// SPDX-License-Identifier: GPL-2.0-or-later
#include "engine/json_documents.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/document_limit.h"
#include "base/error.h"
#include "base/utf8.h"

namespace nunmul {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Keeps nothing but the problem.
class Checker : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Checker(std::size_t max_depth) : max_depth_(max_depth) {}

  std::string problem;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return false; }
  bool key(string_t&) override { return true; }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception& error) override {
    if (error.id == 406)
      problem = "number out of range `" + token + "`";
    else
      problem = "unexpected `" + token.substr(0, 40) + "` at byte " + std::to_string(position);
    return false;
  }

 private:
  const std::size_t max_depth_;
  std::size_t depth_ = 0;
  bool open() {
    if (++depth_ <= max_depth_) return true;
    problem = "more than " + std::to_string(max_depth_) + " nested levels";
    return false;
  }
  bool close() {
    --depth_;
    return true;
  }
};

char32_t hex_code(std::string_view digits) {
  std::uint32_t code = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  return code;
}

// Appends what an escape stands for, or the escape where JSON needs one there; how many bytes were read. The
// text is right: surrogates come in pairs.
std::size_t append_escape(std::string& out, std::string_view escape) {
  if (escape[1] == '/') {
    out += '/';
    return 2;
  }
  if (escape[1] != 'u') {
    out += escape.substr(0, 2);
    return 2;
  }
  constexpr std::size_t kUnit = 6;  // bytes of \uXXXX
  const char32_t unit = hex_code(escape.substr(2, 4));
  if (unit < 0x20 || unit == '"' || unit == '\\') {
    out += escape.substr(0, kUnit);
    return kUnit;
  }
  const bool is_pair = unit >= 0xD800 && unit <= 0xDBFF;
  const char32_t low = is_pair ? hex_code(escape.substr(kUnit + 2, 4)) : 0;
  append_utf8(out, is_pair ? 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00) : unit);
  return is_pair ? 2 * kUnit : kUnit;
}

[[noreturn]] void refuse_size(const std::string& document) {
  throw Error(ErrorCode::PayloadTooLarge, document + " " + too_large_for_document() + ".");
}

}  // namespace

std::string json_problem(std::string_view text, std::size_t max_depth) {
  // The parser takes a zero byte for the end of the text and would not look at what follows.
  if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos)
    return "unexpected zero byte at byte " + std::to_string(zero + 1);
  Checker checker(max_depth);
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &checker)) return "";
  return checker.problem.empty() ? "not JSON" : checker.problem;
}

void append_compact(std::string& out, std::string_view json) {
  bool in_string = false;
  for (std::size_t i = 0; i < json.size();) {
    const char c = json[i];
    if (in_string && c == '\\') {
      i += append_escape(out, json.substr(i));
      continue;
    }
    if (in_string || !is_blank(c)) out += c;
    if (c == '"') in_string = !in_string;
    ++i;
  }
}

void JsonDocuments::write(std::string_view piece) {
  while (!piece.empty()) {
    if (state_ == State::InDocument) {
      piece.remove_prefix(write_inside(piece));
    } else {
      write_outside(piece.front());
      piece.remove_prefix(1);
    }
  }
}

void JsonDocuments::write_outside(char c) {
  if (is_blank(c)) return;
  switch (state_) {
    case State::Start:
      if (c == '[') {
        in_array_ = true;
        state_ = State::FirstOrEnd;
        return;
      }
      return begin_document(c);
    case State::FirstOrEnd:
      if (c == ']') {
        state_ = State::End;
        return;
      }
      return begin_document(c);
    case State::Next:
      return begin_document(c);
    case State::AfterDocument:
      if (c == ',')
        state_ = State::Next;
      else if (c == ']')
        state_ = State::End;
      else
        fail("expected `,` or `]` behind it");
      return;
    default:
      fail("found more behind the end of the JSON value");
  }
}

void JsonDocuments::begin_document(char c) {
  if (c != '{') fail("expected an object");
  state_ = State::InDocument;
  depth_ = 1;
  raw_.assign(1, c);
}

std::size_t JsonDocuments::write_inside(std::string_view rest) {
  std::size_t i = 0;
  while (i < rest.size() && depth_ > 0) {
    const char c = rest[i++];
    if (escaped_)
      escaped_ = false;
    else if (c == '"')
      in_string_ = !in_string_;
    else if (in_string_)
      escaped_ = c == '\\';
    else if (c == '{' || c == '[')
      ++depth_;
    else if (c == '}' || c == ']')
      --depth_;
  }
  if (raw_.size() + i > kMaxDocumentBytes)
    refuse_size("Document " + std::to_string(documents_) + " of the JSON payload");
  raw_.append(rest.substr(0, i));
  if (depth_ == 0) end_document();
  return i;
}

void JsonDocuments::end_document() {
  if (const std::string problem = json_problem(raw_); !problem.empty()) fail(problem);
  compact_.clear();
  append_compact(compact_, raw_);
  sink_(compact_);
  ++documents_;
  state_ = in_array_ ? State::AfterDocument : State::End;
}

void JsonDocuments::finish() {
  if (state_ == State::InDocument) {
    // The text may be wrong long before its end; then say so.
    const std::string problem = json_problem(raw_);
    fail(problem.empty() ? "the text ends inside it" : problem);
  }
  if (state_ != State::End) fail("the text ends before the JSON value does");
}

void JsonDocuments::fail(const std::string& problem) const {
  throw Error(ErrorCode::MalformedPayload, "The JSON payload is malformed at document " +
                                               std::to_string(documents_) + ": " + problem + ".");
}

void NdjsonDocuments::write(std::string_view piece) {
  for (;;) {
    const std::size_t end = piece.find('\n');
    if (end == std::string_view::npos) break;
    append(piece.substr(0, end));
    take_line(raw_);
    raw_.clear();
    ++line_;
    piece.remove_prefix(end + 1);
  }
  append(piece);
}

void NdjsonDocuments::append(std::string_view piece) {
  if (raw_.size() + piece.size() > kMaxDocumentBytes)
    refuse_size("Line " + std::to_string(line_) + " of the NDJSON payload");
  raw_.append(piece);
}

void NdjsonDocuments::finish() {
  take_line(raw_);
  raw_.clear();
}

void NdjsonDocuments::take_line(std::string_view line) {
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  if (line.empty()) return;
  std::string problem = json_problem(line);
  if (problem.empty() && line.front() != '{') problem = "expected an object";
  if (!problem.empty())
    throw Error(ErrorCode::MalformedPayload,
                "The NDJSON payload is malformed at line " + std::to_string(line_) + ": " + problem + ".");
  compact_.clear();
  append_compact(compact_, line);
  sink_(compact_);
  ++documents_;
}

}  // namespace nunmul
