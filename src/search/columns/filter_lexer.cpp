// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/columns/filter_lexer.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/compare_form.h"

namespace nunmul {
namespace {

constexpr std::array<std::string_view, 14> kKeywords{
    "AND",  "OR",    "NOT",      "IN",     "TO",   "EXISTS",     "IS",
    "NULL", "EMPTY", "CONTAINS", "STARTS", "WITH", "_geoRadius", "_geoBoundingBox"};

// Two characters before one, so that the longest sign is taken.
constexpr std::array<std::string_view, 11> kSigns{"!=", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ","};

bool is_space(char32_t code) {
  return code == U' ' || (code >= 9 && code <= 13) || code == 0xA0 || code == 0x3000;
}

class Lexer {
 public:
  Lexer(std::string_view filter, ErrorCode code) : filter_(filter), code_(code) {}

  std::vector<FilterToken> run() {
    std::vector<FilterToken> tokens;
    for (;;) {
      while (here().length > 0 && is_space(here().code)) step();
      FilterToken token = next();
      tokens.push_back(std::move(token));
      if (tokens.back().kind == FilterToken::Kind::End) return tokens;
    }
  }

 private:
  DecodedChar here() const { return decode_utf8(filter_, at_); }

  void step() {
    at_ += here().length;
    ++column_;
  }

  FilterToken next() {
    FilterToken token;
    token.span.begin = column_;
    const DecodedChar first = here();
    if (first.length > 0) {
      if (first.code == U'"' || first.code == U'\'') {
        read_quoted(token, first.code);
      } else if (is_filter_word_char(first.code)) {
        read_word(token);
      } else {
        read_sign(token);
      }
    }
    token.span.end = column_;
    return token;
  }

  void read_quoted(FilterToken& token, char32_t quote) {
    token.kind = FilterToken::Kind::Quoted;
    step();
    while (here().length > 0 && here().code != quote) {
      if (here().code == U'\\') skip_escape(quote);
      append_utf8(token.text, here().code);
      step();
    }
    if (here().length == 0) {
      fail_filter(code_, "The quote is not closed.", {token.span.begin, column_}, filter_);
    }
    step();
  }

  // A backslash before the quote or another one; before anything else it stands for itself.
  void skip_escape(char32_t quote) {
    const char32_t next = decode_utf8(filter_, at_ + 1).code;
    if (next == quote || next == U'\\') step();
  }

  void read_word(FilterToken& token) {
    const std::size_t begin = at_;
    while (here().length > 0 && is_filter_word_char(here().code)) step();
    token.text = filter_.substr(begin, at_ - begin);
    const bool keyword = std::find(kKeywords.begin(), kKeywords.end(), token.text) != kKeywords.end();
    token.kind = keyword ? FilterToken::Kind::Keyword : FilterToken::Kind::Word;
  }

  void read_sign(FilterToken& token) {
    token.kind = FilterToken::Kind::Sign;
    for (const std::string_view sign : kSigns) {
      if (!filter_.substr(at_).starts_with(sign)) continue;
      token.text = sign;
      for (std::size_t i = 0; i < sign.size(); ++i) step();
      return;
    }
    std::string found;
    append_utf8(found, here().code);
    fail_filter(code_,
                "Unexpected character `" + found + "`; names and values with such characters need quotes.",
                {column_, column_ + 1}, filter_);
  }

  std::string_view filter_;
  ErrorCode code_;
  std::size_t at_ = 0;
  std::uint32_t column_ = 1;
};

}  // namespace

std::vector<FilterToken> read_filter_tokens(std::string_view filter, ErrorCode code) {
  return Lexer(filter, code).run();
}

void fail_filter(ErrorCode code, const std::string& message, FilterSpan span, std::string_view filter) {
  throw Error(code, message + "\n" + std::to_string(span.begin) + ":" + std::to_string(span.end) + " " +
                        std::string(filter));
}

}  // namespace nunmul
