// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/confidence.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "search/postings/family_weight.h"

namespace nunmul {
namespace {

// A script that fewer of the documents have is not theirs: a query in it can only be answered by names,
// translations and themes.
constexpr double kOwnScript = 0.2;
constexpr double kMinRarity = 0.15;
constexpr double kStandIn = 0.5;
constexpr double kOnlyOfKind = -10;  // what no other evidence makes up for

// What is asked, whatever document answers it.
struct QueryEvidence {
  double units = 1;
  double length = 1;        // weight in words that no document has: letters typed together count as many
  bool as_read = false;     // its kana are looked for as readings of names, of which no word says anything
  double other_script = 0;  // share of the query in scripts that are not the documents'
};

// What one document has of it.
struct DocumentEvidence {
  double share = 0;   // of the query's weight
  double found = 0;   // of its units, each as rare as it is
  bool kind = false;  // it is of the kind that is asked for, and about what is asked beside
  // Among keywords (a sentence only mentions much of what it says):
  bool errand = false;  // it lacks a word of an everyday errand
  bool theme = false;   // it is about one of the themes, and they ask for no such errand
};

using Q = const QueryEvidence&;
using D = const DocumentEvidence&;
using F = const Features&;

// Of the odds that a query is answered these are the logarithm. The weights were fitted by logistic
// regression on the halves of sets that queries/README.md names, the best document speaking for its query.
constexpr double kNothingSaid = -3.5;

struct QueryRow {
  double weight;
  double (*value)(Q query);
};
constexpr QueryRow kQueryRows[] = {
    {3.5, [](Q query) { return std::log(query.length); }},
    {-3.9, [](Q query) { return std::log(query.units); }},
    {1.2, [](Q query) { return query.other_script; }},
};
constexpr double kUnknown = -3.3;  // times the share of words that no document has, nor anything for them

struct DocumentRow {
  double weight;
  double (*value)(Q query, D document, F features);
};
constexpr DocumentRow kDocumentRows[] = {
    {2.0, [](Q, D document, F) { return document.share; }},
    // Chance reaches a share of a few words, hardly of many.
    {5.5, [](Q query, D document, F) { return document.share * std::log(query.units); }},
    {4.0, [](Q query, D document, F) { return query.as_read ? document.share : 0; }},
    {2.3, [](Q, D document, F) { return document.found * document.found; }},
    {2.2, [](Q, D, F features) { return 2 * features.words > features.units ? 1.0 : 0.0; }},
    {1.2, [](Q, D document, F features) { return features.named ? document.found : 0; }},
    {3.0, [](Q, D, F features) { return features.closeness; }},
    {1.3, [](Q, D, F features) { return features.field_cover; }},
    {3.0, [](Q, D, F features) { return features.field_cover > 0 ? 1.0 : 0.0; }},
    {3.7, [](Q, D document, F) { return document.kind ? 1.0 : 0.0; }},
    {3.8, [](Q query, D document, F) { return document.kind ? 1 / query.units : 0; }},
    // Whoever types a theme wants it, whatever stands beside it, but for an errand.
    {8.0, [](Q, D document, F) { return document.theme ? 1.0 : 0.0; }},
    {-9.5, [](Q, D document, F) { return document.errand ? 1.0 : 0.0; }},
};

class Confidence {
 public:
  Confidence(const Snapshot& snapshot, const QueryPlan& plan) : snapshot_(snapshot), plan_(plan) {
    const double all = static_cast<double>(snapshot.generation().documents());
    const double most = inverse_document_frequency(0, all);
    query_.as_read = reads_names();
    kind_words_ = static_cast<std::size_t>(std::count_if(plan.units.begin(), plan.units.end(), is_kind_word));
    query_.units =
        query_.as_read ? 1 : std::max<double>(1, static_cast<double>(plan.units.size() - kind_words_));
    query_.length = std::max(1.0, plan.full_weight / most);
    for (const PlannedUnit& unit : plan.units) {
      rarities_.push_back(
          is_kind_word(unit)
              ? kMinRarity
              : std::max(kMinRarity, std::log(1 + all / (unit.documents + 0.5)) / std::log(1 + 2 * all)));
      rarity_ += rarities_.back();
      query_.other_script += rarities_.back() * other_script(unit);
    }
    if (rarity_ > 0) query_.other_script /= rarity_;
  }

