// SPDX-License-Identifier: GPL-2.0-or-later
// The settings of an index: the twenty that the API knows, and our own under "nunmul" on routes of
// their own. Values are checked when they are read, and code behind that relies on it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "index/ranking_rule.h"
#include "text/latin.h"

namespace nunmul {

struct Curation;

enum class MatchingStrategy { Last, All, Frequency, Any };

struct FilterableRule {
  std::vector<std::string> patterns;  // "genre", "tag*", "*"
  bool facet_search = false;
  bool equality = true;
  bool comparison = false;
  bool bare = false;  // given as a bare name: answered as such, with all three features
};

struct LocalizedRule {
  std::vector<std::string> patterns;
  std::vector<std::string> locales;  // as given: "ko", "jpn"
};

struct TypoTolerance {
  bool enabled = true;
  std::uint32_t one_typo = 5;
  std::uint32_t two_typos = 9;
  std::vector<std::string> disable_on_words;
  std::vector<std::string> disable_on_attributes;
  bool disable_on_numbers = false;
};

struct Settings {
  std::vector<std::string> displayed_attributes{"*"};
  std::vector<std::string> searchable_attributes{"*"};
  std::vector<FilterableRule> filterable_attributes;
  std::vector<std::string> sortable_attributes;
  std::vector<RankingRule> ranking_rules{{RankingRule::Kind::Words},     {RankingRule::Kind::Typo},
                                         {RankingRule::Kind::Proximity}, {RankingRule::Kind::AttributeRank},
                                         {RankingRule::Kind::Sort},      {RankingRule::Kind::WordPosition},
                                         {RankingRule::Kind::Exactness}};
  bool default_ranking_rules = true;  // false once they were set to anything, even to the default
  std::vector<std::string> stop_words;
  std::vector<std::string> non_separator_tokens;
  std::vector<std::string> separator_tokens;
  std::vector<std::string> dictionary;
  Json synonyms = Json::object();  // as given
  std::optional<std::string> distinct_attribute;
  bool proximity_by_attribute = false;
  TypoTolerance typo_tolerance;
  std::uint32_t max_values_per_facet = 100;
  std::vector<std::pair<std::string, std::string>> sort_facet_values_by{{"*", "alpha"}};
  std::uint32_t max_total_hits = 1000;
  std::optional<std::uint32_t> search_cutoff_ms;
  std::optional<std::vector<LocalizedRule>> localized_attributes;
  bool facet_search = true;
  bool prefix_search = true;

  // Our own.
  MatchingStrategy default_matching_strategy = MatchingStrategy::Any;
  std::vector<std::string> name_attributes{"title*", "name*", "artist*", "alias*"};  // patterns
  std::shared_ptr<const Curation> curation;  // the owner's rules; null for none

  bool operator==(const Settings&) const;
};

// The object of exactly twenty keys that the API answers, in its order.
Json to_json(const Settings& settings);
// Our own settings: {"defaultMatchingStrategy":"any","nameAttributes":[…],"rules":[…]}.
Json own_settings_json(const Settings& settings);

// Applies an object as sent to PATCH /indexes/{uid}/settings: fields left out stay, null resets one.
// Throws Error(InvalidSettings…) with the path of the value, or Error(BadRequest) for an unknown field.
void apply_settings(Settings& settings, const Json& patch);
// The same for our own settings; Error(InvalidSettingsNunmul).
void apply_own_settings(Settings& settings, const Json& patch);

// One setting by its API name ("typoTolerance"), as bare value and from one.
Json setting_json(const Settings& settings, std::string_view name);
void apply_setting(Settings& settings, std::string_view name, const Json& value);

// One setting as the routes and the manual have it.
struct SettingRow {
  std::string_view route;        // "typo-tolerance"
  std::string_view name;         // "typoTolerance"
  std::string_view verb;         // "PATCH"
  std::string_view description;  // in Markdown
  bool needs_reindex = false;
};
const std::vector<SettingRow>& setting_rows();      // the twenty, each with a route of its own
const std::vector<SettingRow>& own_setting_rows();  // our own, on one route

// Both halves as one text, to be stored and compared; and back.
std::string serialize_settings(const Settings& settings);
Settings deserialize_settings(std::string_view text);

// Whether documents must be analyzed again when settings change from one to the other (searchable,
// filterable, sortable, distinct, separators, dictionary, name and localized attributes …), as against
// what acts at query time only.
bool needs_reindex(const Settings& before, const Settings& after);

// Whether an attribute path ("genre.name") is named by a pattern: itself, an ancestor, or with `*` at
// the begin or end.
bool attribute_matches(std::string_view pattern, std::string_view path);

// The first rule that fits a path, or null.
const FilterableRule* find_filterable(const Settings& settings, std::string_view path);
bool is_sortable(const Settings& settings, std::string_view path);
bool is_displayed(const Settings& settings, std::string_view path);
// The place in searchableAttributes (0 is the most important; 0 for all with "*"), or nothing.
std::optional<std::uint32_t> searchable_place(const Settings& settings, std::string_view path);
// The languages that localizedAttributes give a field, by the first rule that names it.
struct FieldLanguages {
  StemLanguage stems = StemLanguage::English;  // of the first locale that has a stemmer
  bool kana_readings = true;                   // of names; not in a field that is Chinese only
  bool hanja_readings = true;                  // of names; not in a field that is Japanese only
};
FieldLanguages field_languages(const Settings& settings, std::string_view path);
// The languages besides English by whose stems some field is found, each once.
std::vector<StemLanguage> stem_languages(const Settings& settings);
// The names and patterns of all rules, in their order.
std::vector<std::string> filterable_names(const Settings& settings);
// The fields of custom ranking rules ("year:desc").
std::set<std::string, std::less<>> ranking_fields(const Settings& settings);

std::optional<MatchingStrategy> find_matching_strategy(std::string_view name);
std::string_view to_string(MatchingStrategy strategy);

}  // namespace nunmul
