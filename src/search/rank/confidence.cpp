// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/rank/confidence.h"

#include <algorithm>

namespace nunmul {
namespace {

// Of 16,089 questions on judged sets that have an answer 26 get none: nine for a phrase in quotes that stands
// nowhere, and by these rules many of the others for a name that is spelt as in no document.

// A short query is answered only if some document has this share of its weight, or more than a third of its
// words and not much less. Long ones are sentences, which go far beyond chance.
constexpr double kConfidentShare = 0.3;
constexpr double kAccidentalShare = 0.08;
constexpr std::uint32_t kShortQueryUnits = 5;
// Where half of a short query's words are nowhere in the index, it is most likely about something else: the
// others must be a name or a theme that is asked for, or weigh as much as this.
constexpr double kOutweighingShare = 0.6;

class Answers {
 public:
  Answers(const Snapshot& snapshot, const QueryPlan& plan) : snapshot_(snapshot), plan_(plan) {}

  bool any_of(const std::vector<MatchedDocument>& documents) {
    if (std::none_of(documents.begin(), documents.end(),
                     [this](const MatchedDocument& one) { return may_answer(one); }))
      return false;
    if (!is_foreign()) return true;
    return std::any_of(documents.begin(), documents.end(), [this](const MatchedDocument& one) {
      return may_answer(one) && answers_foreign(one);
    });
  }

 private:
  double share(const MatchedDocument& document) const { return plan_.share_of_weight(document.weight, 1); }

  bool may_answer(const MatchedDocument& document) const {
    const Features& features = document.features;
    if (features.completion > 0 || features.sure) return true;
    // A synonym may weigh little beside the rare word that it stands for.
    if (!plan_.synonyms.empty() && features.words == features.units && features.typos == 0) return true;
    const bool enough_words = features.units > kShortQueryUnits || 3 * features.words > features.units;
    return share(document) >= (enough_words ? kAccidentalShare : kConfidentShare);
  }

  bool answers_foreign(const MatchedDocument& document) const {
    const Features& features = document.features;
    if (features.completion > 0 || features.sure || 2 * features.words > features.units) return true;
    if (is_of_kind_only(document)) return false;
    return features.named || share(document) >= least_share(document);
  }

  // Whether of a song for a graduation it is only a song.
  bool is_of_kind_only(const MatchedDocument& document) const {
    bool of_kind = false, more_asked = false;
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u) {
      const AsksKind asks_kind = plan_.units[u].asks_kind;
      more_asked |= asks_kind == AsksKind::No;
      if (!has_unit(document.features.matched, u)) continue;
      if (asks_kind != AsksKind::Only) return false;
      of_kind = true;
    }
    return of_kind && more_asked;
  }

  // Two themes are what is asked for, and so is a kind of entries. One theme is if it is half of the query,
  // the surer if documents have its word: 新幹線 is hardly a question about trains where none has.
  double least_share(const MatchedDocument& document) const {
    std::size_t themes = 0, known = 0;
    for (std::uint32_t u = 0; u < plan_.units.size(); ++u) {
      if (!has_unit(document.features.themes, u)) continue;
      ++themes;
      known += has_own_word(plan_.units[u]);
    }
    if (themes >= 2 || document.features.of_kind || 2 * known >= plan_.units.size()) return kAccidentalShare;
    return 2 * themes >= plan_.units.size() ? kConfidentShare : kOutweighingShare;
  }

  bool has_own_word(const PlannedUnit& unit) const {
    return unit.documents > 0 || (!unit.any.empty() && exists(unit.any.front()));
  }

  bool is_foreign() const {
    if (plan_.units.size() > kShortQueryUnits || reads_names()) return false;
    // In letters alone a single one says so; among other scripts it may be a name that is spelt otherwise.
    const bool in_letters = std::all_of(plan_.units.begin(), plan_.units.end(), is_latin);
    const auto unknown = static_cast<std::size_t>(std::count_if(
        plan_.units.begin(), plan_.units.end(), [this](const PlannedUnit& unit) { return !is_known(unit); }));
    return in_letters ? unknown > 0 : 2 * unknown >= plan_.units.size();
  }

  // Kana may be how a name is read, of which no word says anything; behind them stands what is still being
  // typed. (Letters may be a reading too, but mostly are words.)
  bool reads_names() const {
    const auto is_reading = [](const PlannedTerm& term) { return term.family == Family::Reading; };
    if (plan_.units.empty() || is_latin(plan_.units.front())) return false;
    return !plan_.reading.empty() || std::any_of(plan_.terms.begin(), plan_.terms.end(), is_reading);
  }

  static bool is_latin(const PlannedUnit& unit) {
    return !unit.any.empty() && unit.any.front().family == Family::LatinStem;
  }

  bool exists(const PlannedTerm& term) const {
    if (term.together)
      return std::any_of(term.together->begin(), term.together->end(),
                         [this](const PlannedTerm& one) { return exists(one); });
    return is_spelling(term.family) || snapshot_.database().term_exists(term.term);
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
};

}  // namespace

bool is_answered(const Snapshot& snapshot, const QueryPlan& plan,
                 const std::vector<MatchedDocument>& documents) {
  return Answers(snapshot, plan).any_of(documents);
}

}  // namespace nunmul
