// SPDX-License-Identifier: GPL-2.0-or-later
// Fills LanguageResources from a folder, a file at a time.
#pragma once

#include <functional>
#include <optional>

#include "base/json.h"
#include "text/language_resources.h"

namespace nunmul {

class ResourceLoader {
 public:
  ResourceLoader(LanguageResources& resources, const ResourcePlaces& places)
      : resources_(resources), places_(places) {}

  void load();

 private:
  enum class Use { NoTerms, Terms };  // what a resource decides, for the fingerprint

  // The bytes of a file of the folder, or nothing if it is not there. Its status is the last from then on.
  std::optional<std::string> read(const std::string& name, Use use);
  std::vector<std::string> read_words(const std::string& name, Use use);
  void read_table(const std::string& name, const std::function<void(const std::vector<std::string>&)>& use);
  // The objects of a JSON array.
  void read_objects(const std::string& name, Use use, const std::function<void(const Json&)>& each);
  [[noreturn]] void fail(const std::string& place, const std::string& what) const;
  [[noreturn]] void fail_entry(const std::string& what) const;  // in the object that is being read
  std::string text_of(const Json& object, const char* field) const;
  std::vector<std::string> texts_of(const Json& object, const char* field) const;

  void add_stop_word(const std::string& word);
  void read_errands();
  void add_name_group(const Json& object);
  void add_concept(const Json& object);
  std::vector<Token> tokens_of(const std::string& form) const;
  void add_concept_form(const std::string& form, PhraseEntry entry);
  void add_label(const Json& object);
  void add_theme_labels(const Json& object);
  void keep_korean_word(const std::string& word);
  void open_mecab();
  void read_korean_lexicon();
  void find_dictionaries();

  LanguageResources& resources_;
  const ResourcePlaces& places_;
};

}  // namespace nunmul
