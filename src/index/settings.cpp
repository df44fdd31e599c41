// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/settings.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/utf8.h"
#include "index/curation.h"
#include "index/settings_values.h"

namespace nunmul {
namespace {

// A setting's route and description, and how it is read, written and reset.
struct Setting {
  SettingRow row;
  ErrorCode code;
  void (*read)(Settings&, const PlacedJson&);  // never of a null
  Json (*write)(const Settings&);
  void (*reset)(Settings&);
  Json (*indexed)(const Settings&) = nullptr;  // what decides how documents are analyzed, if anything
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

// Only the fields of rules such as `year:desc` are indexed, in whatever order.
Json custom_rule_fields(const Settings& settings) { return ranking_fields(settings); }

// The features of a rule act on searches alone.
Json filterable_fields(const Settings& settings) {
  const std::vector<std::string> names = filterable_names(settings);
  return std::multiset<std::string>(names.begin(), names.end());
}

void read_strategy(Settings& settings, const PlacedJson& place) {
  settings.default_matching_strategy =
      *find_matching_strategy(place.choice({"last", "all", "frequency", "any"}));
}

Json distinct_attribute(const Settings& settings) { return or_null(settings.distinct_attribute); }

Json localized_rules(const Settings& settings) {
  return settings.localized_attributes ? localized_rules_json(*settings.localized_attributes) : Json(nullptr);
}

// In the order of the answer. Every row is a route, a key of the object, and an error code.
const std::array<Setting, 20> kSettings{{
    {{"displayed-attributes", "displayedAttributes", "PUT", "Fields that answers show."},
     ErrorCode::InvalidSettingsDisplayedAttributes,
     read_texts<&Settings::displayed_attributes>,
     write<&Settings::displayed_attributes>,
     reset<&Settings::displayed_attributes>},
    {{"searchable-attributes", "searchableAttributes", "PUT",
      "Fields that are searched, most important first; `*` searches all of them alike."},
     ErrorCode::InvalidSettingsSearchableAttributes,
     read_texts<&Settings::searchable_attributes>,
     write<&Settings::searchable_attributes>,
     reset<&Settings::searchable_attributes>,
     write<&Settings::searchable_attributes>},
    {{"filterable-attributes", "filterableAttributes", "PUT",
      "Fields for filters and facets: names, patterns (`tag*`), or rules such as "
      R"(`{"attributePatterns":["tag*"],"features":{"facetSearch":true,)"
      R"("filter":{"equality":true,"comparison":false}}}`.)"},
     ErrorCode::InvalidSettingsFilterableAttributes,
     [](Settings& s, const PlacedJson& place) { s.filterable_attributes = read_filterable_rules(place); },
     [](const Settings& s) { return filterable_rules_json(s.filterable_attributes); },
     reset<&Settings::filterable_attributes>,
     filterable_fields},
    {{"sortable-attributes", "sortableAttributes", "PUT", "Fields that a search may sort by."},
     ErrorCode::InvalidSettingsSortableAttributes,
     read_set<&Settings::sortable_attributes>,
     write<&Settings::sortable_attributes>,
     reset<&Settings::sortable_attributes>,
     write<&Settings::sortable_attributes>},
    {{"ranking-rules", "rankingRules", "PUT",
      "Order of the hits: built-in rules, and fields such as `year:desc`. Each rule decides between "
      "hits that those before it leave equal. Only a new field needs the index to be built again; "
      "everything else takes effect at once. If you set this, hits are ordered by it under every "
      "matching strategy."},
     ErrorCode::InvalidSettingsRankingRules,
     read_rules,
     [](const Settings& s) { return ranking_rules_json(s.ranking_rules); },
     reset_rules,
     custom_rule_fields},
    {{"stop-words", "stopWords", "PUT",
      "Words of a query that are ignored if it has others, besides those of "
      "`index/languages/stopwords.txt`."},
     ErrorCode::InvalidSettingsStopWords,
     read_set<&Settings::stop_words>,
     write<&Settings::stop_words>,
     reset<&Settings::stop_words>},
    {{"non-separator-tokens", "nonSeparatorTokens", "PUT",
      "Strings that no longer end a word: with `#`, `C#` is one word."},
     ErrorCode::InvalidSettingsNonSeparatorTokens,
     read_set<&Settings::non_separator_tokens>,
     write<&Settings::non_separator_tokens>,
     reset<&Settings::non_separator_tokens>,
     write<&Settings::non_separator_tokens>},
    {{"separator-tokens", "separatorTokens", "PUT",
      "Strings that end a word, besides spaces and punctuation."},
     ErrorCode::InvalidSettingsSeparatorTokens,
     read_set<&Settings::separator_tokens>,
     write<&Settings::separator_tokens>,
     reset<&Settings::separator_tokens>,
     write<&Settings::separator_tokens>},
    {{"dictionary", "dictionary", "PUT",
      "Words that stay whole although they contain separators: `J. R. R.`"},
     ErrorCode::InvalidSettingsDictionary,
     read_set<&Settings::dictionary>,
     write<&Settings::dictionary>,
     reset<&Settings::dictionary>,
     write<&Settings::dictionary>},
    {{"synonyms", "synonyms", "PUT",
      R"(Words or phrases that also find others: `{"OST":["soundtrack"]}`. The reverse needs an )"
      "entry of its own."},
     ErrorCode::InvalidSettingsSynonyms,
     [](Settings& s, const PlacedJson& place) { s.synonyms = read_synonyms(place); },
     write<&Settings::synonyms>,
     reset<&Settings::synonyms>},
    {{"distinct-attribute", "distinctAttribute", "PUT",
      "Of several hits with the same value in this field, such as `artist`, only the best is shown."},
     ErrorCode::InvalidSettingsDistinctAttribute,
     [](Settings& s, const PlacedJson& place) { s.distinct_attribute = place.text(); },
     distinct_attribute,
     reset<&Settings::distinct_attribute>,
     distinct_attribute},
    {{"proximity-precision", "proximityPrecision", "PUT",
      "`byWord` counts the words between two words of the query; `byAttribute` only asks whether "
      "they are in one field."},
     ErrorCode::InvalidSettingsProximityPrecision,
     [](Settings& s, const PlacedJson& place) {
       s.proximity_by_attribute = place.choice({"byWord", "byAttribute"}) == "byAttribute";
     },
     [](const Settings& s) { return Json(s.proximity_by_attribute ? "byAttribute" : "byWord"); },
     reset<&Settings::proximity_by_attribute>},
    {{"typo-tolerance", "typoTolerance", "PATCH",
      "Whether typos are forgiven, in words of which length, and in which words and fields never. In "
      "Hangul each jamo counts as a letter."},
     ErrorCode::InvalidSettingsTypoTolerance,
     [](Settings& s, const PlacedJson& place) { read_typo_tolerance(s.typo_tolerance, place); },
     [](const Settings& s) { return typo_tolerance_json(s.typo_tolerance); },
     reset<&Settings::typo_tolerance>},
    {{"faceting", "faceting", "PATCH",
      "How many values a facet lists, and in which order: `alpha` or `count`, by field."},
     ErrorCode::InvalidSettingsFaceting,
     read_faceting,
     faceting_json,
     reset_faceting},
    {{"pagination", "pagination", "PATCH", "Number of hits that can be paged through."},
     ErrorCode::InvalidSettingsPagination,
     read_pagination,
     [](const Settings& s) {
       return Json{{"maxTotalHits", s.max_total_hits}};
     },
     reset<&Settings::max_total_hits>},
    {{"embedders", "embedders", "PATCH", "Only `{}` is accepted: nunmul has no vector search."},
     ErrorCode::InvalidSettingsEmbedders,
     read_embedders,
     [](const Settings&) { return Json::object(); },
     [](Settings&) {}},
    {{"search-cutoff-ms", "searchCutoffMs", "PUT",
      "Milliseconds after which a search answers with what it has found; 1500 if `null`."},
     ErrorCode::InvalidSettingsSearchCutoffMs,
     [](Settings& s, const PlacedJson& place) { s.search_cutoff_ms = place.number(); },
     [](const Settings& s) { return or_null(s.search_cutoff_ms); },
     reset<&Settings::search_cutoff_ms>},
    {{"localized-attributes", "localizedAttributes", "PUT",
      "Languages of fields, for stems and readings: "
      R"(`[{"attributePatterns":["*_fr"],"locales":["fra"]}]`. Korean, Japanese and English )"
      "need none."},
     ErrorCode::InvalidSettingsLocalizedAttributes,
     [](Settings& s, const PlacedJson& place) { s.localized_attributes = read_localized_rules(place); },
     localized_rules,
     reset<&Settings::localized_attributes>,
     localized_rules},
    {{"facet-search", "facetSearch", "PUT", "Whether the values of facets can be searched."},
     ErrorCode::InvalidSettingsFacetSearch,
     [](Settings& s, const PlacedJson& place) { s.facet_search = place.boolean(); },
     write<&Settings::facet_search>,
     reset<&Settings::facet_search>},
    {{"prefix-search", "prefixSearch", "PUT",
      "`disabled` matches the last word of a query only as it stands, never as the beginning of a "
      "longer one."},
     ErrorCode::InvalidSettingsPrefixSearch,
     [](Settings& s, const PlacedJson& place) {
       s.prefix_search = place.choice({"indexingTime", "disabled"}) == "indexingTime";
     },
     [](const Settings& s) { return Json(s.prefix_search ? "indexingTime" : "disabled"); },
     reset<&Settings::prefix_search>},
}};

// The settings that only this server has share a route.
const std::array<Setting, 3> kOwnSettings{{
    {{"nunmul-settings", "defaultMatchingStrategy", "PATCH",
      "Which words a hit must have if a search does not say: `any`, `last`, `all` or `frequency`. "
      "[Relevance](relevance.md#which-words-must-match) compares them."},
     ErrorCode::InvalidSettingsNunmul,
     read_strategy,
     [](const Settings& s) { return Json(to_string(s.default_matching_strategy)); },
     reset<&Settings::default_matching_strategy>},
    {{"nunmul-settings", "nameAttributes", "PATCH",
      "Fields that hold names and titles: also found by sound, reading, initials, keyboard layout "
      "and half-typed letters."},
     ErrorCode::InvalidSettingsNunmul,
     read_texts<&Settings::name_attributes>,
     write<&Settings::name_attributes>,
     reset<&Settings::name_attributes>,
     write<&Settings::name_attributes>},
    {{"nunmul-settings", "rules", "PATCH",
      "Pinned, hidden, raised and lowered hits, and redirections, for certain searches: also on "
      "`nunmul-rules`. [Relevance](relevance.md#rules) tells how."},
     ErrorCode::InvalidSettingsNunmul,
     [](Settings& s, const PlacedJson& place) { s.curation = read_curation(place); },
     [](const Settings& s) { return s.curation ? s.curation->json : Json::array(); },
     reset<&Settings::curation>},
}};

const Setting* find_setting(std::span<const Setting> table, std::string_view name) {
  for (const Setting& setting : table) {
    if (setting.row.name == name) return &setting;
  }
  return nullptr;
}

// A name that the program itself wrote, so a wrong one is its own fault.
const Setting& setting_at(std::string_view name) {
  if (const Setting* setting = find_setting(kSettings, name)) return *setting;
  throw Error(ErrorCode::Internal, "There is no setting `" + std::string(name) + "`.");
}

void apply(Settings& settings, const Setting& setting, const PlacedJson& place) {
  if (place.is_null()) {
    setting.reset(settings);
  } else {
    setting.read(settings, place);
  }
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

Json table_json(std::span<const Setting> table, const Settings& settings) {
  Json object = Json::object();
  for (const Setting& setting : table) object[std::string(setting.row.name)] = setting.write(settings);
  return object;
}

void apply_patch(std::span<const Setting> table, ErrorCode code, Settings& settings, const Json& patch) {
  Settings changed = settings;
  PlacedJson(patch, code).for_each_field({}, [&](std::string_view name, const PlacedJson& field) {
    if (const Setting* setting = find_setting(table, name)) {
      apply(changed, *setting, PlacedJson(field.value(), setting->code, Place::body().field(name)));
    } else if (!field.is_null() || !is_left_out(name)) {
      std::vector<std::string_view> names;
      for (const Setting& known : table) names.push_back(known.row.name);
      reject_field(ErrorCode::BadRequest, Place::body(), name, names);
    }
  });
  settings = std::move(changed);
}

std::vector<SettingRow> rows_of(std::span<const Setting> table) {
  std::vector<SettingRow> rows;
  for (const Setting& setting : table) {
    rows.push_back(setting.row);
    rows.back().needs_reindex = setting.indexed != nullptr;
  }
  return rows;
}

}  // namespace

Json to_json(const Settings& settings) { return table_json(kSettings, settings); }

Json own_settings_json(const Settings& settings) { return table_json(kOwnSettings, settings); }

void apply_settings(Settings& settings, const Json& patch) {
  apply_patch(kSettings, ErrorCode::BadRequest, settings, patch);
}

void apply_own_settings(Settings& settings, const Json& patch) {
  apply_patch(kOwnSettings, ErrorCode::InvalidSettingsNunmul, settings, patch);
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
  static const std::vector<SettingRow> rows = rows_of(kSettings);
  return rows;
}

const std::vector<SettingRow>& own_setting_rows() {
  static const std::vector<SettingRow> rows = rows_of(kOwnSettings);
  return rows;
}

bool needs_reindex(const Settings& before, const Settings& after) {
  const auto differs = [&](const Setting& setting) {
    return setting.indexed && setting.indexed(before) != setting.indexed(after);
  };
  return std::any_of(kSettings.begin(), kSettings.end(), differs) ||
         std::any_of(kOwnSettings.begin(), kOwnSettings.end(), differs);
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
