// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/utf8.h"

namespace nunmul {
namespace {

// The memory of a value beside its text, with the allocator's share and what growing arrays leave behind.
constexpr std::size_t kItemBytes = 3 * sizeof(Json);
constexpr std::size_t kFieldBytes = 2 * sizeof(std::pair<const std::string, Json>);
constexpr std::size_t kTextBytes = 48;
constexpr std::size_t kContainerBytes = 48;

// The binary type of nlohmann never comes out of a JSON text, so it can carry numbers as text.
constexpr std::uint64_t kExactNumber = 1;

// Whether a double written shortest and the text name the same number, digit for digit enough:
// 15 significant digits always survive, but for numbers next to zero, which have fewer.
bool fits_double(std::string_view text, double value) {
  std::size_t digits = 0;
  bool leading = true;
  for (const char c : text) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9') continue;
    if (leading && c == '0') continue;
    leading = false;
    ++digits;
  }
  if (digits == 0) return true;
  return std::isnormal(value) && digits <= 15;
}

class Builder : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(const JsonLimits& limits) : limits_(limits) {}

  Json take() { return std::move(root_); }
  bool is_too_large() const { return bytes_ > limits_.max_bytes; }
  const std::string& problem() const { return problem_; }
  std::size_t position() const { return position_; }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t& text) override {
    // A number that a program wrote as a double reads back as the same digits, however many.
    const bool same = fits_double(text, value) || (std::isfinite(value) && Json(value).dump() == text);
    return same ? add(value) : add(exact_number(text));
  }
  bool string(string_t& value) override {
    bytes_ += kTextBytes + value.size();
    return add(std::move(value));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    bytes_ += kFieldBytes + name.size();
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& token,
                   const nlohmann::detail::exception& error) override {
    position_ = position;
    problem_ = (error.id == 406 ? "number out of range `" : "unexpected `") +
               std::string(utf8_prefix(token, 40)) + "`";
    return false;
  }

 private:
  bool add(Json value) { return place(std::move(value)) != nullptr; }

  // A container that is not closed yet. Finding a key among the fields of an object takes a look at
  // each of them, so objects with many fields get an index.
  struct Open {
    Json* value;
    std::unordered_map<std::string, std::size_t> fields;  // key → place; empty for small objects
  };
  static constexpr std::size_t kManyFields = 32;

  bool open(Json value) {
    bytes_ += kContainerBytes;
    if (open_.size() >= limits_.max_depth)
      return fail("more than " + std::to_string(limits_.max_depth) + " nested levels");
    Json* place_of_value = place(std::move(value));
    if (!place_of_value) return false;
    open_.push_back({place_of_value, {}});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  // Pointers into an open container stay valid: only the innermost one grows.
  Json* place(Json value) {
    if (++nodes_ > limits_.max_nodes) {
      fail("more than " + std::to_string(limits_.max_nodes) + " values");
      return nullptr;
    }
    bytes_ += kItemBytes;
    if (bytes_ > limits_.max_bytes) return nullptr;
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Open& parent = open_.back();
    if (parent.value->is_array()) return &parent.value->emplace_back(std::move(value));
    Json& slot = field(parent);
    slot = std::move(value);
    return &slot;
  }

  // The field `key_`, made if it is not there.
  Json& field(Open& parent) {
    auto& object = parent.value->get_ref<Json::object_t&>();
    if (object.size() < kManyFields) return object[key_];
    Json::object_t::Container& fields = object;  // whose own members do not look for keys
    if (parent.fields.empty())
      for (std::size_t i = 0; i < fields.size(); ++i) parent.fields.emplace(fields[i].first, i);
    const auto [found, added] = parent.fields.emplace(key_, fields.size());
    if (added) fields.emplace_back(key_, nullptr);
    return fields[found->second].second;
  }

  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  JsonLimits limits_;
  Json root_;
  std::vector<Open> open_;
  std::string key_;
  std::string problem_;
  std::size_t position_ = 0;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
};

std::string place_of(std::string_view text, std::size_t position) {
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i + 1 < position && i < text.size(); ++i) {
    if (text[i] == '\n') {
      ++line;
      column = 1;
    } else {
      ++column;
    }
  }
  return "line " + std::to_string(line) + " column " + std::to_string(column);
}

// Reads a text and notes how far reading came.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  bool operator==(const CountingIterator& other) const { return at_ == other.at_; }

 private:
  const char* at_;
  const char** reached_;
};

// Where the builder refuses a text that exceeds the limits: nlohmann does not tell its builder places,
// so the text is read once more.
std::size_t place_of_excess(std::string_view text, const JsonLimits& limits) {
  const char* reached = text.data();
  Builder builder(limits);
  Json::sax_parse(CountingIterator(text.data(), &reached),
                  CountingIterator(text.data() + text.size(), &reached), &builder);
  return static_cast<std::size_t>(reached - text.data());
}

