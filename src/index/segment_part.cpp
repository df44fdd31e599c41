// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment_part.h"

#include <array>
#include <new>

#include <xapian.h>

#include "base/error.h"
#include "index/binary_file.h"

namespace nunmul {
namespace {

// Nothing is written before commit(), so what can fail is memory. Xapian then undoes the change, which
// DB_DANGEROUS forbids, and says that instead.
void add(const Xapian::Document& document, Xapian::WritableDatabase& database) {
  try {
    database.add_document(document);
  } catch (const Xapian::InvalidOperationError&) {
    throw std::bad_alloc();
  }
}

}  // namespace

SegmentPart PartBuilder::build(const std::filesystem::path& path,
                               const std::vector<StoredDocument>& documents) {
  SegmentPart part;
  part.postings = path.string() + ".xapian";
  part.tables = path.string() + ".tables";
  Xapian::WritableDatabase database(part.postings.string(), Xapian::DB_CREATE_OR_OVERWRITE |
                                                                Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS |
                                                                Xapian::DB_NO_TERMLIST);
  std::string texts;
  std::vector<std::uint32_t> forward;
  std::array<std::vector<PartSpelling>, kSpellingFamilies.size()> spellings;
  for (const StoredDocument& document : documents) {
    const Json json = parse_json(document.json);
    if (!json.is_object())
      throw Error(ErrorCode::MalformedPayload, "The document `" + document.id + "` is not a JSON object.");
    const auto number = static_cast<std::uint32_t>(part.ids.size());
    builder_.build(json);
    Xapian::Document postings;
    for (const auto& [term, wdf] : builder_.postings()) postings.add_term(term, wdf);
    add(postings, database);
    for (std::size_t family = 0; family < spellings.size(); ++family)
      for (const DocumentBuilder::Spelling& spelling : builder_.spellings_of(family))
        spellings[family].push_back({spelling.number, SpellingPosting(number, spelling.count)});
    for (const DocumentBuilder::Field& field : builder_.fields()) {
      forward.push_back(field.number);
      forward.push_back(static_cast<std::uint32_t>(field.words.size()));
      forward.insert(forward.end(), field.words.begin(), field.words.end());
    }
    part.forward_ends.push_back(forward.size());
    column_values_.for_each(json, [&](const std::string& column, const std::vector<const Json*>& values) {
      part.columns[column].add(number, values);
    });
    for (const auto& [name, value] : json.items()) ++part.field_distribution[name];
    texts += document.json;
    part.text_ends.push_back(texts.size());
    part.ids.push_back(document.id);
    part.ordinals.push_back(document.ordinal);
    part.origins.push_back(document.origin);
  }
  database.commit();

  BinaryFileWriter file(part.tables);
  file.begin_array();
  file.append(texts);
  file.add(forward);
  for (const auto& family : spellings) file.add(family);
  file.finish();
  return part;
}

void SegmentPart::remove_files() const {
  std::filesystem::remove_all(postings);
  std::filesystem::remove(tables);
}

}  // namespace nunmul