  bool in_any(const std::vector<MatchedDocument>& documents) {
    if (std::any_of(documents.begin(), documents.end(),
                    [this](const MatchedDocument& one) { return is_certain(one.features); }))
      return true;
    if (documents.empty()) return false;
    double best = of_document(documents.front());
    for (const MatchedDocument& one : documents) best = std::max(best, of_document(one));
    best += of_query();
    // Looking words up is what costs time.
    if (best <= 0 || best + kUnknown > 0 || query_.as_read) return best > 0;
    return best + kUnknown * unknown() > 0;
  }

 private:
  bool is_certain(F features) const {
    if (features.wild) return false;
    if (features.completion > 0 || features.sure) return true;
    if (features.units == 1 && features.words == 1 && features.unplaced == 0) return true;  // it stands there
    // A synonym may weigh little beside the rare word that it stands for.
    return !plan_.synonyms.empty() && features.words == features.units && features.typos == 0;
  }

  double of_query() const {
    double sum = kNothingSaid;
    for (const QueryRow& row : kQueryRows) sum += row.weight * row.value(query_);
    return sum;
  }

  double of_document(const MatchedDocument& document) const {
    if (document.features.wild) return -std::numeric_limits<double>::infinity();
    const bool errand = plan_.keywords && lacks_errand(document.features);
    const DocumentEvidence evidence{.share = std::min(1.0, plan_.share_of_weight(document.weight, 1)),
                                    .found = found(document.features),
                                    .kind = has_kind(document.features),
                                    .errand = errand,
                                    .theme = !errand && plan_.keywords && has_theme(document.features)};
    double sum = is_of_kind_only(document.features) ? kOnlyOfKind : 0;
    for (const DocumentRow& row : kDocumentRows)
      sum += row.weight * row.value(query_, evidence, document.features);
    return sum;
  }

  double found(F features) const {
    double sum = 0;
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u) sum += rarities_[u] * found(features, u);
    return rarity_ > 0 ? sum / rarity_ : 0;
  }

  // A word that asks for a kind of entries says nothing against those that are of none.
  static bool is_kind_word(const PlannedUnit& unit) { return unit.asks_kind == AsksKind::Only; }

  // Whether it is of the kind that is asked for, and about what is asked beside, or says itself that it is a
  // ballad.
  bool has_kind(F features) const {
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u)
      if (plan_.units[u].asks_kind == AsksKind::Also && has_unit(features.matched, u)) return true;
    return features.of_kind && !lacks_topic(features);
  }

