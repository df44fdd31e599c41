// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/latin.h"

#include <xapian.h>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace nunmul {
namespace {

constexpr std::size_t kRemembered = 8192;        // words for each thread, a power of two
constexpr std::size_t kMaxRememberedBytes = 32;  // longer words are rare and not worth the memory
constexpr std::size_t kMaxStemmedBytes = 64;     // beyond it nothing is a word

struct StemmerRow {
  StemLanguage language;
  std::string_view code;     // ISO 639-3
  std::string_view stemmer;  // Xapian's name
  bool latin_letters;
};

// In the order of StemLanguage; further codes of a language stand at the end.
constexpr std::array kStemmers{
    StemmerRow{StemLanguage::English, "eng", "english", true},
    StemmerRow{StemLanguage::Arabic, "ara", "arabic", false},
    StemmerRow{StemLanguage::Armenian, "hye", "armenian", false},
    StemmerRow{StemLanguage::Basque, "eus", "basque", true},
    StemmerRow{StemLanguage::Catalan, "cat", "catalan", true},
    StemmerRow{StemLanguage::Danish, "dan", "danish", true},
    StemmerRow{StemLanguage::Dutch, "nld", "dutch", true},
    StemmerRow{StemLanguage::Finnish, "fin", "finnish", true},
    StemmerRow{StemLanguage::French, "fra", "french", true},
    StemmerRow{StemLanguage::German, "deu", "german", true},
    StemmerRow{StemLanguage::Hungarian, "hun", "hungarian", true},
    StemmerRow{StemLanguage::Indonesian, "ind", "indonesian", true},
    StemmerRow{StemLanguage::Irish, "gle", "irish", true},
    StemmerRow{StemLanguage::Italian, "ita", "italian", true},
    StemmerRow{StemLanguage::Lithuanian, "lit", "lithuanian", true},
    StemmerRow{StemLanguage::Nepali, "nep", "nepali", false},
    StemmerRow{StemLanguage::Norwegian, "nor", "norwegian", true},
    StemmerRow{StemLanguage::Portuguese, "por", "portuguese", true},
    StemmerRow{StemLanguage::Romanian, "ron", "romanian", true},
    StemmerRow{StemLanguage::Russian, "rus", "russian", false},
    StemmerRow{StemLanguage::Spanish, "spa", "spanish", true},
    StemmerRow{StemLanguage::Swedish, "swe", "swedish", true},
    StemmerRow{StemLanguage::Tamil, "tam", "tamil", false},
    StemmerRow{StemLanguage::Turkish, "tur", "turkish", true},
    StemmerRow{StemLanguage::Norwegian, "nob", "norwegian", true},
};
constexpr std::size_t kStemLanguages = static_cast<std::size_t>(StemLanguage::Turkish) + 1;

constexpr bool stands_in_order() {
  for (std::size_t i = 0; i < kStemLanguages; ++i) {
    if (static_cast<std::size_t>(kStemmers[i].language) != i) return false;
  }
  return true;
}
static_assert(stands_in_order());

class RememberingStemmer {
 public:
  explicit RememberingStemmer(std::string_view name) : stemmer_(std::string(name)) {}

  const std::string& stem(const std::string& word) {
    if (word.size() > kMaxStemmedBytes) return word;
    if (word.size() > kMaxRememberedBytes) return last_ = stemmer_(word);
    Row& row = rows_[std::hash<std::string_view>{}(word) % kRemembered];
    if (row.word != word) {
      row.stem = stemmer_(word);
      row.word = word;
    }
    return row.stem;
  }

 private:
  struct Row {
    std::string word;
    std::string stem;
  };
  Xapian::Stem stemmer_;
  std::vector<Row> rows_{kRemembered};
  std::string last_;
};

// A word of letters alone that has the same stem.
std::string without_apostrophes(std::string word) {
  if (word.ends_with("'s")) word.resize(word.size() - 2);
  std::erase(word, '\'');
  return word;
}

bool has_apostrophe(const std::string& word) { return word.find('\'') != std::string::npos; }

}  // namespace

const std::string& latin_stem(const std::string& word) {
  thread_local RememberingStemmer stemmer("english");
  return has_apostrophe(word) ? stemmer.stem(without_apostrophes(word)) : stemmer.stem(word);
}

std::optional<StemLanguage> find_stem_language(std::string_view code) {
  for (const StemmerRow& row : kStemmers) {
    if (row.code == code) return row.language;
  }
  return std::nullopt;
}

const std::string& latin_stem(const std::string& word, StemLanguage language) {
  const StemmerRow& row = kStemmers[static_cast<std::size_t>(language)];
  const bool latin_word = word.empty() || static_cast<unsigned char>(word[0]) < 0x80;
  if (language == StemLanguage::English || (latin_word && !row.latin_letters)) return latin_stem(word);
  thread_local std::array<std::unique_ptr<RememberingStemmer>, kStemLanguages> stemmers;
  auto& stemmer = stemmers[static_cast<std::size_t>(language)];
  if (!stemmer) stemmer = std::make_unique<RememberingStemmer>(row.stemmer);
  return has_apostrophe(word) ? stemmer->stem(without_apostrophes(word)) : stemmer->stem(word);
}

}  // namespace nunmul
