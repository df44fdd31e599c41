// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/settings.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "index/settings_values.h"

namespace nunmul {
namespace {

// What there is to know about a setting: its route, and how it is read, written and reset.
struct Setting {
  SettingRow row;
  ErrorCode code;
  void (*read)(Settings&, const PlacedJson&);  // never of a null
  Json (*write)(const Settings&);
  void (*reset)(Settings&);
};

template <auto Member>
void reset(Settings& settings) {
  const Settings defaults;
  settings.*Member = defaults.*Member;
}

template <auto Member>
Json write(const Settings& settings) {
  return settings.*Member;
}

template <auto Member>
void read_texts(Settings& settings, const PlacedJson& place) {
  settings.*Member = place.texts();
}

template <auto Member>
void read_set(Settings& settings, const PlacedJson& place) {
  settings.*Member = place.set_of_texts();
}

void read_rules(Settings& settings, const PlacedJson& place) {
  settings.ranking_rules = read_ranking_rules(place);
  settings.default_ranking_rules = false;
}

void reset_rules(Settings& settings) {
  reset<&Settings::ranking_rules>(settings);
  settings.default_ranking_rules = true;
}

void reset_faceting(Settings& settings) {
  reset<&Settings::max_values_per_facet>(settings);
  reset<&Settings::sort_facet_values_by>(settings);
}

void read_pagination(Settings& settings, const PlacedJson& place) {
  place.for_each_field({"maxTotalHits"}, [&](std::string_view, const PlacedJson& field) {
    settings.max_total_hits = field.is_null() ? Settings{}.max_total_hits : field.number();
  });
}

void read_embedders(Settings&, const PlacedJson& place) {
  place.for_each_field({}, [&](std::string_view, const PlacedJson& field) {
    field.fail("embedders are not offered, only `{}` and `null` are accepted");
  });
}

// In the order of the answer. Every row is a route, a key of the object, and an error code.
const std::array<Setting, 20> kSettings{{
    {{"displayed-attributes", "displayedAttributes", "PUT"},
     ErrorCode::InvalidSettingsDisplayedAttributes,
     read_texts<&Settings::displayed_attributes>,
     write<&Settings::displayed_attributes>,
     reset<&Settings::displayed_attributes>},
    {{"searchable-attributes", "searchableAttributes", "PUT"},
     ErrorCode::InvalidSettingsSearchableAttributes,
     read_texts<&Settings::searchable_attributes>,
     write<&Settings::searchable_attributes>,
     reset<&Settings::searchable_attributes>},
    {{"filterable-attributes", "filterableAttributes", "PUT"},
     ErrorCode::InvalidSettingsFilterableAttributes,
     [](Settings& s, const PlacedJson& place) { s.filterable_attributes = read_filterable_rules(place); },
     [](const Settings& s) { return filterable_rules_json(s.filterable_attributes); },
     reset<&Settings::filterable_attributes>},
    {{"sortable-attributes", "sortableAttributes", "PUT"},
     ErrorCode::InvalidSettingsSortableAttributes,
     read_set<&Settings::sortable_attributes>,
     write<&Settings::sortable_attributes>,
     reset<&Settings::sortable_attributes>},
    {{"ranking-rules", "rankingRules", "PUT"},
     ErrorCode::InvalidSettingsRankingRules,
     read_rules,
     [](const Settings& s) { return ranking_rules_json(s.ranking_rules); },
     reset_rules},
    {{"stop-words", "stopWords", "PUT"},
     ErrorCode::InvalidSettingsStopWords,
     read_set<&Settings::stop_words>,
     write<&Settings::stop_words>,
     reset<&Settings::stop_words>},
    {{"non-separator-tokens", "nonSeparatorTokens", "PUT"},
     ErrorCode::InvalidSettingsNonSeparatorTokens,
     read_set<&Settings::non_separator_tokens>,
     write<&Settings::non_separator_tokens>,
     reset<&Settings::non_separator_tokens>},
    {{"separator-tokens", "separatorTokens", "PUT"},
     ErrorCode::InvalidSettingsSeparatorTokens,
     read_set<&Settings::separator_tokens>,
     write<&Settings::separator_tokens>,
     reset<&Settings::separator_tokens>},
    {{"dictionary", "dictionary", "PUT"},
     ErrorCode::InvalidSettingsDictionary,
     read_set<&Settings::dictionary>,
     write<&Settings::dictionary>,
     reset<&Settings::dictionary>},
    {{"synonyms", "synonyms", "PUT"},
     ErrorCode::InvalidSettingsSynonyms,
     [](Settings& s, const PlacedJson& place) { s.synonyms = read_synonyms(place); },
     write<&Settings::synonyms>,
     reset<&Settings::synonyms>},
    {{"distinct-attribute", "distinctAttribute", "PUT"},
     ErrorCode::InvalidSettingsDistinctAttribute,
     [](Settings& s, const PlacedJson& place) { s.distinct_attribute = place.text(); },
     [](const Settings& s) { return or_null(s.distinct_attribute); },
     reset<&Settings::distinct_attribute>},
    {{"proximity-precision", "proximityPrecision", "PUT"},
     ErrorCode::InvalidSettingsProximityPrecision,
     [](Settings& s, const PlacedJson& place) {
       s.proximity_by_attribute = place.choice({"byWord", "byAttribute"}) == "byAttribute";
     },
     [](const Settings& s) { return Json(s.proximity_by_attribute ? "byAttribute" : "byWord"); },
     reset<&Settings::proximity_by_attribute>},
    {{"typo-tolerance", "typoTolerance", "PATCH"},
     ErrorCode::InvalidSettingsTypoTolerance,
     [](Settings& s, const PlacedJson& place) { read_typo_tolerance(s.typo_tolerance, place); },
     [](const Settings& s) { return typo_tolerance_json(s.typo_tolerance); },
     reset<&Settings::typo_tolerance>},
    {{"faceting", "faceting", "PATCH"},
     ErrorCode::InvalidSettingsFaceting,
     read_faceting,
     faceting_json,
     reset_faceting},
    {{"pagination", "pagination", "PATCH"},
     ErrorCode::InvalidSettingsPagination,
     read_pagination,
     [](const Settings& s) {
       return Json{{"maxTotalHits", s.max_total_hits}};
     },
     reset<&Settings::max_total_hits>},
    {{"embedders", "embedders", "PATCH"},
     ErrorCode::InvalidSettingsEmbedders,
     read_embedders,
     [](const Settings&) { return Json::object(); },
     [](Settings&) {}},
    {{"search-cutoff-ms", "searchCutoffMs", "PUT"},
     ErrorCode::InvalidSettingsSearchCutoffMs,
     [](Settings& s, const PlacedJson& place) { s.search_cutoff_ms = place.number(); },
     [](const Settings& s) { return or_null(s.search_cutoff_ms); },
     reset<&Settings::search_cutoff_ms>},
    {{"localized-attributes", "localizedAttributes", "PUT"},
     ErrorCode::InvalidSettingsLocalizedAttributes,
     [](Settings& s, const PlacedJson& place) { s.localized_attributes = read_localized_rules(place); },
     [](const Settings& s) {
       return s.localized_attributes ? localized_rules_json(*s.localized_attributes) : Json(nullptr);
     },
     reset<&Settings::localized_attributes>},
    {{"facet-search", "facetSearch", "PUT"},
     ErrorCode::InvalidSettingsFacetSearch,
     [](Settings& s, const PlacedJson& place) { s.facet_search = place.boolean(); },
     write<&Settings::facet_search>,
     reset<&Settings::facet_search>},
    {{"prefix-search", "prefixSearch", "PUT"},
     ErrorCode::InvalidSettingsPrefixSearch,
     [](Settings& s, const PlacedJson& place) {
       s.prefix_search = place.choice({"indexingTime", "disabled"}) == "indexingTime";
     },
     [](const Settings& s) { return Json(s.prefix_search ? "indexingTime" : "disabled"); },
     reset<&Settings::prefix_search>},
}};

const Setting* find_setting(std::string_view name) {
  for (const Setting& setting : kSettings) {
    if (setting.row.name == name) return &setting;
  }
  return nullptr;
}

// A name that the program itself wrote, so a wrong one is its own fault.
const Setting& setting_at(std::string_view name) {
  if (const Setting* setting = find_setting(name)) return *setting;
  throw Error(ErrorCode::Internal, "There is no setting `" + std::string(name) + "`.");
}

void apply(Settings& settings, const Setting& setting, const PlacedJson& place) {
  if (place.is_null()) {
    setting.reset(settings);
  } else {
    setting.read(settings, place);
  }
}

std::vector<std::string_view> setting_names() {
  std::vector<std::string_view> names;
  for (const Setting& setting : kSettings) names.push_back(setting.row.name);
  return names;
}

constexpr std::array<std::pair<MatchingStrategy, std::string_view>, 4> kStrategies{
    {{MatchingStrategy::Last, "last"},
     {MatchingStrategy::All, "all"},
     {MatchingStrategy::Frequency, "frequency"},
     {MatchingStrategy::Any, "any"}}};

// Settings of the API that this server does not have: clients that send all of them say null.
bool is_left_out(std::string_view name) {
  return name == "chat" || name == "foreignKeys" || name == "vectorStore";
}

}  // namespace

Json to_json(const Settings& settings) {
  Json object = Json::object();
  for (const Setting& setting : kSettings) object[std::string(setting.row.name)] = setting.write(settings);
  return object;
}

void apply_settings(Settings& settings, const Json& patch) {
  Settings changed = settings;
  const PlacedJson body(patch, ErrorCode::BadRequest);
  body.for_each_field({}, [&](std::string_view name, const PlacedJson& field) {
    const Setting* setting = find_setting(name);
    if (!setting && field.is_null() && is_left_out(name)) return;
    if (!setting) reject_field(ErrorCode::BadRequest, Place::body(), name, setting_names());
    apply(changed, *setting, PlacedJson(field.value(), setting->code, Place::body().field(name)));
  });
  settings = std::move(changed);
}

Json own_settings_json(const Settings& settings) {
  return Json{{"defaultMatchingStrategy", to_string(settings.default_matching_strategy)},
              {"nameAttributes", settings.name_attributes}};
}

void apply_own_settings(Settings& settings, const Json& patch) {
  Settings changed = settings;
  const Settings defaults;
  const PlacedJson body(patch, ErrorCode::InvalidSettingsNunmul);
  body.for_each_field({}, [&](std::string_view name, const PlacedJson& field) {
    if (name == "nameAttributes") {
      changed.name_attributes = field.is_null() ? defaults.name_attributes : field.texts();
    } else if (name == "defaultMatchingStrategy") {
      changed.default_matching_strategy =
          field.is_null() ? defaults.default_matching_strategy
                          : *find_matching_strategy(field.choice({"last", "all", "frequency", "any"}));
    } else {
      constexpr std::array<std::string_view, 2> kNames{"defaultMatchingStrategy", "nameAttributes"};
      reject_field(ErrorCode::BadRequest, Place::body(), name, kNames);
    }
  });
  settings = std::move(changed);
}

Json setting_json(const Settings& settings, std::string_view name) {
  return setting_at(name).write(settings);
}

void apply_setting(Settings& settings, std::string_view name, const Json& value) {
  Settings changed = settings;
  const Setting& setting = setting_at(name);
  apply(changed, setting, PlacedJson(value, setting.code));
  settings = std::move(changed);
}

const std::vector<SettingRow>& setting_rows() {
  static const std::vector<SettingRow> rows = [] {
    std::vector<SettingRow> made;
    for (const Setting& setting : kSettings) made.push_back(setting.row);
    return made;
  }();
  return rows;
}

std::string serialize_settings(const Settings& settings) {
  return dump_json(Json{{"settings", to_json(settings)},
                        {"defaultRankingRules", settings.default_ranking_rules},
                        {"nunmul", own_settings_json(settings)}});
}

Settings deserialize_settings(std::string_view text) {
  const Json stored = parse_json(text);
  if (!stored.is_object() || !stored.contains("settings")) {
    throw Error(ErrorCode::IoError, "The stored settings are damaged: " + std::string(utf8_prefix(text, 80)));
  }
  Settings settings;
  apply_settings(settings, stored.at("settings"));
  if (stored.contains("nunmul")) apply_own_settings(settings, stored.at("nunmul"));
  settings.default_ranking_rules = stored.value("defaultRankingRules", false);
  return settings;
}

bool Settings::operator==(const Settings& other) const {
  return serialize_settings(*this) == serialize_settings(other);
}

std::optional<MatchingStrategy> find_matching_strategy(std::string_view name) {
  for (const auto& [strategy, known] : kStrategies) {
    if (known == name) return strategy;
  }
  return std::nullopt;
}

std::string_view to_string(MatchingStrategy strategy) {
  return kStrategies[static_cast<std::size_t>(strategy)].second;
}

}  // namespace nunmul
