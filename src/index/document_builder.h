// SPDX-License-Identifier: GPL-2.0-or-later
// One document to its postings and its row of the forward table.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "index/document_texts.h"
#include "index/string_table.h"
#include "index/terms.h"
#include "text/analyzer.h"

namespace nunmul {

// The words of the documents so far, numbered in the order of their first appearance.
class WordCounts {
 public:
  struct Row {
    std::uint32_t stem = 0;  // a number for stem()
    Script script = Script::Latin;
    std::uint32_t documents = 0;  // that have the word
    std::uint32_t last_document = 0xFFFFFFFF;
  };

  // The number of a word, counted once a document. Stem and script are of its first appearance.
  std::uint32_t count(const Token& token, std::uint32_t document);

  const std::vector<Row>& rows() const { return rows_; }
  std::string_view word(std::uint32_t number) const { return words_[number]; }
  std::string_view stem(std::uint32_t number) const { return stems_[number]; }

 private:
  StringTable words_;
  StringTable stems_;
  std::vector<Row> rows_;
};

// How much of each family there is, for the average lengths that ranking needs.
struct FamilyTotals {
  std::array<std::uint64_t, kFamilyCount> terms{};
  std::array<std::uint64_t, kFamilyCount> documents{};

  FamilyTotals& operator+=(const FamilyTotals& other);
};

// For one thread.
class DocumentBuilder {
 public:
  // Both outlive the builder.
  DocumentBuilder(const Settings& settings, const Analyzer& analyzer);

  struct Field {
    std::uint32_t number = 0;          // in field_names()
    std::vector<std::uint32_t> words;  // numbers in words(), or kItemBreak
  };
  struct Spelling {
    std::uint32_t number = 0;  // in spellings() of its family
    std::uint32_t count = 0;   // how often the document has it
  };

  // Analyzes a document; what the accessors below give is of this one until the next.
  void build(const Json& document);

  const std::vector<std::pair<std::string, std::uint32_t>>& postings() const {
    return postings_;
  }  // term, wdf
  const std::vector<Field>& fields() const { return fields_; }
  // Each once, by spelling_number() of the family.
  const std::vector<Spelling>& spellings_of(std::size_t family) const { return document_spellings_[family]; }

  // The words of all documents so far.
  const WordCounts& words() const { return words_; }
  const StringTable& spellings(std::size_t family) const { return spellings_[family]; }
  const std::vector<std::string>& field_names() const { return field_names_; }
  const FamilyTotals& totals() const { return totals_; }

 private:
  struct Occurrence {
    std::string term;
    Family family;
    bool in_name;
  };

  // Where a field stands in fields_, if the document has it.
  struct FieldPlace {
    std::uint32_t document = 0xFFFFFFFF;
    std::uint32_t place = 0;
  };

  void add_text(const TextField& field, std::string_view text, bool new_item);
  void add_terms(const std::vector<Term>& terms, bool in_name);
  std::vector<Term> name_terms(const TextField& field, std::string_view text) const;
  void add_known(const TextField& field, const std::vector<Token>& tokens);
  void gather_spellings();
  void gather_postings();
  Field& field_of(const TextField& field);

  const Analyzer& analyzer_;
  DocumentTexts texts_;
  WordCounts words_;
  std::array<StringTable, kSpellingFamilies.size()> spellings_;
  std::vector<std::string> field_names_;
  std::unordered_map<std::string, std::uint32_t> field_numbers_;
  std::vector<FieldPlace> field_places_;  // by the field's number
  FamilyTotals totals_;

  std::uint32_t document_ = 0;
  std::vector<Occurrence> occurrences_;
  std::array<std::vector<std::uint32_t>, kSpellingFamilies.size()> spelling_occurrences_;
  std::array<std::vector<Spelling>, kSpellingFamilies.size()> document_spellings_;
  std::vector<std::pair<std::string, std::uint32_t>> postings_;
  std::vector<Field> fields_;
};

}  // namespace nunmul
