// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/segment_assembly.h"

#include <algorithm>
#include <array>
#include <future>
#include <unordered_map>
#include <utility>

#include <xapian.h>

#include "base/hash.h"
#include "index/binary_file.h"
#include "index/forward.h"
#include "index/segment_files.h"
#include "index/vocabulary.h"
#include "text/jamo.h"

namespace nunmul {
namespace {

using Numbers = std::vector<std::vector<std::uint32_t>>;  // of a thread, to those of the segment

class Assembly {
 public:
  Assembly(const std::filesystem::path& folder, std::map<std::size_t, SegmentPart>& parts,
           const std::vector<const DocumentBuilder*>& builders)
      : folder_(folder), parts_(parts), builders_(builders) {
    for (const auto& [number, part] : parts_) tables_.emplace_back(part.tables);
  }

  Json write() {
    // Xapian's part is as long as the rest.
    std::future<void> postings = std::async(std::launch::async, [this] { write_postings(); });
    Json description;
    description["schema"] = kSchemaVersion;
    description["documents"] = documents();
    const Numbers words = write_vocabulary();
    std::vector<std::string> names;
    const Numbers fields = field_numbers(names);
    description["fields"] = names;
    write_forward(words, fields);
    write_documents();
    description["columns"] = write_columns();

    Json distribution = Json::object();
    std::map<std::string, std::uint64_t> counts;
    for (const auto& [number, part] : parts_)
      for (const auto& [name, count] : part.field_distribution) counts[name] += count;
    for (const auto& [name, count] : counts) append_field(distribution, name, count);
    description["fieldDistribution"] = std::move(distribution);
    FamilyTotals totals;
    for (const DocumentBuilder* builder : builders_) totals += builder->totals();
    description["familyTerms"] = totals.terms;
    description["familyDocuments"] = totals.documents;
    postings.get();
    return description;
  }

 private:
  Numbers write_vocabulary() const {
    struct Word {
      std::string_view text;
      const WordCounts::Row* row;
      std::size_t thread;
      std::uint32_t number;  // kItemBreak for a stem that may be no word
    };
    std::vector<Word> all;
    Numbers numbers;
    for (std::size_t t = 0; t < builders_.size(); ++t) {
      const WordCounts& words = builders_[t]->words();
      const auto count = static_cast<std::uint32_t>(words.rows().size());
      numbers.emplace_back(count);
      for (std::uint32_t n = 0; n < count; ++n) {
        const WordCounts::Row& row = words.rows()[n];
        all.push_back({words.word(n), &row, t, n});
        if (words.stem(row.stem) != words.word(n)) all.push_back({words.stem(row.stem), &row, t, kItemBreak});
      }
    }
    std::sort(all.begin(), all.end(), [](const Word& a, const Word& b) { return a.text < b.text; });

    std::vector<VocabularyWord> words;
    for (const Word& word : all) {
      if (words.empty() || words.back().word != word.text) {
        words.push_back({word.text, word.text, "", word.row->script, 0});
        if (word.row->script == Script::Hangul) words.back().keys = key_sequence(word.text);
      }
      if (word.number == kItemBreak) continue;
      words.back().stem = builders_[word.thread]->words().stem(word.row->stem);
      words.back().documents += word.row->documents;
      numbers[word.thread][word.number] = static_cast<std::uint32_t>(words.size() - 1);
    }
    std::array<NameSpellings, kSpellingFamilies.size()> spellings;
    for (std::size_t family = 0; family < spellings.size(); ++family)
      spellings[family] = gather_spellings(family);
    Vocabulary::write(folder_ / kWordsFile, words, spellings);
    return numbers;
  }

  NameSpellings gather_spellings(std::size_t family) const {
    struct Value {
      std::string_view text;
      std::size_t thread;
      std::uint32_t number;
    };
    std::vector<Value> all;
    Numbers numbers;
    for (std::size_t t = 0; t < builders_.size(); ++t) {
      const StringTable& table = builders_[t]->spellings(family);
      numbers.emplace_back(table.size());
      for (std::uint32_t n = 0; n < table.size(); ++n) all.push_back({table[n], t, n});
    }
    std::sort(all.begin(), all.end(), [](const Value& a, const Value& b) { return a.text < b.text; });
    NameSpellings spellings;
    for (const Value& value : all) {
      if (spellings.values.empty() || spellings.values.back() != value.text)
        spellings.values.push_back(value.text);
      numbers[value.thread][value.number] = static_cast<std::uint32_t>(spellings.values.size() - 1);
    }

    // Counted first and then dealt out, in the order of the documents.
    std::vector<std::uint32_t>& ends = spellings.ends;
    ends.resize(spellings.values.size());
    for_each_spelling(family, numbers,
                      [&](std::uint32_t value, std::uint32_t, SpellingPosting) { ++ends[value]; });
    std::uint32_t begin = 0;
    for (std::uint32_t& end : ends) begin += std::exchange(end, begin);
    spellings.postings.resize(begin);
    for_each_spelling(family, numbers, [&](std::uint32_t value, std::uint32_t base, SpellingPosting posting) {
      spellings.postings[ends[value]++] = SpellingPosting(base + posting.document(), posting.count());
    });
    return spellings;
  }

