// SPDX-License-Identifier: GPL-2.0-or-later
// Knowledge about languages and names beyond the rules in code: lists and tables that a site owner
// may edit (the folder index/languages), and the dictionaries of MeCab, hunspell-ko, EDICT and CLDR where
// they are installed. Everything is optional: what is absent makes its feature absent, and the status list
// says so.
//   stopwords.txt      words that a query may leave out
//   request-words.txt  words by which a list is asked for
//   errand-words.txt   words of everyday errands, which ask for no entry
//   particles-ko.txt   Korean particles, taken off the ends of words
//   endings-ko.txt     Korean verb and adjective endings, likewise
//   hanja.tsv          Han character, its Korean readings
//   kyujitai.tsv       old form of a Han character, its new form
//   names.json         names of one thing in all scripts: id, kind, names, ambiguous
//   concepts.json      themes and moods in all languages: id, en, ko, ko_rom, ja, ja_kana, ja_rom, ambiguous,
//                      kind, praise, errands
//   labels.json        what values of fields are called: field, value, en, ko, ja
// Lists hold words between spaces or line ends, errand-words.txt a form a line; # begins a comment, in tables
// too.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "text/hangul.h"
#include "text/hanja.h"
#include "text/kana_reader.h"
#include "text/kanji_forms.h"
#include "text/korean_lexicon.h"
#include "text/name_beginnings.h"
#include "text/phrase_table.h"
#include "text/token.h"
#include "text/value_labels.h"
#include "text/word_translations.h"

namespace nunmul {

// A line of the report at start.
struct ResourceStatus {
  std::string name;         // "particles-ko.txt"
  std::string path;         // where it is, or was looked for
  std::size_t entries = 0;  // 0 also if they are counted only when they are needed
  bool present = false;
};

struct ResourcePlaces {
  std::filesystem::path folder;
  // The first that holds a dictionary counts.
  std::vector<std::filesystem::path> mecab_dictionaries = {"/var/lib/mecab/dic/ipadic-utf8",
                                                           "/var/lib/mecab/dic/debian"};
  std::filesystem::path korean_word_list = "/usr/share/hunspell/ko.dic";
  DictionaryPlaces dictionaries;  // none unless given
};

// One artist, song, film … and all that it is called.
struct NameGroup {
  std::string id;
  std::string kind;
  std::vector<std::string> names;      // as written in the file
  std::vector<std::string> ambiguous;  // those of them that also mean something else
};

// A known name in a text.
struct NameMatch {
  std::size_t first = 0;  // tokens [first, first + count)
  std::size_t count = 0;
  std::uint32_t group = 0;
  bool ambiguous = false;
};

// How many everyday errands are about a theme: none about a feeling, many about a school or a train.
enum class ErrandsAbout : std::uint8_t { Some, None, Many };

// A theme in a text, in whatever language.
struct ConceptMatch {
  std::size_t first = 0;
  std::size_t count = 0;
  std::string_view id;  // as long as the resources live
  bool ambiguous = false;
  std::string_view kind;  // of entries, if the theme asks for one: "film" for movies, "song" for ballads
  bool praise = false;    // says that they are good rather than what they are about
  ErrandsAbout errands = ErrandsAbout::Some;
};

// One object of concepts.json, without its forms.
struct Concept {
  std::string id;
  std::string kind;
  bool praise = false;
  ErrandsAbout errands = ErrandsAbout::Some;
};

// Safe to read from many threads.
class LanguageResources {
 public:
  // Throws Error(InvalidInput) that names the file and the line or entry that cannot be understood.
  static std::shared_ptr<const LanguageResources> load(const ResourcePlaces& places);
  static std::shared_ptr<const LanguageResources> load(const std::filesystem::path& folder);

  // Without anything: every resource absent.
  LanguageResources() = default;
  LanguageResources(const LanguageResources&) = delete;
  LanguageResources& operator=(const LanguageResources&) = delete;

  const std::vector<ResourceStatus>& status() const { return status_; }

  // A hash of everything that decides which terms an index has. An index keeps it: with other resources
  // its terms would be others. Stop words and translations act on queries alone and labels on pages; they are
  // not in it.
  std::uint64_t fingerprint() const { return fingerprint_; }

  const HangulStemmer& hangul_stemmer() const { return hangul_stemmer_; }
  const KoreanLexicon& korean_lexicon() const { return korean_lexicon_; }  // empty if absent
  const KanjiForms& kanji_forms() const { return kanji_forms_; }
  const HanjaReadings& hanja() const { return hanja_; }
  const KanaReader* kana_reader() const { return kana_reader_.get(); }  // null if absent

  const ValueLabels& labels() const { return labels_; }
  const WordTranslations& translations() const { return *translations_; }

  // Whether a query that has other words may leave this one out.
  bool is_stop_word(const Token& token) const;
  // Whether it is one of those that asks for a list and so is no beginning of another word.
  bool is_request_word(const Token& token) const { return request_words_.contains(token.word); }

  const std::vector<NameGroup>& name_groups() const { return name_groups_; }
  const NameBeginnings& name_beginnings() const { return name_beginnings_; }

  // Longest first, from left to right, not overlapping; a name of several groups gives a match for each.
  std::vector<NameMatch> find_names(std::span<const Token> tokens) const;
  std::vector<ConceptMatch> find_concepts(std::span<const Token> tokens) const;
  std::vector<PhraseMatch> find_errands(std::span<const Token> tokens) const {
    return errand_phrases_.find(tokens);
  }

 private:
  std::vector<ResourceStatus> status_;
  std::uint64_t fingerprint_ = 0;
  HangulStemmer hangul_stemmer_;
  KoreanLexicon korean_lexicon_;
  KanjiForms kanji_forms_;
  HanjaReadings hanja_;
  std::unique_ptr<KanaReader> kana_reader_;
  std::unique_ptr<WordTranslations> translations_ =
      std::make_unique<WordTranslations>(DictionaryPlaces{}, kanji_forms_, hanja_);
  std::unordered_set<std::string> stop_words_;     // folded words and the stems of Latin ones
  std::unordered_set<std::string> request_words_;  // those of them, folded
  PhraseTable errand_phrases_{PhraseTable::LatinForm::Stem};
  std::vector<NameGroup> name_groups_;
  NameBeginnings name_beginnings_;
  PhraseTable name_phrases_{PhraseTable::LatinForm::Word};
  std::vector<Concept> concepts_;  // by the owners of the phrases
  PhraseTable concept_phrases_{PhraseTable::LatinForm::Stem};
  ValueLabels labels_;

  friend class ResourceLoader;
};

}  // namespace nunmul
