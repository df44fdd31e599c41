// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/plan/planned_themes.h"

#include <algorithm>

#include "search/plan/word_expansion.h"
#include "text/language_resources.h"

namespace nunmul {
namespace {

constexpr double kUnknownWordConcept = 3;
constexpr std::size_t kMaxErrandUnits = 5;  // a longer query is a question, with or without spaces

}  // namespace

void ThemePlanner::add(std::vector<Token> tokens, const std::map<std::uint32_t, std::string>& corrections) {
  correct(tokens, corrections);
  std::size_t topics = 0, of_errands = 0;  // units
  for (const ConceptMatch& match : resources().find_concepts(tokens)) {
    const auto [first, units] = query_.units_of(match.first, match.count);
    if (units == 0) continue;
    // Where the words themselves are nowhere to be found, the theme stands in for them.
    bool unknown = true;
    for (std::uint32_t u = first; u < first + units; ++u)
      unknown &= plan_.units[u].documents == 0 || is_stop_word(u);
    plan_.add_spanning(first, units,
                       planned(Family::Concept, match.id,
                               (match.ambiguous ? kAmbiguous : 1) * (unknown ? kUnknownWordConcept : 1)));
    note_kind(match.kind);
    if (!match.kind.empty() || match.praise) continue;
    for (std::uint32_t u = first; u < first + units; ++u) {
      plan_.units[u].topic = true;
      plan_.units[u].feeling = match.errands == ErrandsAbout::None && !match.ambiguous;
    }
    topics += units;
    if (match.errands == ErrandsAbout::Many) of_errands += units;
  }
  note_kinds_of_words(tokens);
  std::erase_if(plan_.kinds, [this](const std::string& kind) { return !entries_say(kind); });
  note_errands(tokens);
  only_errands_ = topics == of_errands;
  if (only_errands_ && topics > 0) note_unknown_errands(topics);
}

// What is meant by misspelt words; a word that is of a theme itself is none.
void ThemePlanner::correct(std::vector<Token>& tokens,
                           const std::map<std::uint32_t, std::string>& corrections) const {
  std::vector<bool> known(tokens.size());
  for (const ConceptMatch& match : resources().find_concepts(tokens))
    std::fill_n(known.begin() + static_cast<std::ptrdiff_t>(match.first), match.count, true);
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    const auto meant = corrections.find(tokens[t].position);
    if (known[t] || meant == corrections.end()) continue;
    if (const auto corrected = generation_.analyzer().tokenize(meant->second); corrected.size() == 1) {
      tokens[t].word = corrected[0].word;
      tokens[t].stem = corrected[0].stem;
    }
  }
}

// A word also asks for its kind as a part of a longer theme (horror movies).
void ThemePlanner::note_kinds_of_words(std::span<const Token> tokens) {
  for (std::size_t t = 0; t < tokens.size(); ++t) {
    for (const ConceptMatch& match : resources().find_concepts(tokens.subspan(t, 1))) {
      const auto [unit, units] = query_.units_of(t, 1);
      if (units == 0) continue;
      note_kind(match.kind);
      if (match.kind.empty()) continue;
      const bool only = match.kind == match.id;
      plan_.units[unit].asks_kind = only ? AsksKind::Only : AsksKind::Also;
      if (const PlannedTerm term = planned(Family::Concept, match.id); only && !has_term(unit, term.term))
        plan_.add_document_term(unit, term);
    }
  }
}

bool ThemePlanner::has_term(std::uint32_t unit, const std::string& term) const {
  const auto& terms = plan_.units[unit].any;
  return std::any_of(terms.begin(), terms.end(), [&](const PlannedTerm& one) { return one.term == term; });
}

// A song from a film is a song; films and dramas are both.
void ThemePlanner::note_kind(std::string_view kind) {
  constexpr std::string_view kSong = "song";
  std::vector<std::string>& kinds = plan_.kinds;
  if (kind.empty() || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return;
  const bool song_asked = std::find(kinds.begin(), kinds.end(), kSong) != kinds.end();
  if (song_asked) return;
  if (kind == kSong) kinds.clear();
  kinds.emplace_back(kind);
}

void ThemePlanner::note_errands(std::span<const Token> tokens) {
  for (const PhraseMatch& match : resources().find_errands(tokens)) {
    const auto [first, units] = query_.units_of(match.first, match.count);
    for (std::uint32_t u = first; u < first + units; ++u) plan_.units[u].errand = true;
  }
}

// What else is asked of a school or a train, if it is most of the query and nowhere to be found, is one.
void ThemePlanner::note_unknown_errands(std::size_t topics) {
  const auto is_unknown = [](const PlannedUnit& unit) { return !unit.topic && unit.documents == 0; };
  const auto unknown = std::count_if(plan_.units.begin(), plan_.units.end(), is_unknown);
  if (static_cast<std::size_t>(unknown) <= topics || plan_.units.size() > kMaxErrandUnits) return;
  for (PlannedUnit& unit : plan_.units) unit.errand |= is_unknown(unit);
}

// One that is still there because it is the last, which may go on.
bool ThemePlanner::is_stop_word(std::uint32_t unit) const {
  return !query_.units[unit].quoted && resources().is_stop_word(query_.units[unit].tokens[0]);
}

// Small words between keywords make no sentence (tears of a giraffe), but for a theme of many errands.
bool ThemePlanner::are_keywords() const {
  bool keywords = only_errands_ ? !query_.left_words_out() : !query_.left_ends_out();
  for (std::uint32_t u = 0; u < query_.units.size(); ++u) keywords &= !is_stop_word(u);
  return keywords;
}

bool ThemePlanner::entries_say(const std::string& kind) const {
  const auto has_field = [](const LiveSegment& live) {
    const auto& fields = live.segment->fields();
    return std::find(fields.begin(), fields.end(), kKindAttribute) != fields.end();
  };
  return documents_of_word(generation_, kind) > 0 &&
         std::any_of(generation_.segments().begin(), generation_.segments().end(), has_field);
}

std::set<std::uint32_t> ThemePlanner::kind_words() const {
  std::set<std::uint32_t> places;
  if (plan_.kinds.empty()) return places;
  bool anything_else = false;
  for (std::uint32_t u = 0; u < plan_.units.size(); ++u) {
    const QueryUnit& unit = query_.units[u];
    if (plan_.units[u].asks_kind == AsksKind::Only && !unit.quoted)
      for (std::uint32_t t = unit.number; t < unit.number + unit.count; ++t) places.insert(t);
    else
      anything_else = true;
  }
  return anything_else ? places : std::set<std::uint32_t>{};
}

}  // namespace nunmul
