// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match/features.h"

#include <algorithm>
#include <array>
#include <bit>

namespace nunmul {
namespace {

constexpr std::uint32_t kMaxDistanceCost = 3;
constexpr std::uint32_t kUnmatched = 0xFFFFFFFF;
constexpr double kWildSpelling = 0.5;

// How far a word stands from its place in the query, in steps that grow with the distance.
std::uint32_t position_step(std::uint32_t distance) {
  constexpr std::array<std::uint32_t, 10> kLast{0, 1, 4, 7, 11, 16, 24, 64, 256, 1024};
  std::uint32_t step = 0;
  while (step < kLast.size() && distance > kLast[step]) ++step;
  return step;
}

struct UnitBest {
  std::uint32_t typos = kUnmatched;
  std::uint32_t attribute = kUnmatched;
  std::uint32_t position_step = kUnmatched;
  bool exact = false;
  bool begun = false;  // a word goes on behind what was typed
  bool relative = false;
  bool in_name = false;
  double name_cover = 0;  // share of the words of a name that are asked for together with it
};

void note(UnitBest& best, const FieldMatches& field, const UnitMatch& match, std::uint32_t place) {
  best.typos = std::min<std::uint32_t>(best.typos, match.typos);
  best.exact = best.exact || match.exact;
  best.begun = best.begun || (match.fit == Fit::Prefix && match.typos == 0);
  best.relative = best.relative || match.relative;
  best.in_name = best.in_name || field.is_name;
  const std::uint32_t distance = match.position > place ? match.position - place : place - match.position;
  if (field.attribute < best.attribute) {
    best.attribute = field.attribute;
    best.position_step = position_step(distance);
  } else if (field.attribute == best.attribute) {
    best.position_step = std::min(best.position_step, position_step(distance));
  }
}

// Room for the work on one document, which takes no longer than to ask for memory; each thread has one.
struct FeatureRoom {
  std::vector<UnitBest> best;
  std::vector<std::uint32_t> costs;
  std::vector<UnitMatch> sorted;
};

// A field's matches by unit, each unit's by position.
void sort_by_unit(const FieldMatches& field, std::vector<UnitMatch>& sorted) {
  sorted = field.matches;
  std::sort(sorted.begin(), sorted.end(), [](const UnitMatch& a, const UnitMatch& b) {
    return a.first_unit != b.first_unit ? a.first_unit < b.first_unit : a.position < b.position;
  });
}

// Lowers the cost of each two neighbouring units to what it is in one field: the words between them;
// backwards one more.
void lower_pair_costs(const FieldMatches& field, FeatureRoom& room) {
  std::vector<UnitMatch>& sorted = room.sorted;
  std::vector<std::uint32_t>& costs = room.costs;
  sort_by_unit(field, sorted);
  const auto first_of = [&](std::uint32_t unit) {
    return std::lower_bound(sorted.begin(), sorted.end(), unit,
                            [](const UnitMatch& m, std::uint32_t u) { return m.first_unit < u; });
  };
  for (const UnitMatch& match : sorted)
    for (std::uint32_t u = match.first_unit; u + 1 < match.first_unit + match.units && u < costs.size(); ++u)
      costs[u] = 0;
  for (std::uint32_t unit = 0; unit < costs.size(); ++unit) {
    auto right = first_of(unit + 1);
    const auto right_end = first_of(unit + 2);
    if (right == right_end) continue;
    for (auto left = first_of(unit); left != sorted.end() && left->first_unit == unit && costs[unit] > 0;
         ++left) {
      const std::uint32_t end = left->position + left->length - 1;
      while (right != right_end && right->position <= end) ++right;
      if (right != right_end) costs[unit] = std::min(costs[unit], right->position - end - 1);
      if (right != first_of(unit + 1)) {
        const UnitMatch& before = *(right - 1);
        if (before.position < left->position)
          costs[unit] = std::min(costs[unit], left->position - before.position - before.length + 1);
      }
    }
  }
}

// Likewise, where all of one field is as near as can be.
void lower_pair_costs_by_attribute(const FieldMatches& field, std::vector<std::uint32_t>& costs) {
  UnitSet units = 0;
  for (const UnitMatch& match : field.matches) units |= unit_bits(match.first_unit, match.units);
  for (std::uint32_t unit = 0; unit < costs.size(); ++unit)
    if (has_unit(units, unit) && has_unit(units, unit + 1)) costs[unit] = 0;
}

// Whether the units from the first on stand at the field's begin, each as it was typed. Where a word of
// the query was left out, any word may stand.
Exactness exactness_of(const FieldMatches& field, const QueryShape& shape) {
  std::uint32_t unit = 0, position = 0;
  while (unit < shape.places.size()) {
    position = shape.places[unit];
    const auto next = std::find_if(field.matches.begin(), field.matches.end(), [&](const UnitMatch& match) {
      return match.first_unit == unit && match.position == position && match.exact;
    });
    if (next == field.matches.end()) return Exactness::Neither;
    unit += next->units;
    position += next->length;
  }
  position = std::max(position, shape.words);
  if (position > field.words) return Exactness::Neither;
  return position == field.words ? Exactness::Whole : Exactness::Begins;
}

// What a query asks for of a field.
struct Cover {
  UnitSet units = 0;
  double share = 0;  // of the field's words

