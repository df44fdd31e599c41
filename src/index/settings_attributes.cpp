// SPDX-License-Identifier: GPL-2.0-or-later
// Looks up an attribute path in the settings. A name also stands for everything nested under it.
#include <algorithm>

#include "index/settings.h"
#include "text/locales.h"

namespace nunmul {
namespace {

bool ends_a_name(std::string_view path, std::size_t length) {
  return length == path.size() || path[length] == '.';
}

// "*x" and "*x*": at the end of the path or of a name that the path lies under, or anywhere in it.
bool matches_after_star(std::string_view rest, std::string_view path) {
  if (rest.ends_with('*')) return path.find(rest.substr(0, rest.size() - 1)) != path.npos;
  for (std::size_t at = path.find(rest); at != path.npos; at = path.find(rest, at + 1)) {
    if (ends_a_name(path, at + rest.size())) return true;
  }
  return false;
}

bool any_matches(const std::vector<std::string>& patterns, std::string_view path) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return attribute_matches(pattern, path); });
}

FieldLanguages languages_of(const LocalizedRule& rule) {
  FieldLanguages languages;
  std::optional<StemLanguage> stems;
  bool all_chinese = !rule.locales.empty(), all_japanese = all_chinese;
  for (const std::string& locale : rule.locales) {
    const std::string_view code = find_locale(locale).value_or("");
    if (!stems) stems = find_stem_language(code);
    all_chinese &= code == "zho";
    all_japanese &= code == "jpn";
  }
  languages.stems = stems.value_or(StemLanguage::English);
  languages.kana_readings = !all_chinese;
  languages.hanja_readings = !all_japanese;
  return languages;
}

}  // namespace

bool attribute_matches(std::string_view pattern, std::string_view path) {
  if (pattern == "*") return true;
  if (pattern.starts_with('*')) return matches_after_star(pattern.substr(1), path);
  if (pattern.ends_with('*')) return path.starts_with(pattern.substr(0, pattern.size() - 1));
  return path.starts_with(pattern) && ends_a_name(path, pattern.size());
}

const FilterableRule* find_filterable(const Settings& settings, std::string_view path) {
  for (const FilterableRule& rule : settings.filterable_attributes) {
    if (any_matches(rule.patterns, path)) return &rule;
  }
  return nullptr;
}

bool is_sortable(const Settings& settings, std::string_view path) {
  return any_matches(settings.sortable_attributes, path);
}

bool is_displayed(const Settings& settings, std::string_view path) {
  return any_matches(settings.displayed_attributes, path);
}

std::optional<std::uint32_t> searchable_place(const Settings& settings, std::string_view path) {
  std::uint32_t rank = 0;
  for (const std::string& pattern : settings.searchable_attributes) {
    if (attribute_matches(pattern, path)) return rank;
    ++rank;
  }
  return std::nullopt;
}

FieldLanguages field_languages(const Settings& settings, std::string_view path) {
  if (!settings.localized_attributes) return {};
  for (const LocalizedRule& rule : *settings.localized_attributes) {
    if (any_matches(rule.patterns, path)) return languages_of(rule);
  }
  return {};
}

std::vector<StemLanguage> stem_languages(const Settings& settings) {
  std::vector<StemLanguage> languages;
  if (!settings.localized_attributes) return languages;
  for (const LocalizedRule& rule : *settings.localized_attributes) {
    const StemLanguage language = languages_of(rule).stems;
    if (language == StemLanguage::English) continue;
    if (std::find(languages.begin(), languages.end(), language) == languages.end())
      languages.push_back(language);
  }
  return languages;
}

std::vector<std::string> filterable_names(const Settings& settings) {
  std::vector<std::string> names;
  for (const FilterableRule& rule : settings.filterable_attributes)
    names.insert(names.end(), rule.patterns.begin(), rule.patterns.end());
  return names;
}

std::set<std::string, std::less<>> ranking_fields(const Settings& settings) {
  std::set<std::string, std::less<>> fields;
  for (const RankingRule& rule : settings.ranking_rules)
    if (rule.kind == RankingRule::Kind::Custom) fields.insert(rule.attribute);
  return fields;
}

}  // namespace nunmul
