// SPDX-License-Identifier: GPL-2.0-or-later
// Known names by how their letters begin: what is typed on the way to any name of a group (엠ㅆ, on the way
// to 엠씨몽) leads to the group, however documents write it (MC몽). So nothing of it stands in an index.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "text/token.h"

namespace nunmul {

struct BegunName {
  std::uint32_t group = 0;
  bool ambiguous = false;  // only by names that also mean something else
};

class NameBeginnings {
 public:
  void add(std::span<const Token> name, std::uint32_t group, bool ambiguous);
  void sort();  // once, behind the last add()

  // The groups with a name that begins with these letters and goes on, in the order of their numbers. Hangul
  // is compared by its keys, katakana as hiragana. None for fewer than two letters or keys, and none where
  // they begin too many names to say anything.
  std::vector<BegunName> begun_by(std::span<const Token> typed) const;

 private:
  struct Row {
    std::string letters;  // what they are ordered by: keys without shift
    std::string keys;
    BegunName name;
  };
  std::vector<Row> rows_;
};

}  // namespace nunmul
