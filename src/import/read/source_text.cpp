// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/source_text.h"

#include <algorithm>
#include <iostream>
#include <iterator>

#include "base/error.h"
#include "import/words/characters.h"
#include "text/charset.h"

namespace nunmul {
namespace {

// What is no text, by how it begins.
struct OtherKind {
  std::string_view begin;
  std::string_view inside;  // what stands somewhere in it; may be empty
  std::string_view message;
};
constexpr OtherKind kOtherKinds[] = {
    {"%PDF-", "", "the file is a PDF; copy its text into a .txt file, or save it as HTML"},
    {"PK\x03\x04", "word/", "the file is a Word document; save it as a web page (HTML)"},
    {"PK\x03\x04", "xl/", "the file is a spreadsheet of Excel; save it as CSV"},
    {"PK\x03\x04", "opendocument.spreadsheet", "the file is a spreadsheet of LibreOffice; save it as CSV"},
    {"PK\x03\x04", "opendocument.text", "the file is a document of LibreOffice; save it as HTML"},
    {"PK\x03\x04", "", "the file is an archive; unpack it"},
    {"\xD0\xCF\x11\xE0", "", "the file is a document of an old Office; save it as CSV or HTML"},
};

const OtherKind* find_other_kind(std::string_view bytes) {
  const auto kind = std::find_if(std::begin(kOtherKinds), std::end(kOtherKinds), [&](const OtherKind& one) {
    return bytes.starts_with(one.begin) && bytes.find(one.inside) != std::string_view::npos;
  });
  return kind == std::end(kOtherKinds) ? nullptr : kind;
}

std::uint32_t line_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint32_t>(
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1);
}

std::string hex_byte(char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  return std::string("0x") + kDigits[value >> 4] + kDigits[value & 15];
}

std::string in_words(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " or ") + name;
  return text;
}

std::string why_no_text(std::string_view bytes, std::size_t at, const std::vector<std::string>& candidates) {
  if (bytes[at] == '\0') return "the file is binary: it holds a NUL byte";
  const std::string message = "the file is not UTF-8: byte " + hex_byte(bytes[at]);
  return candidates.empty() ? message
                            : message + "; it may be " + in_words(candidates) + ", which --encoding can say";
}

}  // namespace

SourceText::SourceText(const std::filesystem::path& file, const std::string& charset) {
  if (file == kStandardInput) {
    owned_.assign(std::istreambuf_iterator<char>(std::cin), {});
    text_ = owned_;
  } else {
    file_ = std::make_unique<MappedFile>(file);
    text_ = file_->bytes();
  }
  if (const OtherKind* kind = find_other_kind(text_)) {
    fault_ = Fault{1, std::string(kind->message)};
    return;
  }
  decode(text_, charset);
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
}

void SourceText::decode(std::string_view bytes, const std::string& charset) {
  const auto invalid = find_non_text(bytes);
  if (charset.empty() && !invalid) return;
  CharsetGuess guess;
  if (charset.empty()) {
    guess = guess_charset(bytes);
    found_charset_ = guess.charset;
  }
  const std::string& name = charset.empty() ? found_charset_ : charset;
  auto decoded = name.empty() ? std::nullopt : from_charset(bytes, name);
  if (decoded && !find_non_text(*decoded)) {
    owned_ = std::move(*decoded);
    text_ = owned_;
    file_.reset();
  } else if (charset.empty()) {
    fault_ = Fault{line_at(bytes, *invalid), why_no_text(bytes, *invalid, guess.candidates)};
    found_charset_.clear();
  } else {
    fault_ = Fault{1, "the file is not " + charset};
  }
}

}  // namespace nunmul
