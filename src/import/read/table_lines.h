// SPDX-License-Identifier: GPL-2.0-or-later
// Tables of HTML and Markdown whose first row names the fields of entries ("Song | Artist | Year"): each
// other row becomes the lines that an article would have for it, a heading and a description.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "import/read/raw_line.h"
#include "import/words/word_lists.h"

namespace nunmul {

class TableLines {
 public:
  // Nothing unless the cells name a title and something else.
  static std::optional<TableLines> of_head(const WordLists& words, const std::vector<std::string>& cells);

  // None for a row without a title.
  std::vector<RawLine> lines(const std::vector<std::string>& cells, std::uint32_t number) const;

 private:
  std::string cell(const std::vector<std::string>& cells, std::string_view field) const;

  std::vector<std::string> fields_;  // of the columns, under our names; "" for others
  bool described_ = false;           // some column is a description
};

}  // namespace nunmul
