// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/rules.h"

#include <algorithm>
#include <numeric>

#include "search/columns/document_sets.h"

namespace nunmul {
namespace {

using Kind = RankingRule::Kind;

// The cost of a word that stands nowhere in particular.
constexpr std::uint64_t kFarthestStep = 10;

RuleRank lowered(Kind rule, std::uint64_t of, std::uint64_t cost) {
  return {rule, cost >= of ? 1 : of - cost, of};
}

double share(const RuleRank& rank) { return static_cast<double>(rank.rank) / static_cast<double>(rank.of); }

// The ranks under one rule; Attribute stands for AttributeRank and WordPosition.
void append_ranks(Kind rule, const Features& f, const RuleBounds& bounds, std::vector<RuleRank>& ranks) {
  const std::uint64_t units = std::max(1U, f.units), last = std::max(1U, bounds.attributes) - 1;
  if (rule == Kind::Typo) ranks.push_back(lowered(Kind::Typo, 1 + bounds.typos, f.typos));
  if (rule == Kind::Proximity)
    ranks.push_back(lowered(Kind::Proximity, 3 * (units - 1) + 1, f.proximity_cost));
  if (rule == Kind::AttributeRank || rule == Kind::Attribute)
    ranks.push_back(lowered(Kind::AttributeRank, units * last + 1, f.attribute_cost + f.unplaced * last));
  if (rule == Kind::WordPosition || rule == Kind::Attribute)
    ranks.push_back(
        lowered(Kind::WordPosition, kFarthestStep * units + 1, f.position_cost + f.unplaced * kFarthestStep));
  if (rule != Kind::Exactness) return;
  ranks.push_back({Kind::Exactness, static_cast<std::uint64_t>(f.exactness), 3});
  ranks.push_back({Kind::Exactness, 1ULL + f.exact_words, units + 1});
}

// The ranks under all rules; as many for each document.
void append_rule_ranks(std::span<const RankingRule> rules, const Features& features, const RuleBounds& bounds,
                       std::vector<RuleRank>& ranks) {
  ranks.push_back({Kind::Words, std::max(1U, features.words), std::max(1U, features.units)});
  for (const RankingRule& rule : rules) append_ranks(rule.kind, features, bounds, ranks);
}

// One comparison of documents: by a rank's number, by the values of an expression, or by how many words
// stand there in another form only. (The API knows no other forms, so they have no rank in its score.)
struct Step {
  enum class By : std::uint8_t { Rank, Values, Relatives };
  By by = By::Rank;
  std::size_t number = 0;
};

std::vector<Step> steps_of(std::span<const RankingRule> rules, std::size_t sorts) {
  using By = Step::By;
  std::vector<Step> steps{{By::Rank, 0}};
  std::size_t rank = 1, expression = 0;
  for (const RankingRule& rule : rules) {
    std::vector<RuleRank> ranks;
    append_ranks(rule.kind, {}, {}, ranks);
    for (std::size_t r = 0; r < ranks.size(); ++r) steps.push_back({By::Rank, rank++});
    if (rule.kind == Kind::Typo) steps.push_back({By::Relatives});
    const std::size_t values = rule.kind == Kind::Sort ? sorts : rule.kind == Kind::Custom ? 1 : 0;
    for (std::size_t v = 0; v < values; ++v) steps.push_back({By::Values, expression++});
  }
  // A sort before every built-in rule comes before the words too.
  const auto first_built_in = std::find_if(rules.begin(), rules.end(),
                                           [](const RankingRule& rule) { return !rule.orders_by_values(); });
  const bool words_listed = std::any_of(rules.begin(), rules.end(),
                                        [](const RankingRule& rule) { return rule.kind == Kind::Words; });
  const auto leading = std::min(first_built_in - rules.begin() + 1, std::ssize(steps));
  if (words_listed)
    std::stable_partition(steps.begin(), steps.begin() + leading,
                          [](const Step& step) { return step.by == By::Values; });
  return steps;
}

Json words_row(const Features& f) {
  const RuleRank words{Kind::Words, std::max(1U, f.words), std::max(1U, f.units)};
  return {
      {"order", 0}, {"matchingWords", words.rank}, {"maxMatchingWords", words.of}, {"score", share(words)}};
}

Json exactness_row(const Features& f, std::span<const RuleRank> ranks) {
  Json row = {{"order", 0}};
  if (f.exactness == Exactness::Neither) {
    row["matchType"] = "noExactMatch";
    row["matchingWords"] = f.exact_words;
    row["maxMatchingWords"] = f.units;
  } else {
    row["matchType"] = f.exactness == Exactness::Whole ? "exactMatch" : "matchesStart";
  }
  row["score"] = ranking_score(ranks);
  return row;
}

Json built_in_row(Kind rule, const Features& f, const RuleBounds& bounds) {
  if (rule == Kind::Words) return words_row(f);
  std::vector<RuleRank> ranks;
  append_ranks(rule, f, bounds, ranks);
  if (rule == Kind::Exactness) return exactness_row(f, ranks);
  if (rule == Kind::Typo)
    return {{"order", 0}, {"typoCount", f.typos}, {"maxTypoCount", bounds.typos}, {"score", share(ranks[0])}};
  if (rule == Kind::Attribute)
    return {{"order", 0},
            {"attributeRankingOrderScore", share(ranks[0])},
            {"queryWordDistanceScore", share(ranks[1])},
            {"score", ranking_score(ranks)}};
  return {{"order", 0}, {"score", share(ranks[0])}};
}

// With `features`, the rows of the built-in rules too.
Json details_of(const Scope& scope, DocumentRef document, const Features* features,
                const RuleBounds& bounds) {
  Json details = Json::object();
  int order = 0;
  const auto add = [&](const std::string& name, Json row) {
    row["order"] = order++;
    details[name] = std::move(row);
  };
  std::size_t expression = 0;
  // A value that hits may not show stays hidden; a distance is none of the document's.
  const auto add_value = [&] {
    const SortExpression& sorted = scope.values.expressions()[expression];
    const bool shown = sorted.near || is_displayed(scope.settings, sorted.attribute);
    const Json value = shown ? scope.values.value(expression, document) : Json("<hidden>");
    add(to_string(sorted), {{"order", 0}, {"value", value}});
    ++expression;
  };
  if (features) add("words", words_row(*features));
  for (const RankingRule& rule : scope.settings.ranking_rules) {
    if (rule.kind == Kind::Custom) add_value();
    for (std::size_t s = 0; rule.kind == Kind::Sort && s < scope.sort.expressions().size(); ++s) add_value();
    if (features && !rule.orders_by_values() && rule.kind != Kind::Words)
      add(to_string(rule), built_in_row(rule.kind, *features, bounds));
  }
  return details;
}

}  // namespace

RuleBounds rule_bounds(const Settings& settings, const QueryPlan& plan) {
  RuleBounds bounds;
  for (const PlannedUnit& unit : plan.units) bounds.typos += unit.allowed_typos;
  const auto& searchable = settings.searchable_attributes;
  if (searchable.size() != 1 || searchable[0] != "*")
    bounds.attributes = static_cast<std::uint32_t>(searchable.size());
  return bounds;
}

std::vector<RuleRank> rule_ranks(std::span<const RankingRule> rules, const Features& features,
                                 const RuleBounds& bounds) {
  std::vector<RuleRank> ranks;
  ranks.reserve(2 * rules.size() + 1);
  append_rule_ranks(rules, features, bounds, ranks);
  return ranks;
}

double ranking_score(std::span<const RuleRank> ranks) {
  double r = 1, m = 1;
  for (const RuleRank& rank : ranks) {
    r = (r - 1) * static_cast<double>(rank.of) + static_cast<double>(rank.rank);
    m *= static_cast<double>(rank.of);
  }
  return r / m;
}

double score_by_rules(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document) {
  const auto& rules = scope.settings.ranking_rules;
  return ranking_score(rule_ranks(rules, document.features, rule_bounds(scope.settings, plan)));
}

double score_before_sort(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document) {
  const auto& rules = scope.settings.ranking_rules;
  const auto sort = std::find_if(rules.begin(), rules.end(),
                                 [](const RankingRule& rule) { return rule.kind == Kind::Sort; });
  return ranking_score(
      rule_ranks({rules.begin(), sort}, document.features, rule_bounds(scope.settings, plan)));
}

void order_by_rules(const Scope& scope, const QueryPlan& plan, std::span<MatchedDocument> documents,
                    std::size_t count) {
  const auto& rules = scope.settings.ranking_rules;
  const RuleBounds bounds = rule_bounds(scope.settings, plan);
  const std::vector<Step> steps = steps_of(rules, scope.sort.expressions().size());
  std::vector<RuleRank> ranks;  // one document's behind the other's
  ranks.reserve(documents.size() * (2 * rules.size() + 1));
  for (const MatchedDocument& document : documents)
    append_rule_ranks(rules, document.features, bounds, ranks);
  const std::size_t each = documents.empty() ? 0 : ranks.size() / documents.size();
  std::vector<std::size_t> order(documents.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto is_before = [&](std::size_t a, std::size_t b) {
    for (const Step& step : steps) {
      if (step.by == Step::By::Relatives) {
        const std::uint32_t first = documents[a].features.relatives, second = documents[b].features.relatives;
        if (first != second) return first < second;
      } else if (step.by == Step::By::Rank) {
        const std::uint64_t first = ranks[a * each + step.number].rank,
                            second = ranks[b * each + step.number].rank;
        if (first != second) return first > second;
      } else if (const int by =
                     scope.values.compare(step.number, documents[a].document, documents[b].document)) {
        return by < 0;
      }
    }
    const double first = documents[a].features.spelling_gap, second = documents[b].features.spelling_gap;
    if (first != second) return first < second;
    return is_inserted_before(scope.generation, documents[a].document, documents[b].document);
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(order.begin(), end, order.end(), is_before);
  std::sort(order.begin(), end, is_before);
  std::vector<MatchedDocument> sorted;
  sorted.reserve(documents.size());
  for (const std::size_t i : order) sorted.push_back(std::move(documents[i]));
  std::move(sorted.begin(), sorted.end(), documents.begin());
}

Json rule_details(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document) {
  return details_of(scope, document.document, &document.features, rule_bounds(scope.settings, plan));
}

Json value_details(const Scope& scope, const QueryPlan&, const MatchedDocument& document) {
  return details_of(scope, document.document, nullptr, {});
}

std::vector<ScoreRow> rule_rows(const Scope& scope, const QueryPlan& plan, const MatchedDocument& document) {
  std::vector<ScoreRow> rows;
  for (const RuleRank& rank :
       rule_ranks(scope.settings.ranking_rules, document.features, rule_bounds(scope.settings, plan)))
    rows.push_back({name_of(rank.rule), 0, static_cast<double>(rank.rank), static_cast<double>(rank.of)});
  return rows;
}

}  // namespace nunmul