  UnitSet of_whole() const { return share >= 1 ? units : 0; }
};

// By words that match no less than so, and are not on their way.
Cover cover_of(const FieldMatches& field, Fit least) {
  if (field.words == 0 || field.words > 64) return {};
  std::uint64_t words = 0;
  Cover cover;
  for (const UnitMatch& match : field.matches) {
    if (match.fit > least || match.fit == Fit::Prefix) continue;
    if (match.position < 64) words |= unit_bits(match.position, match.length);
    cover.units |= unit_bits(match.first_unit, match.units);
  }
  cover.share = static_cast<double>(std::popcount(words)) / field.words;
  return cover;
}

// The fewest typos with which the matched units are answered, where one word stands for several of them
// and has its typos once.
std::uint32_t fewest_typos(const DocumentMatches& matches, const std::vector<UnitBest>& best) {
  std::vector<std::uint32_t> from(best.size() + 1, 0);  // of the units from there on
  std::vector<std::uint32_t> alone(best.size(), kUnmatched);
  for (const FieldMatches& field : matches.fields)
    for (const UnitMatch& match : field.matches)
      if (match.units == 1 && match.first_unit < alone.size())
        alone[match.first_unit] = std::min<std::uint32_t>(alone[match.first_unit], match.typos);
  for (std::uint32_t u = static_cast<std::uint32_t>(best.size()); u-- > 0;) {
    // A unit that only a longer word answers, begun before it, shares that word's typos.
    const std::uint32_t own = alone[u] != kUnmatched        ? alone[u]
                              : best[u].typos != kUnmatched ? best[u].typos
                                                            : 0;
    from[u] = own + from[u + 1];
    for (const FieldMatches& field : matches.fields)
      for (const UnitMatch& match : field.matches)
        if (match.first_unit == u && match.units > 1 && u + match.units <= best.size())
          from[u] = std::min(from[u], match.typos + from[u + match.units]);
  }
  return from[0];
}

// What each unit's best place adds up to.
void add_places(const std::vector<UnitBest>& best, const QueryShape& shape, const TermAnswers& by_terms,
                Features& features) {
  features.sure = !best.empty();
  for (std::uint32_t u = 0; u < best.size(); ++u) {
    const bool by_term = has_unit(by_terms.units, u);
    features.sure = features.sure && (has_unit(by_terms.known, u) || best[u].exact || best[u].begun);
    const double rarity = shape.rarity[u];
    if (has_unit(features.matched, u)) features.found += rarity;
    if (best[u].in_name || has_unit(by_terms.named, u)) features.name_asked += rarity;
    features.name_cover += rarity * best[u].name_cover;
    if (best[u].typos == kUnmatched) {
      features.unplaced += by_term && !has_unit(by_terms.as_typed, u);
      continue;
    }
    features.typos += best[u].typos;
    features.attribute_cost += best[u].attribute;
    features.position_cost += best[u].position_step;
    features.exact_words += best[u].exact;
    features.relatives += best[u].relative && !best[u].exact && !best[u].begun && has_unit(shape.known, u);
  }
}

void add_proximity(const DocumentMatches& matches, const QueryShape& shape, FeatureRoom& room,
                   Features& features) {
  if (features.units < 2) return;
  room.costs.assign(features.units - 1, kMaxDistanceCost);
  for (const FieldMatches& field : matches.fields)
    shape.by_attribute ? lower_pair_costs_by_attribute(field, room.costs) : lower_pair_costs(field, room);
  double near = 0;
  for (const std::uint32_t cost : room.costs) {
    features.proximity_cost += cost;
    near += 1 - static_cast<double>(cost) / kMaxDistanceCost;
  }
  features.closeness = near / (features.units - 1);
}

// All that was typed is a whole name, whether or not it is taken apart there as it was typed; what is left
// when stop words have gone is none.
void settle_whole_name(const QueryShape& shape, Features& features) {
  if (features.completion >= 1)
    features.exactness = Exactness::Whole;
  else if (shape.words_left_out && features.exactness == Exactness::Whole)
    features.exactness = Exactness::Begins;
}

}  // namespace

Features features_of(const DocumentMatches& matches, const QueryShape& shape, const TermAnswers& by_terms) {
  const auto units = static_cast<std::uint32_t>(shape.places.size());
  Features features;
  features.units = units;
  features.of_kind = matches.of_kind;
  features.other_kind = matches.other_kind;
  features.completion = matches.completion;
  thread_local FeatureRoom room;
  std::vector<UnitBest>& best = room.best;
  best.assign(units, {});
  UnitSet covered = 0, covered_exactly = 0;
  for (const FieldMatches& field : matches.fields) {
    for (const UnitMatch& match : field.matches) {
      features.matched |= unit_bits(match.first_unit, match.units);
      for (std::uint32_t u = match.first_unit; u < std::min(units, match.first_unit + match.units); ++u)
        note(best[u], field, match, shape.places[u]);
    }
    features.exactness = std::max(features.exactness, exactness_of(field, shape));
    if (!field.is_name) continue;
    const Cover cover = cover_of(field, Fit::Typo);
    covered |= cover.of_whole();
    covered_exactly |= cover_of(field, Fit::Exact).of_whole();
    for (std::uint32_t u = 0; u < units; ++u)
      if (has_unit(cover.units, u)) best[u].name_cover = std::max(best[u].name_cover, cover.share);
  }
  const UnitSet by_sound = by_terms.sounding & ~by_terms.otherwise & ~features.matched & shape.spelt;
  features.spelling_gap = by_sound != 0 ? 1 - matches.nearness : 0;
  features.matched |= by_terms.units;
  features.wild = by_sound != 0 && by_sound == features.matched && features.spelling_gap > kWildSpelling;
  features.words = static_cast<std::uint32_t>(std::popcount(features.matched));
  features.named = covered != 0 || by_terms.named != 0;
  features.themes = by_terms.known;
  add_places(best, shape, by_terms, features);
  if (shape.joined_once) features.typos = fewest_typos(matches, best);
  add_proximity(matches, shape, room, features);
  if (units > 0) features.field_cover = static_cast<double>(std::popcount(covered)) / units;
  features.exact_cover = units > 0 && std::popcount(covered_exactly) == static_cast<int>(units);
  if (shape.by_weight) settle_whole_name(shape, features);
  return features;
}

}  // namespace nunmul
