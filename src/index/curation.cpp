// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/curation.h"

#include <set>

namespace nunmul {
namespace {

constexpr std::size_t kMaxRules = 10'000;
constexpr std::size_t kMaxEffects = 1'000;  // of one rule: pins, hidden documents and boosts each
constexpr std::uint32_t kMaxPlace = 1'000;
constexpr double kMaxWeight = 1'000;

std::vector<PlacedJson> few(const PlacedJson& list) {
  std::vector<PlacedJson> items = list.items();
  if (items.size() > kMaxEffects) list.fail("at most " + std::to_string(kMaxEffects) + " are allowed");
  return items;
}

std::string text_of(const PlacedJson& place) {
  std::string text = place.text();
  if (text.find_first_not_of(" \t") == std::string::npos) place.fail("is empty");
  return text;
}

// An identifier may be sent as a number.
std::string id_of(const PlacedJson& place) {
  return place.value().is_number_integer() ? dump_json(place.value()) : text_of(place);
}

const Json& filter_of(const PlacedJson& place) {
  if (!place.value().is_string() && !place.value().is_array())
    place.fail("expected a filter, a string or an array");
  return place.value();
}

// A day counts as a whole: `to` ends with it.
Time time_of(const PlacedJson& place, bool is_end) {
  const std::string text = place.text();
  if (const auto day = parse_day(text)) return *day + (is_end ? std::chrono::days(1) : std::chrono::days(0));
  if (const auto time = parse_rfc3339(text)) return *time;
  place.fail("`" + text + "` is no day such as 2026-12-31, nor a time in RFC 3339");
}

void read_query(CurationRule& rule, const PlacedJson& place) {
  place.for_each_field({"is", "contains", "theme"}, [&](std::string_view name, const PlacedJson& field) {
    if (rule.by != CurationRule::Query::Any) place.fail("only one of `is`, `contains` and `theme` may stand");
    rule.by = name == "is"         ? CurationRule::Query::Is
              : name == "contains" ? CurationRule::Query::Contains
                                   : CurationRule::Query::Theme;
    rule.text = text_of(field);
  });
  if (rule.by == CurationRule::Query::Any) place.fail("one of `is`, `contains` and `theme` is missing");
}

void read_when(CurationRule& rule, const PlacedJson& place) {
  place.for_each_field({"query", "filter", "from", "to"},
                       [&](std::string_view name, const PlacedJson& field) {
                         if (field.is_null()) return;
                         if (name == "query") read_query(rule, field);
                         if (name == "filter") rule.filter = filter_of(field);
                         if (name == "from") rule.from = time_of(field, false);
                         if (name == "to") rule.until = time_of(field, true);
                       });
}

CurationRule::Pin read_pin(const PlacedJson& place) {
  CurationRule::Pin pin{id_of(place.required("id")), 1};
  place.for_each_field({"id", "place"}, [&](std::string_view name, const PlacedJson& field) {
    if (name != "place") return;
    pin.place = field.number(kMaxPlace);
    if (pin.place == 0) field.fail("places count from 1");
  });
  return pin;
}

CurationRule::Boost read_boost(const PlacedJson& place) {
  CurationRule::Boost boost{filter_of(place.required("filter")), 1};
  const PlacedJson weight = place.required("weight");
  if (!weight.value().is_number() || !(weight.value().get<double>() > 0) ||
      weight.value().get<double>() > kMaxWeight)
    weight.fail("expected a number above 0, at most 1000");
  boost.weight = weight.value().get<double>();
  place.for_each_field({"filter", "weight"});
  return boost;
}

std::string read_redirect(const PlacedJson& place) {
  std::string address = text_of(place);
  const bool is_address =
      address.starts_with("https://") || address.starts_with("http://") || address.starts_with('/');
  if (!is_address || address.find_first_of(" \t\r\n\"<>") != std::string::npos)
    place.fail("expected an address such as https://example.org/ or /page");
  return address;
}

void read_then(CurationRule& rule, const PlacedJson& place) {
  place.for_each_field({"pin", "hide", "boost", "redirect"},
                       [&](std::string_view name, const PlacedJson& field) {
                         if (field.is_null()) return;
                         if (name == "redirect") {
                           rule.redirect = read_redirect(field);
                           return;
                         }
                         for (const PlacedJson& item : few(field)) {
                           if (name == "pin") rule.pins.push_back(read_pin(item));
                           if (name == "hide") rule.hidden.push_back(id_of(item));
                           if (name == "boost") rule.boosts.push_back(read_boost(item));
                         }
                       });
  if (rule.pins.empty() && rule.hidden.empty() && rule.boosts.empty() && rule.redirect.empty())
    place.fail("one of `pin`, `hide`, `boost` and `redirect` is missing");
}

CurationRule read_rule(const PlacedJson& place) {
  CurationRule rule;
  rule.name = text_of(place.required("name"));
  place.required("then");
  place.for_each_field({"name", "when", "then"}, [&](std::string_view name, const PlacedJson& field) {
    if (name == "when" && !field.is_null()) read_when(rule, field);
    if (name == "then") read_then(rule, field);
  });
  if (rule.from && rule.until && *rule.from >= *rule.until) place.fail("it ends before it begins");
  return rule;
}

}  // namespace

std::shared_ptr<const Curation> read_curation(const PlacedJson& place) {
  auto curation = std::make_shared<Curation>();
  std::set<std::string> names;
  const std::vector<PlacedJson> items = place.items();
  if (items.size() > kMaxRules) place.fail("at most " + std::to_string(kMaxRules) + " rules are allowed");
  for (const PlacedJson& item : items) {
    curation->rules.push_back(read_rule(item));
    const std::string& name = curation->rules.back().name;
    if (!names.insert(name).second) item.fail("there is another rule named `" + name + "`");
  }
  if (items.empty()) return nullptr;
  curation->json = place.value();
  return curation;
}

}  // namespace nunmul
