// SPDX-License-Identifier: GPL-2.0-or-later
// English for Japanese and Korean words, where the dictionaries for it are installed (Debian's packages edict
// and unicode-cldr-core, each optional):
//   EDICT    Japanese words; and Korean ones that are written with the same Han characters, by how Koreans
//            read them: 雇用 is 고용, so 고용 is employment too
//   CLDR     countries, languages and cities: 독일, Germany; and words that name the same symbols as an
//   English
//            one does: 눈물, tear
// Only queries ask, so no index depends on it. The table (a few MB) is made when the first word is looked up.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "text/hanja.h"
#include "text/kanji_forms.h"

namespace nunmul {

struct DictionaryPlaces {
  std::filesystem::path edict;
  std::filesystem::path annotations;  // a folder of CLDR's files by language
  std::filesystem::path names;        // another

  // Where Debian's packages have them below this folder (/usr/share).
  static DictionaryPlaces below(const std::filesystem::path& folder);
};

// Safe from many threads.
class WordTranslations {
 public:
  // The tables must outlive it. What is not there, now, is left out.
  WordTranslations(const DictionaryPlaces& places, const KanjiForms& kanji_forms, const HanjaReadings& hanja);

  bool has_edict() const { return !places_.edict.empty(); }
  bool has_annotations() const { return !places_.annotations.empty(); }
  bool has_names() const { return !places_.names.empty(); }
  bool empty() const { return !has_edict() && !has_annotations() && !has_names(); }

  // English words for a folded word in the form that dictionaries have, the likeliest first; none for most
  // words. Each is one word in small letters, and lives as long as this.
  std::vector<std::string_view> english_of(std::string_view word) const;

 private:
  // Places in the letters: the word, and behind it the English words with a space behind each.
  struct Row {
    std::uint32_t word = 0;
    std::uint32_t english = 0;
    std::uint32_t end = 0;
  };
  struct Table {
    std::string_view word_of(const Row& row) const { return between(row.word, row.english); }
    std::string_view english_of(const Row& row) const { return between(row.english, row.end); }
    std::string_view between(std::uint32_t begin, std::uint32_t end) const {
      return std::string_view(letters).substr(begin, end - begin);
    }

    std::string letters;
    std::vector<Row> rows;  // by word
  };
  class Maker;

  DictionaryPlaces places_;
  const KanjiForms& kanji_forms_;
  const HanjaReadings& hanja_;
  mutable std::once_flag made_;
  mutable Table table_;
};

}  // namespace nunmul
