// SPDX-License-Identifier: GPL-2.0-or-later
// The word lists of the tree.
#pragma once

#include "import/import.h"
#include "import/words/word_lists.h"

namespace nunmul {

inline const std::filesystem::path kWordListFolder =
    std::filesystem::path(NUNMUL_SOURCE_DIR) / "index" / "languages" / "articles";

inline const WordLists& tree_words() {
  static const WordLists words(kWordListFolder);
  return words;
}

inline ImportOptions with_words() {
  ImportOptions options;
  options.word_lists = kWordListFolder;
  return options;
}

}  // namespace nunmul
