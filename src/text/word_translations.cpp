// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/word_translations.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <unordered_map>

#include "base/files.h"
#include "base/utf8.h"
#include "text/cldr_annotations.h"
#include "text/cldr_names.h"
#include "text/edict.h"
#include "text/fold.h"
#include "text/han.h"

namespace nunmul {
namespace {

// The first glosses of a word are what it mostly means.
constexpr std::size_t kGlossesOfWord = 3;
// A Korean word may be several Japanese ones (사고: accident, thought).
constexpr std::size_t kGlossesOfHomographs = 2;
constexpr std::size_t kMostEnglish = 5;
// Longer ones explain a word rather than say it.
constexpr std::size_t kWordsOfGloss = 2, kWordsOfName = 3;

constexpr std::string_view kEnglish = "en.xml";
constexpr std::array<std::string_view, 2> kOthers{"ko.xml", "ja.xml"};

bool is_readable_file(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && std::ifstream(path).good();
}

// A term of so many English words at most, in small letters; else "".
std::string english_term(std::string_view phrase, std::size_t most_words) {
  std::string term;
  std::size_t words = 1;
  for (const char c : phrase) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    words += small == ' ';
    if (words > most_words || (small != ' ' && (small < 'a' || small > 'z'))) return {};
    term.push_back(small);
  }
  return term.size() < 2 ? std::string() : term;
}

// A gloss (prime minister) without "to" or an article before it.
std::string term_of_gloss(std::string_view gloss) {
  for (const std::string_view before : {"to ", "a ", "an ", "the "}) {
    if (!gloss.starts_with(before)) continue;
    gloss.remove_prefix(before.size());
    break;
  }
  return english_term(gloss, kWordsOfGloss);
}

}  // namespace

DictionaryPlaces DictionaryPlaces::below(const std::filesystem::path& folder) {
  return {folder / "edict/edict", folder / "unicode/cldr/common/annotations",
          folder / "unicode/cldr/common/main"};
}

class WordTranslations::Maker {
 public:
  explicit Maker(const WordTranslations& owner) : owner_(owner) {}

  Table make() {
    // A package may have gone since.
    if (is_readable_file(owner_.places_.names / kEnglish)) add_names();
    if (is_readable_file(owner_.places_.edict)) add_edict();
    if (is_readable_file(owner_.places_.annotations / kEnglish)) add_annotations();
    return flattened();
  }

 private:
  void add_names() {
    const std::string english = read_file(owner_.places_.names / kEnglish);
    for (const std::string_view other : kOthers) {
      const std::filesystem::path path = owner_.places_.names / other;
      if (!is_readable_file(path)) continue;
      for (const auto& [from, to] : paired_names(read_file(path), english))
        add(fold(from), {english_term(to, kWordsOfName)}, 1);
    }
  }

  void add_edict() {
    const MappedFile file(owner_.places_.edict);
    read_edict(file.bytes(), [this](const EdictEntry& entry) {
      std::vector<std::string> terms;
      for (const std::string_view gloss : entry.glosses) {
        if (terms.size() == kGlossesOfWord) break;
        if (std::string term = term_of_gloss(gloss); !term.empty()) terms.push_back(std::move(term));
      }
      std::u32string headword = fold_utf32(entry.headword);
      for (char32_t& letter : headword) letter = owner_.kanji_forms_.modern(letter);
      add(to_utf8(headword), terms, kGlossesOfWord);
      if (headword.size() >= 2 && std::all_of(headword.begin(), headword.end(), is_kanji))
        if (const std::u32string hangul = owner_.hanja_.read(headword); !hangul.empty())
          add(to_utf8(hangul), terms, kGlossesOfHomographs);
    });
  }

  // Symbols know few words, and those less well than a dictionary.
  void add_annotations() {
    const std::string english = read_file(owner_.places_.annotations / kEnglish);
    for (const std::string_view other : kOthers) {
      const std::filesystem::path path = owner_.places_.annotations / other;
      if (!is_readable_file(path)) continue;
      for (const auto& [from, to] : paired_keywords(read_file(path), english)) {
        const std::string word = fold(from);
        if (std::string meaning = term_of_gloss(to); !meaning.empty() && !english_.contains(word))
          add(word, {std::move(meaning)}, 1);
      }
    }
  }

  void add(const std::string& word, const std::vector<std::string>& english, std::size_t most) {
    if (word.empty() || english.empty()) return;
    std::vector<std::string>& known = english_[word];
    for (std::size_t i = 0; i < std::min(most, english.size()); ++i)
      if (!english[i].empty() && known.size() < kMostEnglish &&
          std::find(known.begin(), known.end(), english[i]) == known.end())
        known.push_back(english[i]);
  }

  Table flattened() const {
    Table table;
    std::vector<const std::pair<const std::string, std::vector<std::string>>*> order;
    for (const auto& row : english_) order.push_back(&row);
    std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
    const auto length = [&] { return static_cast<std::uint32_t>(table.letters.size()); };
    for (const auto* row : order) {
      Row& added = table.rows.emplace_back();
      added.word = length();
      table.letters.append(row->first);
      added.english = length();
      for (const std::string& term : row->second) table.letters.append(term).push_back(' ');
      added.end = length();
    }
    table.letters.shrink_to_fit();
    table.rows.shrink_to_fit();
    return table;
  }

  const WordTranslations& owner_;
  std::unordered_map<std::string, std::vector<std::string>> english_;
};

WordTranslations::WordTranslations(const DictionaryPlaces& places, const KanjiForms& kanji_forms,
                                   const HanjaReadings& hanja)
    : kanji_forms_(kanji_forms), hanja_(hanja) {
  if (is_readable_file(places.edict)) places_.edict = places.edict;
  if (is_readable_file(places.annotations / kEnglish)) places_.annotations = places.annotations;
  if (is_readable_file(places.names / kEnglish)) places_.names = places.names;
}

std::vector<std::string_view> WordTranslations::english_of(std::string_view word) const {
  std::vector<std::string_view> english;
  if (empty()) return english;
  std::call_once(made_, [this] { table_ = Maker(*this).make(); });
  const auto row = std::lower_bound(
      table_.rows.begin(), table_.rows.end(), word,
      [this](const Row& one, std::string_view wanted) { return table_.word_of(one) < wanted; });
  if (row == table_.rows.end() || table_.word_of(*row) != word) return english;
  for (std::string_view rest = table_.english_of(*row); !rest.empty();) {
    const std::size_t end = rest.find(' ');
    const std::string_view word_of_term = rest.substr(0, end);
    if (std::find(english.begin(), english.end(), word_of_term) == english.end())
      english.push_back(word_of_term);
    rest.remove_prefix(end + 1);
  }
  return english;
}

}  // namespace nunmul
