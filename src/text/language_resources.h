// SPDX-License-Identifier: GPL-2.0-or-later
// What is known about languages and names beyond the rules in code: lists and tables that a site owner
// may edit (the folder index/languages), and the dictionary of MeCab where it is installed. Everything
// is optional: what is absent makes its feature absent, and the status list says so.
//   stopwords.txt      words that a query may leave out
//   particles-ko.txt   Korean particles, taken off the ends of words
//   endings-ko.txt     Korean verb and adjective endings, likewise
//   hanja.tsv          Han character, its Korean readings
//   kyujitai.tsv       old form of a Han character, its new form
//   names.json         names of one thing in all scripts
//   concepts.json      themes and moods in all languages
// Lists hold words between spaces or line ends; # begins a comment, in tables too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "text/hangul.h"
#include "text/kanji_forms.h"
#include "text/token.h"

namespace nunmul {

// A line of the report at start.
struct ResourceStatus {
  std::string name;  // "particles-ko.txt"
  std::string path;
  std::size_t entries = 0;
  bool present = false;
};

class LanguageResources {
 public:
  // Reads the folder. Throws Error(InvalidInput) that names file and line if a file cannot be understood.
  static std::shared_ptr<const LanguageResources> load(const std::filesystem::path& folder);

  // Without anything: every resource absent.
  LanguageResources() = default;

  const std::vector<ResourceStatus>& status() const { return status_; }

  // A hash of all resources present. An index keeps it: with other resources its terms would be others.
  std::uint64_t fingerprint() const { return fingerprint_; }

  const HangulStemmer& hangul_stemmer() const { return hangul_stemmer_; }
  const KanjiForms& kanji_forms() const { return kanji_forms_; }

  // Whether a query that has other words may leave this one out.
  bool is_stop_word(const Token& token) const;

 private:
  std::vector<ResourceStatus> status_;
  std::uint64_t fingerprint_ = 0;
  HangulStemmer hangul_stemmer_;
  KanjiForms kanji_forms_;
  std::unordered_set<std::string> stop_words_;  // folded words and the stems of Latin ones

  friend class ResourceLoader;
};

}  // namespace nunmul