std::string_view escape_of(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\b':
      return "\\b";
    case '\f':
      return "\\f";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return "";
  }
}

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

void write_escaped(char c, std::string& out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::string_view escape = escape_of(c);
  out += escape;
  if (escape.empty()) {
    out += "\\u00";
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
}

// Copies as long a run as possible at once.
void write_string(std::string_view text, std::string& out) {
  out += '"';
  std::size_t done = 0, at = 0;
  const auto flush = [&] {
    out.append(text, done, at - done);
    done = ++at;
  };
  while (at < text.size()) {
    const char c = text[at];
    if (needs_escape(c)) {
      flush();
      write_escaped(c, out);
    } else if (is_ascii(c)) {
      ++at;
    } else if (const DecodedChar next = decode_utf8(text, at); next.length > 1) {
      at += next.length;
    } else {
      flush();
      append_utf8(out, kReplacement);
    }
  }
  out.append(text, done);
  out += '"';
}

template <typename Integer>
void write_integer(Integer value, std::string& out) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void write(const Json& value, std::string& out);

void write_object(const Json::object_t& fields, std::string& out) {
  char before = '{';
  for (const auto& [name, item] : fields) {
    out += std::exchange(before, ',');
    write_string(name, out);
    out += ':';
    write(item, out);
  }
  out += fields.empty() ? "{}" : "}";
}

void write_array(const Json::array_t& items, std::string& out) {
  char before = '[';
  for (const Json& item : items) {
    out += std::exchange(before, ',');
    write(item, out);
  }
  out += items.empty() ? "[]" : "]";
}

// Depth is bounded by parse_json.
void write(const Json& value, std::string& out) {
  switch (value.type()) {
    case Json::value_t::object:
      return write_object(value.get_ref<const Json::object_t&>(), out);
    case Json::value_t::array:
      return write_array(value.get_ref<const Json::array_t&>(), out);
    case Json::value_t::string:
      return write_string(value.get_ref<const std::string&>(), out);
    case Json::value_t::number_integer:
      return write_integer(value.get<std::int64_t>(), out);
    case Json::value_t::number_unsigned:
      return write_integer(value.get<std::uint64_t>(), out);
    case Json::value_t::binary:
      out += *exact_number_text(value);
      return;
    default:
      out += value.dump();  // null, booleans, doubles
  }
}

Error refusal(const std::string& problem, std::string_view text, std::size_t position) {
  return Error(ErrorCode::MalformedPayload,
               "The JSON text is not valid: " + problem + " at " + place_of(text, position) + ".");
}

}  // namespace

Json parse_json(std::string_view text, const JsonLimits& limits) {
  // The parser takes a zero byte for the end of its input.
  if (const std::size_t zero = text.find('\0'); zero != text.npos)
    throw refusal("it holds a zero byte", text, zero + 1);
  Builder builder(limits);
  if (Json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  if (builder.is_too_large())
    throw Error(ErrorCode::PayloadTooLarge,
                "The JSON text has so many values that reading it would take more than " +
                    std::to_string(limits.max_bytes) + " bytes of memory: send it in parts.");
  builder.take();  // before the text is read once more
  if (builder.position() > text.size()) throw refusal("it ends too early", text, builder.position());
  throw refusal(builder.problem(), text,
                builder.position() > 0 ? builder.position() : place_of_excess(text, limits));
}

std::string dump_json(const Json& value) {
  std::string out;
  write(value, out);
  return out;
}

void append_field(Json& object, std::string name, Json value) {
  Json::object_t::Container& fields = object.get_ref<Json::object_t&>();
  fields.emplace_back(std::move(name), std::move(value));
}

Json exact_number(std::string text) {
  return Json::binary(std::vector<std::uint8_t>(text.begin(), text.end()), kExactNumber);
}

std::optional<std::string_view> exact_number_text(const Json& value) {
  if (!value.is_binary()) return std::nullopt;
  const auto& bytes = value.get_binary();
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

std::optional<double> number_value(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (const auto text = exact_number_text(value)) return std::strtod(std::string(*text).c_str(), nullptr);
  return std::nullopt;
}

std::string_view json_type_name(const Json& value) {
  if (value.is_null()) return "null";
  if (value.is_boolean()) return "a boolean";
  if (value.is_string()) return "a string";
  if (value.is_array()) return "an array";
  if (value.is_object()) return "an object";
  if (value.is_number_unsigned()) return "a positive integer";
  if (value.is_number_integer())
    return value.get<std::int64_t>() < 0 ? "a negative integer" : "a positive integer";
  return "a number";
}

}  // namespace nunmul