  // Calls visit(the segment's number of the value, the first document of the part, the part's posting).
  template <typename Visit>
  void for_each_spelling(std::size_t family, const Numbers& numbers, Visit&& visit) const {
    std::uint32_t base = 0;
    std::size_t p = 0;
    for (const auto& [number, part] : parts_) {
      const std::vector<std::uint32_t>& values = numbers[part.thread];
      for (const PartSpelling& spelling : tables_[p++].array<PartSpelling>(PartArray::Spellings + family))
        visit(values[spelling.number], base, spelling.posting);
      base += static_cast<std::uint32_t>(part.ids.size());
    }
  }

  // Fills `names`.
  Numbers field_numbers(std::vector<std::string>& names) const {
    Numbers numbers;
    std::unordered_map<std::string_view, std::uint32_t> known;  // names of the builders
    for (const DocumentBuilder* builder : builders_) {
      auto& mapping = numbers.emplace_back();
      for (const std::string& name : builder->field_names()) {
        const auto [place, is_new] = known.emplace(name, static_cast<std::uint32_t>(names.size()));
        if (is_new) names.push_back(name);
        mapping.push_back(place->second);
      }
    }
    return numbers;
  }

  void write_forward(const Numbers& words, const Numbers& fields) const {
    BinaryFileWriter file(folder_ / kForwardFile);
    std::vector<std::uint64_t> offsets{0};
    for (const auto& [number, part] : parts_) {
      const std::uint64_t base = offsets.back();
      for (const std::uint64_t end : part.forward_ends) offsets.push_back(base + end);
    }
    file.add(offsets);
    file.begin_array();
    std::size_t p = 0;
    std::vector<std::uint32_t> row;
    for (const auto& [number, part] : parts_) {
      const auto forward = tables_[p++].array<std::uint32_t>(PartArray::Forward);
      row.assign(forward.begin(), forward.end());
      for (std::size_t at = 0; at < row.size();) {
        row[at] = fields[part.thread][row[at]];
        const std::size_t end = at + 2 + row[at + 1];
        for (at += 2; at < end; ++at)
          if (row[at] != kItemBreak) row[at] = words[part.thread][row[at]];
      }
      file.append({reinterpret_cast<const char*>(row.data()), row.size() * sizeof(std::uint32_t)});
    }
    file.finish();
  }

  void write_documents() const {
    BinaryFileWriter file(folder_ / kDocumentsFile);
    file.begin_array();
    for (const BinaryFile& tables : tables_) file.append(tables.array_bytes(PartArray::Texts));
    std::vector<std::uint64_t> text_offsets{0}, id_offsets{0}, ordinals;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_hash;
    std::vector<DocumentOrigin> origins;
    std::string ids;
    for (const auto& [number, part] : parts_) {
      const std::uint64_t base = text_offsets.back();
      for (std::size_t i = 0; i < part.ids.size(); ++i) {
        text_offsets.push_back(base + part.text_ends[i]);
        ids += part.ids[i];
        id_offsets.push_back(ids.size());
        by_hash.emplace_back(hash64(part.ids[i]), static_cast<std::uint32_t>(ordinals.size()));
        ordinals.push_back(part.ordinals[i]);
      }
      origins.insert(origins.end(), part.origins.begin(), part.origins.end());
    }
    file.add(text_offsets);
    file.begin_array();
    file.append(ids);
    file.add(id_offsets);
    file.add(ordinals);
    std::sort(by_hash.begin(), by_hash.end());
    std::vector<std::uint64_t> hashes;
    std::vector<std::uint32_t> documents;
    for (const auto& [hash, document] : by_hash) {
      hashes.push_back(hash);
      documents.push_back(document);
    }
    file.add(hashes);
    file.add(documents);
    file.add(origins);
    file.finish();
  }

  std::uint32_t documents() const {
    std::size_t total = 0;
    for (const auto& [number, part] : parts_) total += part.ids.size();
    return static_cast<std::uint32_t>(total);
  }

  // Their names in the order of the file. One file, since an index may have thousands of them.
  Json write_columns() {
    std::map<std::string, ColumnBuilder> columns;
    std::uint32_t before = 0;
    for (auto& [number, part] : parts_) {
      for (auto& [path, column] : part.columns) columns[path].append(before, column);
      before += static_cast<std::uint32_t>(part.ids.size());
    }
    Json names = Json::array();
    BinaryFileWriter file(folder_ / kColumnsFile);
    for (const auto& [path, column] : columns) {
      column.write(file, before);
      names.push_back(path);
    }
    file.finish();
    return names;
  }

  void write_postings() const {
    const std::string path = (folder_ / kPostingsFile).string();
    if (parts_.empty()) {
      // Xapian compacts no database into none, so an empty segment is one empty part.
      const std::filesystem::path empty = folder_ / "empty.xapian";
      Xapian::WritableDatabase(empty.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_NO_TERMLIST)
          .commit();
      Xapian::Database(empty.string()).compact(path, Xapian::DBCOMPACT_SINGLE_FILE);
      std::filesystem::remove_all(empty);
      return;
    }
    Xapian::Database all;
    for (const auto& [number, part] : parts_) all.add_database(Xapian::Database(part.postings.string()));
    all.compact(path, Xapian::DBCOMPACT_SINGLE_FILE);
  }

  const std::filesystem::path& folder_;
  std::map<std::size_t, SegmentPart>& parts_;
  const std::vector<const DocumentBuilder*>& builders_;
  std::vector<BinaryFile> tables_;  // of the parts
};

}  // namespace

Json assemble_segment(const std::filesystem::path& folder, std::map<std::size_t, SegmentPart>& parts,
                      const std::vector<const DocumentBuilder*>& builders) {
  return Assembly(folder, parts, builders).write();
}

}  // namespace nunmul
