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
#include "index/terms.h"
#include "text/analyzer.h"

namespace nunmul {

// Strings numbered in the order of their first appearance, with how many documents have each.
class CountedStrings {
 public:
  struct Row {
    std::string text;
    std::string stem;
    Script script = Script::Latin;
    std::uint32_t documents = 0;
    std::uint32_t last_document = 0xFFFFFFFF;
  };

  // The number of a string, counted once a document. `stem` and `script` are of its first appearance.
  std::uint32_t count(std::string_view text, std::string_view stem, Script script, std::uint32_t document);

  const std::vector<Row>& rows() const { return rows_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
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

  // Analyzes a document; what the accessors below give is of this one until the next.
  void build(const Json& document);

  const std::vector<std::pair<std::string, std::uint32_t>>& postings() const { return postings_; }  // term, wdf
  const std::vector<Field>& fields() const { return fields_; }

  // Of all documents so far.
  const CountedStrings& words() const { return words_; }
  const CountedStrings& spellings() const { return spellings_; }  // terms of the four spelling families
  const std::vector<std::string>& field_names() const { return field_names_; }
  const FamilyTotals& totals() const { return totals_; }

 private:
  struct Occurrence {
    std::string term;
    Family family;
    bool in_name;
  };

  void add_text(const TextField& field, std::string_view text, bool new_item);
  void add_terms(const std::vector<Term>& terms, bool in_name);
  void add_known(const TextField& field, const std::vector<Token>& tokens);
  void gather_postings();
  Field& field_of(const TextField& field);

  const Analyzer& analyzer_;
  DocumentTexts texts_;
  CountedStrings words_;
  CountedStrings spellings_;
  std::vector<std::string> field_names_;
  std::unordered_map<std::string, std::uint32_t> field_numbers_;
  FamilyTotals totals_;

  std::uint32_t document_ = 0;
  std::vector<Occurrence> occurrences_;
  std::vector<std::pair<std::string, std::uint32_t>> postings_;
  std::vector<Field> fields_;
};

}  // namespace nunmul
