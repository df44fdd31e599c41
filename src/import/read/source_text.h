// SPDX-License-Identifier: GPL-2.0-or-later
// A file as UTF-8, whatever it is encoded in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/files.h"

namespace nunmul {

inline constexpr std::string_view kStandardInput = "-";  // as the name of a file

class SourceText {
 public:
  // Reads the file, or standard input to its end. `charset` is what its bytes are in; "" leaves it to them.
  // Throws Error for what cannot be read.
  SourceText(const std::filesystem::path& file, const std::string& charset);

  // Without a mark at its begin. Where there is a fault it is the bytes as they are.
  std::string_view text() const { return text_; }

  // The encoding that was found; "" for UTF-8 and for one that was given.
  const std::string& found_charset() const { return found_charset_; }

  struct Fault {
    std::uint32_t line = 0;  // from 1
    std::string message;
  };
  // Why it is no text: a file of another kind, bytes that no encoding has, or that several may have.
  const std::optional<Fault>& fault() const { return fault_; }

 private:
  void decode(std::string_view bytes, const std::string& charset);

  std::unique_ptr<MappedFile> file_;
  std::string owned_;
  std::string_view text_;
  std::string found_charset_;
  std::optional<Fault> fault_;
};

}  // namespace nunmul
