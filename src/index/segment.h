// SPDX-License-Identifier: GPL-2.0-or-later
// An immutable part of an index: some documents with everything that searching them needs. Documents
// are numbered from 0 in the order of their ordinals.
//   FOLDER/postings.glass Xapian (terms.h says which terms); its document ids are ours plus one
//   FOLDER/documents.bin the JSON texts, identifiers, ordinals and origins
//   FOLDER/words.bin     the vocabulary, and the spellings of names with their postings (vocabulary.h)
//   FOLDER/forward.bin   each document's words in order, by field (forward.h)
//   FOLDER/columns.bin   columns (column.h), named in segment.json
//   FOLDER/segment.json  counts, field names, column names, size and CRC-32 of every file
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/column.h"
#include "index/document_builder.h"
#include "index/document_store.h"
#include "index/segment_files.h"

namespace Xapian {
class Database;
}

namespace nunmul {

class ForwardTable;
class SegmentPostings;
class Vocabulary;

// Safe to read from many threads; views live as long as the segment.
class Segment : public ColumnSet {
 public:
  // Throws Error(IoError) that says what is damaged.
  Segment(const std::filesystem::path& folder, Verify verify);
  ~Segment() override;

  const std::string& name() const;
  const std::filesystem::path& folder() const;

  std::uint32_t documents() const override;
  std::string_view json(std::uint32_t document) const;
  std::string_view id(std::uint32_t document) const;
  std::uint64_t ordinal(std::uint32_t document) const;
  // Whose the document was when the segment was built; nothing in a segment of an earlier version.
  std::optional<DocumentOrigin> origin(std::uint32_t document) const;
  StoredDocument stored(std::uint32_t document, DocumentOrigin origin) const;
  std::optional<std::uint32_t> find_ordinal(std::uint64_t ordinal) const;
  std::optional<std::uint32_t> find_id(std::string_view id) const;

  // The searchable fields that documents of this segment have, by number: "title", "genre.name".
  const std::vector<std::string>& fields() const;
  // Averages of the families over the documents, for ranking.
  const FamilyTotals& family_totals() const;
  // A database handle of its own for one thread; works even when the folder is gone meanwhile.
  Xapian::Database open_database() const;
  const SegmentPostings& postings() const;
  const Vocabulary& vocabulary() const;
  const ForwardTable& forward() const;

  const Column* find_column(std::string_view attribute) const override;
  std::vector<std::string> column_names() const override;

  // How many documents have each top-level field.
  const std::map<std::string, std::uint64_t>& field_distribution() const;
  std::uint64_t bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nunmul
