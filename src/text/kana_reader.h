// SPDX-License-Identifier: GPL-2.0-or-later
// Japanese by MeCab and one of its dictionaries, where they are installed: readings, so that なみだ and
// namida find 涙, and words with their base forms, so that 歩いた finds 歩く.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nunmul {

struct JapaneseWord {
  enum class Role : std::uint8_t {
    Content,
    Grammar,  // particles, pronouns and the like
    Ending,   // goes with the verb or adjective before it (た, ない, て, られる)
  };
  std::uint32_t begin = 0;  // bytes [begin, end) of the text
  std::uint32_t end = 0;    //
  Role role = Role::Content;
  std::string base = "";        // the dictionary form of a verb or adjective, else ""
  std::string inflection = "";  // its class as the dictionary names it (五段・カ行イ音便), else ""
};

class KanaReader {
 public:
  // Null if the folder holds no dictionary in UTF-8.
  static std::unique_ptr<KanaReader> open(const std::filesystem::path& dictionary);
  ~KanaReader();

  // The text in hiragana; what the dictionary cannot read stays as it is. Safe from many threads.
  std::string read(std::string_view text) const;

  // The words in the order of the text, without a gap. Safe from many threads.
  std::vector<JapaneseWord> words(std::string_view text) const;

  std::size_t entries() const;
  // Differs between dictionaries that read differently.
  std::string version() const;

 private:
  struct Model;
  explicit KanaReader(std::unique_ptr<Model> model);
  std::unique_ptr<Model> model_;
};

}  // namespace nunmul
