// SPDX-License-Identifier: GPL-2.0-or-later
// Posts of feeds and exports, and pages of HTML: each a list or one entry.
#pragma once

#include <string>
#include <string_view>

#include "import/article_import.h"
#include "import/entry_output.h"
#include "import/import_log.h"
#include "import/read/feed_reader.h"
#include "import/words/word_lists.h"

namespace nunmul {

class PostImport {
 public:
  // All must outlive it.
  PostImport(const WordLists& words, ArticleImport& articles, EntryOutput& output, ImportLog& log)
      : words_(words), articles_(articles), output_(output), log_(log) {}

  // A page without a list is an entry itself, as is one that says what of it is to be searched.
  void read_page(std::string_view html, const std::string& source);

  // RSS, Atom, JSON Feed, the export of WordPress.
  void read_feed(std::string_view text, const std::string& source);

 private:
  enum class ToldApartBy { Id, Text };

  void take_post(Post&& post, const std::string& source);
  void add(Json fields, const std::string& identity, ToldApartBy told_by, const std::string& source,
           std::uint32_t line);

  const WordLists& words_;
  ArticleImport& articles_;
  EntryOutput& output_;
  ImportLog& log_;
};

}  // namespace nunmul
