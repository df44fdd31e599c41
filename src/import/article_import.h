// SPDX-License-Identifier: GPL-2.0-or-later
// The articles of a run: which of its texts are lists, and what those list.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "import/article_reader.h"
#include "import/import_log.h"
#include "import/overrides.h"
#include "import/read/raw_line.h"
#include "import/title/known_artists.h"
#include "import/words/word_lists.h"

namespace nunmul {

// Fewer headings in what may be one text are its parts.
inline constexpr std::size_t kMinListItems = 3;

class ArticleImport {
 public:
  // `words` are those of `word_folder`. They and the log must outlive it.
  ArticleImport(const WordLists& words, const std::filesystem::path& word_folder,
                const std::filesystem::path& names_file, const std::filesystem::path& overrides_file,
                ImportLog& log);

  // A text that can only be a list.
  void read_list(const std::vector<RawLine>& lines, const std::string& source);

  // False for a text that is one entry: it has less than kMinListItems, or they are no songs, films or
  // dramas.
  bool take_as_list(const std::vector<RawLine>& lines, const std::string& source);

  // The same for a page, where one item makes a list. `marked`: it says itself what is to be searched.
  bool take_page_as_list(const std::vector<RawLine>& lines, bool marked, const std::string& source);

  // The entries of all, without ids, in their order.
  std::vector<Entry> resolve();

  // Files in which no list was found: a mistake, unless others have entries.
  void finish();

 private:
  bool can_be_read(const std::vector<RawLine>& lines) const;
  void take(Article&& article);

  const WordLists& words_;
  std::filesystem::path word_folder_;
  KnownArtists known_;
  Overrides overrides_;
  ImportLog& log_;
  std::vector<Article> articles_;
  std::vector<std::string> files_;           // of articles_
  std::vector<ImportProblem> without_list_;  // files
};

}  // namespace nunmul
