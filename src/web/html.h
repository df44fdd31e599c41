// SPDX-License-Identifier: GPL-2.0-or-later
// HTML that cannot be broken by what documents contain: text goes in through `text` and `attribute`,
// which escape; only constants of the program are written as they are.
#pragma once

#include <string>
#include <string_view>

namespace nunmul {

class Html {
 public:
  // Markup of our own, as it stands.
  Html& markup(std::string_view literal) {
    out_ += literal;
    return *this;
  }
  Html& text(std::string_view value) {
    escape(value);
    return *this;
  }
  // ` name="value"`.
  Html& attribute(std::string_view name, std::string_view value) {
    out_.append(" ").append(name).append("=\"");
    escape(value);
    out_ += '"';
    return *this;
  }
  // A text in which marked pieces stand between the two marks: <mark>…</mark>, all else escaped.
  Html& marked(std::string_view value, std::string_view open, std::string_view close);

  const std::string& str() const { return out_; }

 private:
  void escape(std::string_view value);

  std::string out_;
};

// A value inside a URL's path or query.
std::string url_encode(std::string_view value);

}  // namespace nunmul
