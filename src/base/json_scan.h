// SPDX-License-Identifier: GPL-2.0-or-later
// Walks the text of a valid JSON value without making a tree, so that parts of a document can be
// answered exactly as they were sent.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nunmul {

// A field of an object: its name, and the texts of name (with its quotes) and value.
struct JsonField {
  std::string name;
  std::string_view name_text;
  std::string_view value;
};

// The fields of an object text, or the items of an array text, one after the other. Text that
// parse_json would refuse ends the walk early or gives odd parts, but is never read past its end.
class JsonWalker {
 public:
  // A view of an object or array; white space around it is skipped.
  explicit JsonWalker(std::string_view text);

  bool is_object() const { return text_.starts_with('{'); }
  bool is_array() const { return text_.starts_with('['); }

  std::optional<JsonField> next_field();        // of an object
  std::optional<std::string_view> next_item();  // of an array

 private:
  bool at_next();
  std::string_view take_value();
  std::string_view take_string();
  void skip_space();

  std::string_view text_;
  std::size_t at_ = 1;
};

}  // namespace nunmul
