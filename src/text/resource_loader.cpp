// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/resource_loader.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/fold.h"
#include "text/inflection.h"
#include "text/japanese.h"
#include "text/latin.h"
#include "text/syllable.h"
#include "text/tokenizer.h"

namespace nunmul {
namespace {

// Romanised Korean and Japanese this short is too often an English word (sake, mono).
constexpr std::size_t kAmbiguousRomanisation = 4;
constexpr std::size_t kAmbiguousKana = 2;  // names of so few kana are also words (リン, カラ)

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_tab(char c) { return c == '\t'; }

// Calls `use` with each line that is not empty, without its comment.
void for_each_line(std::string_view text, const std::function<void(std::string_view, std::size_t)>& use) {
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    line = line.substr(0, line.find('#'));
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    if (!line.empty()) use(line, number);
  }
}

// The fields between border characters, none of them empty.
std::vector<std::string> split(std::string_view line, bool (*is_border)(char)) {
  std::vector<std::string> fields;
  for (std::size_t at = 0; at < line.size();) {
    if (is_border(line[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < line.size() && !is_border(line[end])) ++end;
    fields.emplace_back(line.substr(at, end - at));
    at = end;
  }
  return fields;
}

bool contains(const std::vector<std::string>& list, const std::string& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

void ResourceLoader::load() {
  const std::vector<std::string> particles = read_words("particles-ko.txt", Use::Terms);
  const std::vector<std::string> endings = read_words("endings-ko.txt", Use::Terms);
  resources_.hangul_stemmer_ = HangulStemmer(particles, endings);
  for (const std::string& word : read_words("stopwords.txt", Use::NoTerms)) add_stop_word(word);
  for (const std::string& word : read_words("request-words.txt", Use::NoTerms)) {
    add_stop_word(word);
    resources_.request_words_.insert(fold(word));
  }
  read_errands();
  read_table("kyujitai.tsv", [this](const std::vector<std::string>& row) {
    resources_.kanji_forms_.add(decode_utf8(row[0], 0).code, decode_utf8(row[1], 0).code);
  });
  read_table("hanja.tsv", [this](const std::vector<std::string>& row) {
    std::u32string readings = to_utf32(row[1]);
    std::erase_if(readings, [](char32_t code) { return !is_syllable(code); });
    resources_.hanja_.add(decode_utf8(row[0], 0).code, std::move(readings));
  });
  read_objects("names.json", Use::Terms, [this](const Json& object) { add_name_group(object); });
  resources_.name_beginnings_.sort();
  read_objects("concepts.json", Use::Terms, [this](const Json& object) {
    add_concept(object);
    add_theme_labels(object);
  });
  read_objects("labels.json", Use::NoTerms, [this](const Json& object) { add_label(object); });
  open_mecab();
  read_korean_lexicon();
  find_dictionaries();
}

std::optional<std::string> ResourceLoader::read(const std::string& name, Use use) {
  const std::filesystem::path path = places_.folder / name;
  std::error_code ignored;
  const bool present = std::filesystem::is_regular_file(path, ignored);
  resources_.status_.push_back({name, path.string(), 0, present});
  if (!present) return std::nullopt;
  std::string bytes = read_file(path);
  if (use == Use::Terms) {
    resources_.fingerprint_ = hash64(std::to_string(resources_.fingerprint_) + name + '\n' + bytes);
  }
  return bytes;
}

void ResourceLoader::fail(const std::string& place, const std::string& what) const {
  throw Error(ErrorCode::InvalidInput, resources_.status_.back().path + ", " + place + ": " + what);
}

void ResourceLoader::fail_entry(const std::string& what) const {
  fail("entry " + std::to_string(resources_.status_.back().entries + 1), what);
}

std::vector<std::string> ResourceLoader::read_words(const std::string& name, Use use) {
  const std::optional<std::string> bytes = read(name, use);
  std::vector<std::string> words;
  if (!bytes) return words;
  for_each_line(*bytes, [&](std::string_view line, std::size_t) {
    for (std::string& word : split(line, is_blank)) words.push_back(std::move(word));
  });
  resources_.status_.back().entries = words.size();
  return words;
}

// Rows of at least two fields between tabs.
void ResourceLoader::read_table(const std::string& name,
                                const std::function<void(const std::vector<std::string>&)>& use) {
  const std::optional<std::string> bytes = read(name, Use::Terms);
  if (!bytes) return;
  for_each_line(*bytes, [&](std::string_view line, std::size_t number) {
    const std::vector<std::string> row = split(line, is_tab);
    if (row.size() < 2)
      fail("line " + std::to_string(number), "expected two fields with a tab between them.");
    use(row);
    ++resources_.status_.back().entries;
  });
}

void ResourceLoader::read_objects(const std::string& name, Use use,
                                  const std::function<void(const Json&)>& each) {
  const std::optional<std::string> bytes = read(name, use);
  if (!bytes) return;
  Json list;
  try {
    list = parse_json(*bytes);
  } catch (const Error& error) {
    fail("the whole file", error.what());
  }
  if (!list.is_array()) fail("the whole file", "expected an array.");
  for (const Json& object : list) {
    if (!object.is_object()) fail_entry("expected an object.");
    each(object);
    ++resources_.status_.back().entries;
  }
}

std::string ResourceLoader::text_of(const Json& object, const char* field) const {
  const auto value = object.find(field);
  if (value == object.end() || !value->is_string()) {
    fail_entry(std::string("expected a string as `") + field + "`.");
  }
  return value->get<std::string>();
}

std::vector<std::string> ResourceLoader::texts_of(const Json& object, const char* field) const {
  std::vector<std::string> texts;
  const auto list = object.find(field);
  if (list == object.end()) return texts;
  const auto is_text = [](const Json& value) { return value.is_string(); };
  if (!list->is_array() || !std::all_of(list->begin(), list->end(), is_text)) {
    fail_entry(std::string("expected strings as `") + field + "`.");
  }
  for (const Json& value : *list) texts.push_back(value.get<std::string>());
  return texts;
}

void ResourceLoader::add_stop_word(const std::string& word) {
  const std::string folded = fold(word);
  resources_.stop_words_.insert(folded);
  resources_.stop_words_.insert(latin_stem(folded));
}

void ResourceLoader::read_errands() {
  const std::optional<std::string> bytes = read("errand-words.txt", Use::NoTerms);
  if (!bytes) return;
  for_each_line(*bytes, [this](std::string_view line, std::size_t) {
    resources_.errand_phrases_.add(tokens_of(std::string(line)), {});
  });
  resources_.status_.back().entries = resources_.errand_phrases_.size();
}

void ResourceLoader::keep_korean_word(const std::string& word) {
  std::u32string folded = fold_utf32(word);
  if (std::all_of(folded.begin(), folded.end(), is_syllable))
    resources_.hangul_stemmer_.keep_whole(std::move(folded));
}

void ResourceLoader::add_name_group(const Json& object) {
  NameGroup group{text_of(object, "id"), text_of(object, "kind"), texts_of(object, "names"),
                  texts_of(object, "ambiguous")};
  const auto number = static_cast<std::uint32_t>(resources_.name_groups_.size());
  for (const std::string& name : group.names) {
    const bool ambiguous =
        contains(group.ambiguous, name) || (is_all_kana(name) && count_chars(name) <= kAmbiguousKana);
    const PhraseEntry entry{number, ambiguous, false};
    const std::vector<Token> tokens = tokens_of(name);
    resources_.name_phrases_.add(tokens, entry);
    resources_.name_beginnings_.add(tokens, number, ambiguous);
    // Titles are not kept: they may well end in a particle that others write differently.
    if (group.kind == "artist") keep_korean_word(name);
  }
  resources_.name_groups_.push_back(std::move(group));
}

std::vector<Token> ResourceLoader::tokens_of(const std::string& form) const {
  return Tokenizer(resources_.hangul_stemmer_, resources_.korean_lexicon_, resources_.kanji_forms_)
      .tokens(form);
}

void ResourceLoader::add_concept_form(const std::string& form, PhraseEntry entry) {
  PhraseTable& phrases = resources_.concept_phrases_;
  const std::vector<Token> tokens = tokens_of(form);
  phrases.add(tokens, entry);
  const std::u32string letters = phrases.letters_of(tokens);
  for (const std::u32string& stem : japanese_stems(letters)) phrases.add_stem(stem, entry);
  entry.beginning = true;
  for (const std::u32string& stem : korean_stems(letters)) phrases.add_stem(stem, entry);
}

void ResourceLoader::add_concept(const Json& object) {
  const auto number = static_cast<std::uint32_t>(resources_.concepts_.size());
  const auto optional = [&](const char* field) {
    return object.contains(field) ? text_of(object, field) : "";
  };
  const std::string id = text_of(object, "id"), errands = optional("errands");
  if (!errands.empty() && errands != "none" && errands != "many")
    fail_entry("expected `none` or `many` as `errands`.");
  const auto has_id = [&](const Concept& other) { return other.id == id; };
  if (std::any_of(resources_.concepts_.begin(), resources_.concepts_.end(), has_id))
    fail_entry("there is another theme with the id `" + id + "`.");
  resources_.concepts_.push_back({id, optional("kind"), object.contains("praise"),
                                  errands == "none"   ? ErrandsAbout::None
                                  : errands == "many" ? ErrandsAbout::Many
                                                      : ErrandsAbout::Some});
  const std::vector<std::string> ambiguous = texts_of(object, "ambiguous");
  for (const char* language : {"en", "ko", "ja", "ja_kana"}) {
    for (const std::string& form : texts_of(object, language)) {
      add_concept_form(form, {number, contains(ambiguous, form), false});
    }
  }
  for (const char* romanised : {"ko_rom", "ja_rom"}) {
    for (const std::string& form : texts_of(object, romanised)) {
      const bool short_form = form.size() <= kAmbiguousRomanisation;
      add_concept_form(form, {number, short_form || contains(ambiguous, form), false});
    }
  }
  for (const std::string& form : texts_of(object, "ko")) {
    if (!form.ends_with("다")) keep_korean_word(form);
  }
}

// A theme may be written as the concept's id or its first English word.
void ResourceLoader::add_theme_labels(const Json& object) {
  std::string id = text_of(object, "id");
  std::replace(id.begin(), id.end(), '-', ' ');
  std::vector<std::string> values = texts_of(object, "en");
  values.resize(std::min<std::size_t>(values.size(), 1));
  values.push_back(std::move(id));
  for (const char* language : {"ko", "ja"})
    if (const std::vector<std::string> words = texts_of(object, language); !words.empty())
      for (const std::string& value : values)
        resources_.labels_.add(language, "themes", value, words.front());
}

void ResourceLoader::add_label(const Json& object) {
  const std::string field = text_of(object, "field"), value = text_of(object, "value");
  for (const auto& [language, label] : object.items())
    if (language != "field" && language != "value")
      resources_.labels_.add(language, field, value, text_of(object, language.c_str()));
}

void ResourceLoader::open_mecab() {
  for (const std::filesystem::path& place : places_.mecab_dictionaries) {
    resources_.kana_reader_ = KanaReader::open(place);
    if (!resources_.kana_reader_) continue;
    const KanaReader& reader = *resources_.kana_reader_;
    resources_.status_.push_back({"mecab", place.string(), reader.entries(), true});
    resources_.fingerprint_ = hash64(std::to_string(resources_.fingerprint_) + "mecab " + reader.version());
    return;
  }
  const std::string place =
      places_.mecab_dictionaries.empty() ? "" : places_.mecab_dictionaries.front().string();
  resources_.status_.push_back({"mecab", place, 0, false});
}

void ResourceLoader::read_korean_lexicon() {
  const std::filesystem::path& place = places_.korean_word_list;
  std::error_code ignored;
  const bool present = std::filesystem::is_regular_file(place, ignored);
  resources_.status_.push_back({"hunspell-ko", place.string(), 0, present});
  if (!present) return;
  const std::string bytes = read_file(place);
  resources_.korean_lexicon_ = KoreanLexicon(bytes);
  resources_.status_.back().entries = resources_.korean_lexicon_.entries();
  resources_.fingerprint_ = hash64(std::to_string(resources_.fingerprint_) + "hunspell-ko\n" + bytes);
}

void ResourceLoader::find_dictionaries() {
  const DictionaryPlaces& places = places_.dictionaries;
  resources_.translations_ =
      std::make_unique<WordTranslations>(places, resources_.kanji_forms_, resources_.hanja_);
  resources_.status_.push_back({"edict", places.edict.string(), 0, resources_.translations_->has_edict()});
  resources_.status_.push_back(
      {"cldr annotations", places.annotations.string(), 0, resources_.translations_->has_annotations()});
  resources_.status_.push_back(
      {"cldr names", places.names.string(), 0, resources_.translations_->has_names()});
}

}  // namespace nunmul
