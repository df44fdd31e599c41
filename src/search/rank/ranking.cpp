// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/ranking.h"

#include <algorithm>

namespace nunmul {
namespace {

// What each feature adds to the share of weight; found on the judged sets with restraint.
constexpr double kCloseness = 0.2;
constexpr double kWordShare = 0.2;
constexpr double kFieldCover = 0.8;
constexpr double kBegins = 0.3;
constexpr double kTypo = 0.05;
constexpr double kOfKind = 0.5;
constexpr double kOnlyKind = 1.5;  // where the kind is all of the query
// Shares have no upper bound (a short beginning stands for many words), so above this they are pressed into
// one step, and what follows stands above all of them.
constexpr double kMostlyShares = 3;
// All units are forms of the words of whole name fields (독일의 for 독일).
constexpr double kWholeFieldForms = 3.5;
// A name begins with all that was typed; what share of it was typed is added, so the shorter name comes
// first, and no further key loses it again.
constexpr double kBegunName = 4;
// All units are the very words of whole name fields, or of their other spellings.
constexpr double kWholeFieldCovers = 5;
constexpr double kWholeField = 10;

// What a word costs that stands nowhere in particular.
constexpr std::uint64_t kFarthestStep = 10;

std::uint64_t minus(std::uint64_t whole, std::uint64_t cost) { return cost >= whole ? 1 : whole - cost; }

}  // namespace

double blended_score(const Features& features, double weight_share) {
  if (features.units == 0) return weight_share;
  double score = weight_share;
  score += kCloseness * features.closeness;
  score += kWordShare * features.words / features.units;
  score += kFieldCover * features.field_cover;
  score -= kTypo * features.typos;
  if (features.of_kind) score += features.units == 1 ? kOnlyKind : kOfKind;
  if (features.exactness == Exactness::Begins) score += kBegins;
  if (score > kMostlyShares) score = kMostlyShares + (score - kMostlyShares) / (score - kMostlyShares + 1);
  if (features.exactness == Exactness::Whole) return kWholeField + score;
  if (features.exact_cover) return kWholeFieldCovers + score;
  if (features.completion > 0) return kBegunName + features.completion;
  if (features.field_cover >= 1) return kWholeFieldForms + score / 10;
  return score;
}

double ranking_score_of_blend(double blend) { return blend <= 0 ? 0 : blend / (blend + 0.5); }

std::vector<RuleRank> rule_ranks(const std::vector<std::string>& rules, const Features& f,
                                 std::uint32_t typos_allowed, std::uint32_t attributes) {
  std::vector<RuleRank> ranks;
  ranks.reserve(2 * rules.size() + 1);
  const std::uint64_t units = std::max(1U, f.units);
  ranks.push_back({"words", std::max(1U, f.words), units});
  for (const std::string& rule : rules) {
    if (rule == "typo") {
      const std::uint64_t of = 1 + typos_allowed;
      ranks.push_back({"typo", minus(of, f.typos), of});
    } else if (rule == "proximity") {
      const std::uint64_t of = 3 * (units - 1) + 1;
      ranks.push_back({"proximity", minus(of, f.proximity_cost), of});
    } else if (rule == "attributeRank" || rule == "attribute") {
      const std::uint64_t last = std::max(1U, attributes) - 1, of = units * last + 1;
      ranks.push_back({"attributeRank", minus(of, f.attribute_cost + f.unplaced * last), of});
    }
    if (rule == "wordPosition" || rule == "attribute") {
      const std::uint64_t of = kFarthestStep * units + 1;
      ranks.push_back({"wordPosition", minus(of, f.position_cost + f.unplaced * kFarthestStep), of});
    } else if (rule == "exactness") {
      ranks.push_back({"exactness", static_cast<std::uint64_t>(f.exactness), 3});
      ranks.push_back({"exactness", 1ULL + f.exact_words, units + 1});
    }
  }
  return ranks;
}

double ranking_score(const std::vector<RuleRank>& ranks) {
  double r = 1, m = 1;
  for (const RuleRank& rank : ranks) {
    r = (r - 1) * static_cast<double>(rank.of) + static_cast<double>(rank.rank);
    m *= static_cast<double>(rank.of);
  }
  return r / m;
}

Json ranking_details(const std::vector<std::string>& rules, const Features& f, std::uint32_t typos_allowed,
                     std::uint32_t attributes) {
  Json details = Json::object();
  int order = 0;
  const auto share = [](std::uint64_t rank, std::uint64_t of) {
    return static_cast<double>(rank) / static_cast<double>(of);
  };
  const std::uint64_t units = std::max(1U, f.units);
  details["words"] = {{"order", order++},
                      {"matchingWords", std::max(1U, f.words)},
                      {"maxMatchingWords", units},
                      {"score", share(std::max(1U, f.words), units)}};
  for (const std::string& rule : rules) {
    if (rule == "words" || rule == "sort") continue;
    const std::vector<RuleRank> ranks = rule_ranks({rule}, f, typos_allowed, attributes);
    if (ranks.size() < 2) continue;  // a custom rule
    const double score = share(ranks[1].rank, ranks[1].of);
    if (rule == "typo") {
      details[rule] = {
          {"order", order++}, {"typoCount", f.typos}, {"maxTypoCount", typos_allowed}, {"score", score}};
    } else if (rule == "attribute") {
      const double word = share(ranks[2].rank, ranks[2].of);
      details[rule] = {{"order", order++},
                       {"attributeRankingOrderScore", score},
                       {"queryWordDistanceScore", word},
                       {"score", ranking_score({ranks[1], ranks[2]})}};
    } else if (rule == "exactness") {
      Json row = {{"order", order++}};
      if (f.exactness == Exactness::Neither) {
        row["matchType"] = "noExactMatch";
        row["matchingWords"] = f.exact_words;
        row["maxMatchingWords"] = f.units;
      } else {
        row["matchType"] = f.exactness == Exactness::Whole ? "exactMatch" : "matchesStart";
      }
      row["score"] = ranking_score({ranks[1], ranks[2]});
      details[rule] = std::move(row);
    } else {
      details[rule] = {{"order", order++}, {"score", score}};
    }
  }
  return details;
}

Json blend_details(const Features& f, double weight_share, double blend) {
  const auto match = f.exactness == Exactness::Whole    ? "exactMatch"
                     : f.exactness == Exactness::Begins ? "matchesStart"
                                                        : "noExactMatch";
  return {
      {"words",
       {{"order", 0},
        {"matchingWords", f.words},
        {"maxMatchingWords", f.units},
        {"score", f.units ? static_cast<double>(f.words) / f.units : 1.0}}},
      {"weight", {{"order", 1}, {"share", weight_share}, {"score", ranking_score_of_blend(weight_share)}}},
      {"proximity", {{"order", 2}, {"score", f.closeness}}},
      {"typo", {{"order", 3}, {"typoCount", f.typos}, {"score", 1.0 / (1 + f.typos)}}},
      {"names",
       {{"order", 4}, {"covered", f.field_cover}, {"share", f.name_share}, {"score", f.field_cover}}},
      {"exactness",
       {{"order", 5},
        {"matchType", match},
        {"matchingWords", f.exact_words},
        {"maxMatchingWords", f.units},
        {"score", static_cast<double>(f.exactness) / 3}}},
      {"blend", {{"order", 6}, {"value", blend}, {"score", ranking_score_of_blend(blend)}}}};
}

}  // namespace nunmul