  // A train timetable is asked for, not a film about a train. Tickets for a singer are near enough, and
  // a feeling answers whatever stands beside it.
  bool lacks_errand(F features) const {
    bool lacks = false;
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u) {
      const PlannedUnit& unit = plan_.units[u];
      lacks |= unit.errand && !has_unit(features.matched, u);
      const bool name_or_feeling = has_unit(features.themes, u) && (!unit.topic || unit.feeling);
      if (name_or_feeling && !unit.errand && unit.asks_kind == AsksKind::No) return false;
    }
    return lacks;
  }

  bool has_theme(F features) const {
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u)
      if (plan_.units[u].topic && plan_.units[u].asks_kind == AsksKind::No && has_unit(features.themes, u))
        return true;
    return false;
  }

  bool lacks_topic(F features) const {
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u)
      if (plan_.units[u].topic && !has_unit(features.matched, u)) return true;
    return false;
  }

  // Of a song for a graduation it is not enough that it is a song; of a funny one it is.
  bool is_of_kind_only(F features) const {
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u)
      if (has_unit(features.matched, u) && plan_.units[u].asks_kind != AsksKind::Only) return false;
    return features.matched != 0 && lacks_topic(features);
  }

  // Beside words that are not found, what only stands for one that no document has is less than the word:
  // 新幹線 時刻表 is hardly a question about trains.
  double found(F features, std::uint32_t unit) const {
    if (features.of_kind && plan_.units[unit].asks_kind != AsksKind::No) return 1;
    if (!has_unit(features.matched, unit)) return 0;
    const bool beside_others = features.words + kind_words_ < features.units && !features.named;
    return beside_others && plan_.units[unit].documents == 0 ? kStandIn : 1;
  }

  bool reads_names() const {
    if (plan_.units.empty() || (is_latin(plan_.units.front()) && !plan_.is_read)) return false;
    return std::any_of(plan_.terms.begin(), plan_.terms.end(),
                       [](const PlannedTerm& term) { return term.family == Family::Reading; }) ||
           !plan_.reading.empty();
  }

  // 1 if hardly a document has the unit's script, 0 if enough do.
  double other_script(const PlannedUnit& unit) const {
    if (unit.any.empty()) return 0;
    const Generation& generation = snapshot_.generation();
    const auto family = static_cast<std::size_t>(unit.any.front().family);
    const double with_script = static_cast<double>(generation.family_totals().documents[family]);
    return std::max(0.0, 1 - with_script / static_cast<double>(generation.documents()) / kOwnScript);
  }

  // A name in letters among words of another script is perhaps spelt otherwise, and says less of the subject.
  double unknown() const {
    const auto latin = std::count_if(plan_.units.begin(), plan_.units.end(), is_latin);
    const bool among_others = 2 * static_cast<std::size_t>(latin) <= plan_.units.size();
    double sum = 0;
    for (std::size_t u = 0; u < plan_.units.size(); ++u) {
      const PlannedUnit& unit = plan_.units[u];
      if ((is_latin(unit) && among_others) || is_known(unit)) continue;
      sum += rarities_[u] * (1 - other_script(unit));
    }
    return rarity_ > 0 ? sum / rarity_ : 0;
  }

  static bool is_latin(const PlannedUnit& unit) {
    return !unit.any.empty() && unit.any.front().family == Family::LatinStem;
  }

  bool exists(const PlannedTerm& term) const {
    if (term.together)
      return std::any_of(term.together->begin(), term.together->end(),
                         [this](const PlannedTerm& one) { return exists(one); });
    return is_spelling(term.family) || snapshot_.has_term(term.term);
  }

  // Whether some document has the word, most of the syllables of one, or something that stands for it. Not by
  // its misspellings, of which every short word has some, nor by scraps: single Han characters, consonants of
  // a sound.
  bool is_known(const PlannedUnit& unit) const {
    if (unit.documents > 0) return true;
    const bool latin = is_latin(unit);
    std::size_t pairs = 0, found_pairs = 0;
    for (const PlannedTerm& term : unit.any) {
      const bool scrap = row_of(term.family).evidence == Evidence::Scrap;
      const bool misspelt = latin && term.family == Family::LatinStem && &term != &unit.any.front();
      if (scrap || misspelt) continue;
      const bool pair = term.family == Family::HanBigram;
      pairs += pair;
      if (!exists(term)) continue;
      if (!pair) return true;
      ++found_pairs;
    }
    if (2 * found_pairs > pairs) return true;
    return std::any_of(unit.all.begin(), unit.all.end(), [this](const std::vector<PlannedTerm>& all) {
      const auto found =
          std::count_if(all.begin(), all.end(), [this](const PlannedTerm& term) { return exists(term); });
      return 2 * static_cast<std::size_t>(found) > all.size();
    });
  }

  const Snapshot& snapshot_;
  const QueryPlan& plan_;
  QueryEvidence query_;
  std::vector<double> rarities_;  // of the units, 0 to 1
  double rarity_ = 0;             // their sum
  std::size_t kind_words_ = 0;    // units that say nothing but a kind
};

}  // namespace

bool is_answered(const Snapshot& snapshot, const QueryPlan& plan,
                 const std::vector<MatchedDocument>& documents) {
  return Confidence(snapshot, plan).in_any(documents);
}

}  // namespace nunmul
