// SPDX-License-Identifier: GPL-2.0-or-later
// Some thousand documents on their way into a segment: analyzed by one thread into a throw-away Xapian
// database and a file of what goes into the other tables. Little of a part stays in memory, so that a
// build's memory grows with its vocabulary and not with its texts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "index/column.h"
#include "index/column_values.h"
#include "index/document_builder.h"
#include "index/document_store.h"
#include "index/vocabulary.h"

namespace nunmul {

struct SegmentPart {
  std::filesystem::path postings;           // a Xapian database
  std::filesystem::path tables;             // a BinaryFile with the arrays of PartArray
  std::vector<std::uint64_t> text_ends;     // of each document, in PartArray::Texts
  std::vector<std::uint64_t> forward_ends;  // of each document, in PartArray::Forward
  std::vector<std::string> ids;
  std::vector<std::uint64_t> ordinals;
  std::vector<DocumentOrigin> origins;
  std::map<std::string, ColumnBuilder> columns;
  std::map<std::string, std::uint64_t> field_distribution;
  std::size_t thread = 0;  // whose numbers of fields, words and spellings these are

  void remove_files() const;
};

enum PartArray : std::size_t {
  Texts,      // JSON texts one behind the other
  Forward,    // 32 bits each: field, count, words
  Spellings,  // PartSpelling; one array for each of kSpellingFamilies from here on
};

struct PartSpelling {
  std::uint32_t number = 0;  // the thread's
  SpellingPosting posting;   // of the document's number in this part
};

// The scratch that a thread keeps across its parts.
class PartBuilder {
 public:
  // Settings and analyzer outlive it.
  PartBuilder(const Settings& settings, const Analyzer& analyzer)
      : builder_(settings, analyzer), column_values_(settings) {}

  // `path` without an ending is where the part's files go. Throws Error(MalformedPayload) for a document
  // that is no JSON object.
  SegmentPart build(const std::filesystem::path& path, const std::vector<StoredDocument>& documents);

  // The numbers of words, spellings and fields, over all parts so far.
  const DocumentBuilder& builder() const { return builder_; }

 private:
  DocumentBuilder builder_;
  ColumnValues column_values_;
};

}  // namespace nunmul
