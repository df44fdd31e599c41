// SPDX-License-Identifier: GPL-2.0-or-later
// Readings of Japanese text by MeCab, so that なみだ and namida find 涙. Only where one of its
// dictionaries is installed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace nunmul {

class KanaReader {
 public:
  // Null if the folder holds no dictionary in UTF-8.
  static std::unique_ptr<KanaReader> open(const std::filesystem::path& dictionary);
  ~KanaReader();

  // The text in hiragana; what the dictionary cannot read stays as it is. Safe from many threads.
  std::string read(std::string_view text) const;

  std::size_t entries() const;
  // Differs between dictionaries that read differently.
  std::string version() const;

 private:
  struct Model;
  explicit KanaReader(std::unique_ptr<Model> model);
  std::unique_ptr<Model> model_;
};

}  // namespace nunmul
