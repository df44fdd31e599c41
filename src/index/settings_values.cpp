// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/settings_values.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/ascii_text.h"
#include "text/locales.h"

namespace nunmul {
namespace {

constexpr std::uint32_t kLongestTypoWord = 255;  // what minWordSizeForTypos may say

FilterableRule bare_rule(std::string name) {
  FilterableRule rule;
  rule.patterns.push_back(std::move(name));
  rule.facet_search = rule.equality = rule.comparison = rule.bare = true;
  return rule;
}

void read_filter_features(FilterableRule& rule, const PlacedJson& place) {
  place.for_each_field({"equality", "comparison"}, [&](std::string_view name, const PlacedJson& field) {
    if (field.is_null()) return;
    (name == "equality" ? rule.equality : rule.comparison) = field.boolean();
  });
}

void read_features(FilterableRule& rule, const PlacedJson& place) {
  place.for_each_field({"facetSearch", "filter"}, [&](std::string_view name, const PlacedJson& field) {
    if (field.is_null()) return;
    if (name == "filter") {
      read_filter_features(rule, field);
    } else {
      rule.facet_search = field.boolean();
    }
  });
}

std::vector<std::string> read_patterns(const PlacedJson& rule) {
  const PlacedJson place = rule.required("attributePatterns");
  std::vector<std::string> patterns = place.texts();
  if (patterns.empty()) place.fail("at least one pattern is needed");
  return patterns;
}

FilterableRule read_filterable_rule(const PlacedJson& place) {
  if (place.value().is_string()) return bare_rule(place.text());
  FilterableRule rule;
  place.for_each_field({"attributePatterns", "features"},
                       [&](std::string_view name, const PlacedJson& field) {
                         if (name == "features" && !field.is_null()) read_features(rule, field);
                       });
  rule.patterns = read_patterns(place);
  return rule;
}

RankingRule read_ranking_rule(const PlacedJson& place) {
  const std::string text = place.text();
  auto rule = find_ranking_rule(trimmed(text, kBlanksAndNewlines));
  if (!rule) {
    place.fail(
        "`" + text +
        "` ranking rule is invalid. Valid ranking rules are words, typo, sort, proximity, attribute, " +
        "attributeRank, wordPosition, exactness and custom ranking rules.");
  }
  if (rule->attribute.starts_with("_geo"))
    place.fail("`" + rule->attribute + "` is reserved and cannot be a ranking rule.");
  return *std::move(rule);
}

Json rule_patterns_json(const std::vector<std::string>& patterns) {
  Json rule = Json::object();
  rule["attributePatterns"] = patterns;
  return rule;
}

std::string read_locale(const PlacedJson& place) {
  std::string locale = place.text();
  if (!find_locale(locale)) {
    place.fail("unknown locale `" + locale +
               "`, expected an ISO 639-1 or ISO 639-3 code such as `ko`, `jpn` or `eng`");
  }
  return locale;
}

}  // namespace

std::vector<FilterableRule> read_filterable_rules(const PlacedJson& place) {
  std::vector<FilterableRule> rules;
  for (const PlacedJson& item : place.items()) rules.push_back(read_filterable_rule(item));
  return rules;
}

Json filterable_rules_json(const std::vector<FilterableRule>& rules) {
  Json list = Json::array();
  for (const FilterableRule& rule : rules) {
    if (rule.bare) {
      list.push_back(rule.patterns.front());
      continue;
    }
    Json object = rule_patterns_json(rule.patterns);
    object["features"] = {{"facetSearch", rule.facet_search},
                          {"filter", {{"equality", rule.equality}, {"comparison", rule.comparison}}}};
    list.push_back(std::move(object));
  }
  return list;
}

std::vector<RankingRule> read_ranking_rules(const PlacedJson& place) {
  using Kind = RankingRule::Kind;
  std::vector<RankingRule> rules;
  for (const PlacedJson& item : place.items()) rules.push_back(read_ranking_rule(item));
  const auto has = [&](Kind kind) {
    return std::any_of(rules.begin(), rules.end(),
                       [&](const RankingRule& rule) { return rule.kind == kind; });
  };
  if (has(Kind::Attribute) && (has(Kind::AttributeRank) || has(Kind::WordPosition))) {
    place.fail(
        "`attribute` stands for `attributeRank` and `wordPosition` together and cannot be combined with "
        "them.");
  }
  return rules;
}

Json ranking_rules_json(const std::vector<RankingRule>& rules) {
  Json list = Json::array();
  for (const RankingRule& rule : rules) list.push_back(to_string(rule));
  return list;
}

namespace {

void read_word_sizes(TypoTolerance& tolerance, const PlacedJson& place) {
  const TypoTolerance defaults;
  place.for_each_field({"oneTypo", "twoTypos"}, [&](std::string_view name, const PlacedJson& field) {
    const auto size = name == "oneTypo" ? &TypoTolerance::one_typo : &TypoTolerance::two_typos;
    tolerance.*size = field.is_null() ? defaults.*size : field.number(kLongestTypoWord);
  });
  if (tolerance.one_typo > tolerance.two_typos) {
    place.fail(
        "`minWordSizeForTypos` setting is invalid. `oneTypo` and `twoTypos` fields should be between `0` and "
        "`255`, " +
        std::string("and `twoTypos` should be greater or equals to `oneTypo` but found `oneTypo: ") +
        std::to_string(tolerance.one_typo) + "` and twoTypos: " + std::to_string(tolerance.two_typos) + "`.");
  }
}

}  // namespace

void read_typo_tolerance(TypoTolerance& tolerance, const PlacedJson& place) {
  const TypoTolerance defaults;
  const auto read_set = [&](std::vector<std::string> TypoTolerance::*set, const PlacedJson& field) {
    tolerance.*set = field.is_null() ? defaults.*set : field.set_of_texts();
  };
  const auto read_flag = [&](bool TypoTolerance::*flag, const PlacedJson& field) {
    tolerance.*flag = field.is_null() ? defaults.*flag : field.boolean();
  };
  place.for_each_field(
      {"enabled", "minWordSizeForTypos", "disableOnWords", "disableOnAttributes", "disableOnNumbers"},
      [&](std::string_view name, const PlacedJson& field) {
        if (name == "enabled") read_flag(&TypoTolerance::enabled, field);
        if (name == "disableOnNumbers") read_flag(&TypoTolerance::disable_on_numbers, field);
        if (name == "disableOnWords") read_set(&TypoTolerance::disable_on_words, field);
        if (name == "disableOnAttributes") read_set(&TypoTolerance::disable_on_attributes, field);
        if (name != "minWordSizeForTypos") return;
        if (field.is_null()) {
          tolerance.one_typo = defaults.one_typo;
          tolerance.two_typos = defaults.two_typos;
        } else {
          read_word_sizes(tolerance, field);
        }
      });
}

Json typo_tolerance_json(const TypoTolerance& tolerance) {
  return Json{{"enabled", tolerance.enabled},
              {"minWordSizeForTypos", {{"oneTypo", tolerance.one_typo}, {"twoTypos", tolerance.two_typos}}},
              {"disableOnWords", tolerance.disable_on_words},
              {"disableOnAttributes", tolerance.disable_on_attributes},
              {"disableOnNumbers", tolerance.disable_on_numbers}};
}

namespace {

std::vector<std::pair<std::string, std::string>> read_facet_orders(const PlacedJson& place) {
  std::map<std::string, std::string> orders{{"*", "alpha"}};
  place.for_each_field({}, [&](std::string_view name, const PlacedJson& field) {
    orders[std::string(name)] = field.choice({"alpha", "count"});
  });
  return {orders.begin(), orders.end()};
}

}  // namespace

void read_faceting(Settings& settings, const PlacedJson& place) {
  const Settings defaults;
  place.for_each_field(
      {"maxValuesPerFacet", "sortFacetValuesBy"}, [&](std::string_view name, const PlacedJson& field) {
        if (name == "maxValuesPerFacet") {
          settings.max_values_per_facet = field.is_null() ? defaults.max_values_per_facet : field.number();
        } else {
          settings.sort_facet_values_by =
              field.is_null() ? defaults.sort_facet_values_by : read_facet_orders(field);
        }
      });
}

Json faceting_json(const Settings& settings) {
  Json orders = Json::object();
  for (const auto& [name, order] : settings.sort_facet_values_by) orders[name] = order;
  return Json{{"maxValuesPerFacet", settings.max_values_per_facet}, {"sortFacetValuesBy", std::move(orders)}};
}

Json read_synonyms(const PlacedJson& place) {
  std::map<std::string, std::vector<std::string>> sorted;
  place.for_each_field(
      {}, [&](std::string_view name, const PlacedJson& field) { sorted[std::string(name)] = field.texts(); });
  Json synonyms = Json::object();
  for (auto& [name, values] : sorted) append_field(synonyms, name, std::move(values));
  return synonyms;
}

std::vector<LocalizedRule> read_localized_rules(const PlacedJson& place) {
  std::vector<LocalizedRule> rules;
  for (const PlacedJson& item : place.items()) {
    LocalizedRule rule;
    item.for_each_field({"attributePatterns", "locales"},
                        [&](std::string_view name, const PlacedJson& field) {
                          if (name != "locales") return;
                          for (const PlacedJson& locale : field.items())
                            rule.locales.push_back(read_locale(locale));
                        });
    rule.patterns = item.required("attributePatterns").texts();
    item.required("locales");
    rules.push_back(std::move(rule));
  }
  return rules;
}

Json localized_rules_json(const std::vector<LocalizedRule>& rules) {
  Json list = Json::array();
  for (const LocalizedRule& rule : rules) {
    Json object = rule_patterns_json(rule.patterns);
    object["locales"] = rule.locales;
    list.push_back(std::move(object));
  }
  return list;
}

}  // namespace nunmul
