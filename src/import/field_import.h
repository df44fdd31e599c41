// SPDX-License-Identifier: GPL-2.0-or-later
// What has named fields: rows of CSV, documents of JSON, front matter above Markdown.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "import/article_import.h"
#include "import/entry.h"
#include "import/entry_output.h"
#include "import/import_log.h"
#include "import/read/json_documents.h"
#include "import/words/word_lists.h"

namespace nunmul {

// Whether a file has entries with an id. They are passed on when all others are known: the file is read again
// then, so that a large one needs no memory.
enum class HasDocuments { No, Yes };

class FieldImport {
 public:
  // All must outlive it.
  FieldImport(const WordLists& words, ArticleImport& articles, EntryOutput& output, ImportLog& log)
      : words_(words), articles_(articles), output_(output), log_(log) {}

  // Markdown is an article, with or without front matter, or one entry.
  HasDocuments read_markdown(std::string_view text, const std::string& source);
  HasDocuments read_csv(std::string_view text, char delimiter, const std::string& source);

  // When all others are known. `list` as for read_json.
  void read_json_documents(std::string_view text, std::string_view list);
  void read_ndjson_documents(std::string_view text);

 private:
  HasDocuments take_fields(Json fields, const std::string& source, std::uint32_t line);
  void give_our_names(Entry& document) const;
  bool is_left_out(const Entry& document);
  void take_document(Entry&& document);
  DocumentSink document_sink();
  FaultSink fault_sink();

  const WordLists& words_;
  ArticleImport& articles_;
  EntryOutput& output_;
  ImportLog& log_;
};

}  // namespace nunmul
