// SPDX-License-Identifier: GPL-2.0-or-later
#include "base/json_scan.h"

#include <algorithm>

#include "base/ascii_text.h"
#include "base/error.h"
#include "base/json.h"

namespace nunmul {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

std::string unescaped(std::string_view name_text) {
  if (name_text.size() < 2) return {};
  if (name_text.find('\\') == name_text.npos) return std::string(name_text.substr(1, name_text.size() - 2));
  try {
    return parse_json(name_text).get<std::string>();
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

JsonWalker::JsonWalker(std::string_view text) : text_(trimmed(text, kBlanksAndNewlines)) {}

void JsonWalker::skip_space() {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
}

// Skips to the next name or value; false at the end.
bool JsonWalker::at_next() {
  skip_space();
  if (at_ < text_.size() && text_[at_] == ',') {
    ++at_;
    skip_space();
  }
  return at_ < text_.size() && text_[at_] != '}' && text_[at_] != ']';
}

std::string_view JsonWalker::take_string() {
  const std::size_t begin = at_++;
  while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
  at_ = std::min(at_ + 1, text_.size());
  return text_.substr(begin, at_ - begin);
}

std::string_view JsonWalker::take_value() {
  const std::size_t begin = at_;
  if (at_ < text_.size() && text_[at_] == '"') return take_string();
  std::size_t depth = 0;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == '"') {
      take_string();
      continue;
    }
    if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at_;
  }
  return trimmed(text_.substr(begin, at_ - begin), kBlanksAndNewlines);
}

std::optional<JsonField> JsonWalker::next_field() {
  if (!is_object() || !at_next() || text_[at_] != '"') return std::nullopt;
  JsonField field;
  field.name_text = take_string();
  field.name = unescaped(field.name_text);
  skip_space();
  if (at_ < text_.size() && text_[at_] == ':') ++at_;
  skip_space();
  field.value = take_value();
  return field;
}

std::optional<std::string_view> JsonWalker::next_item() {
  if (!is_array() || !at_next()) return std::nullopt;
  const std::size_t begin = at_;
  const std::string_view value = take_value();
  if (at_ == begin) return std::nullopt;
  return value;
}

}  // namespace nunmul
