// SPDX-License-Identifier: GPL-2.0-or-later
#include "http/field_handlers.h"

#include <algorithm>
#include <set>

#include "engine/engine.h"
#include "http/answers.h"
#include "http/json_reader.h"

namespace nunmul {
namespace {

constexpr Field kFilterFields[] = {
    {"attributePatterns", FieldKind::Texts, ErrorCode::BadRequest, ""},
    {"displayed", FieldKind::Flag, ErrorCode::BadRequest, ""},
    {"searchable", FieldKind::Flag, ErrorCode::BadRequest, ""},
    {"sortable", FieldKind::Flag, ErrorCode::BadRequest, ""},
    {"distinct", FieldKind::Flag, ErrorCode::BadRequest, ""},
    {"rankingRule", FieldKind::Flag, ErrorCode::BadRequest, ""},
    {"filterable", FieldKind::Flag, ErrorCode::BadRequest, ""},
};

// "asc" or "desc" where a custom ranking rule orders by the field.
std::optional<std::string> custom_order(const Settings& settings, const std::string& name) {
  for (const RankingRule& rule : settings.ranking_rules)
    if (rule.kind == RankingRule::Kind::Custom && rule.attribute == name)
      return rule.ascending ? "asc" : "desc";
  return std::nullopt;
}

std::string facet_order(const Settings& settings, const std::string& name) {
  std::string order = "alpha";
  for (const auto& [pattern, by] : settings.sort_facet_values_by) {
    if (pattern == name) return by;
    if (pattern == "*") order = by;
  }
  return order;
}

// The settings, ready to be asked about thousands of fields.
struct FieldSettings {
  explicit FieldSettings(const Settings& s)
      : settings(s),
        displayed(s.displayed_attributes),
        searchable(s.searchable_attributes),
        sortable(s.sortable_attributes),
        filterable(filterable_names(s)) {
    for (const FilterableRule& rule : s.filterable_attributes)
      rules.resize(rules.size() + rule.patterns.size(), &rule);
  }

  const FilterableRule* find_rule(const std::string& name) const {
    const auto place = filterable.first_match(name);
    return place ? rules[*place] : nullptr;
  }

  const Settings& settings;
  AttributeNames displayed, searchable, sortable, filterable;
  std::vector<const FilterableRule*> rules;  // of each name in `filterable`
};

Json filterable_json(const FieldSettings& fields, const std::string& name) {
  const FilterableRule* rule = fields.find_rule(name);
  return {{"enabled", rule != nullptr},
          {"sortBy", facet_order(fields.settings, name)},
          {"facetSearch", rule && (rule->bare || rule->facet_search)},
          {"equality", rule && (rule->bare || rule->equality)},
          {"comparison", rule && (rule->bare || rule->comparison)}};
}

Json locales_json(const Settings& settings, const std::string& name) {
  Json locales = Json::array();
  if (!settings.localized_attributes) return locales;
  for (const LocalizedRule& rule : *settings.localized_attributes) {
    if (std::none_of(rule.patterns.begin(), rule.patterns.end(),
                     [&](const auto& pattern) { return attribute_matches(pattern, name); }))
      continue;
    for (const std::string& locale : rule.locales) locales.push_back(locale);
    break;
  }
  return locales;
}

Json field_json(const FieldSettings& fields, const std::string& name) {
  const Settings& settings = fields.settings;
  const auto order = custom_order(settings, name);
  return {{"name", name},
          {"displayed", {{"enabled", fields.displayed.covers(name)}}},
          {"searchable", {{"enabled", fields.searchable.covers(name)}}},
          {"sortable", {{"enabled", fields.sortable.covers(name)}}},
          {"distinct", {{"enabled", settings.distinct_attribute == name}}},
          {"rankingRule", {{"enabled", order.has_value()}, {"order", or_null(order)}}},
          {"filterable", filterable_json(fields, name)},
          {"localized", {{"locales", locales_json(settings, name)}}}};
}

bool fits(const Json& field, const Fields& filter) {
  if (const auto patterns = filter.texts("attributePatterns")) {
    const std::string name = field["name"];
    if (std::none_of(patterns->begin(), patterns->end(),
                     [&](const auto& pattern) { return attribute_matches(pattern, name); }))
      return false;
  }
  for (const char* ability : {"displayed", "searchable", "sortable", "distinct", "rankingRule", "filterable"})
    if (const Json* wanted = filter.find(ability); wanted && field[ability]["enabled"] != *wanted)
      return false;
  return true;
}

// Top-level fields, and the nested ones that hold text.
std::set<std::string> field_names(const Generation& generation) {
  std::set<std::string> names;
  for (const auto& [name, documents] : generation.field_distribution()) names.insert(name);
  for (const LiveSegment& part : generation.segments())
    names.insert(part.segment->fields().begin(), part.segment->fields().end());
  return names;
}

}  // namespace

HttpResponse list_fields(Call& call) {
  const Fields fields = read_object(call.body, kFieldListFields);
  const Json* wanted = fields.find("filter");
  const Fields filter = read_object(wanted ? *wanted : Json::object(), kFilterFields, fields.place("filter"));
  const auto entry = call.engine.catalog().at(call.segments[0]);
  const FieldSettings field_settings(entry->row.settings);
  std::vector<Json> shown;
  for (const std::string& name : field_names(*entry->index->generation())) {
    Json field = field_json(field_settings, name);
    if (fits(field, filter)) shown.push_back(std::move(field));
  }
  return page_answer(shown, fields.count("offset").value_or(0), fields.count("limit").value_or(20),
                     [](const Json& field) { return field; });
}

}  // namespace nunmul
