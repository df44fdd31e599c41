// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/json.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "base/error.h"

namespace nunmul {
namespace {

// The binary type of nlohmann never comes out of a JSON text, so it can carry numbers as text.
constexpr std::uint64_t kExactNumber = 1;

// Whether a double written shortest and the text name the same number, digit for digit enough:
// 17 significant digits are all that a double can hold.
bool fits_double(std::string_view text, double value) {
  if (!std::isfinite(value)) return false;
  std::size_t digits = 0;
  bool leading = true;
  for (const char c : text) {
    if (c == 'e' || c == 'E') break;
    if (c < '0' || c > '9') continue;
    if (leading && c == '0') continue;
    leading = false;
    ++digits;
  }
  return digits <= 15;
}

class Builder : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(const JsonLimits& limits) : limits_(limits) {}

  Json take() { return std::move(root_); }
  const std::string& problem() const { return problem_; }
  std::size_t position() const { return position_; }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t& text) override {
    return fits_double(text, value) ? add(value) : add(exact_number(text));
  }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& token, const nlohmann::detail::exception& error) override {
    position_ = position;
    problem_ = error.id == 406 ? "number out of range `" + token + "`" : "unexpected `" + token.substr(0, 40) + "`";
    return false;
  }

 private:
  bool add(Json value) { return place(std::move(value)) != nullptr; }

  bool open(Json value) {
    if (open_.size() >= limits_.max_depth) return fail("more than " + std::to_string(limits_.max_depth) + " nested levels");
    Json* place_of_value = place(std::move(value));
    if (!place_of_value) return false;
    open_.push_back(place_of_value);
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
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& parent = *open_.back();
    if (parent.is_array()) return &parent.emplace_back(std::move(value));
    Json& slot = parent[key_];
    slot = std::move(value);
    return &slot;
  }

  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  JsonLimits limits_;
  Json root_;
  std::vector<Json*> open_;
  std::string key_;
  std::string problem_;
  std::size_t position_ = 0;
  std::size_t nodes_ = 0;
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

// nlohmann's dump, but for numbers kept as text. Depth is bounded by parse_json.
void write(const Json& value, std::string& out) {
  if (value.is_object()) {
    out += '{';
    bool first = true;
    for (const auto& [name, item] : value.items()) {
      if (!first) out += ',';
      first = false;
      write(Json(name), out);
      out += ':';
      write(item, out);
    }
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    bool first = true;
    for (const Json& item : value) {
      if (!first) out += ',';
      first = false;
      write(item, out);
    }
    out += ']';
  } else if (const auto text = exact_number_text(value)) {
    out += *text;
  } else {
    out += value.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

}  // namespace

Json parse_json(std::string_view text, const JsonLimits& limits) {
  Builder builder(limits);
  if (Json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  std::string message = "The JSON text is not valid: " + builder.problem();
  if (builder.position() > 0) message += " at " + place_of(text, builder.position());
  throw Error(ErrorCode::MalformedPayload, message + ".");
}

std::string dump_json(const Json& value) {
  std::string out;
  write(value, out);
  return out;
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
  if (value.is_number_integer()) return value.get<std::int64_t>() < 0 ? "a negative integer" : "a positive integer";
  return "a number";
}

}  // namespace nunmul
