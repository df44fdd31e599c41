// SPDX-License-Identifier: GPL-2.0-or-later
// The plan of a query: which terms bring documents, and which words, in which ways, stand
// for what was typed. Ranking, phrases and highlights read the second, retrieval the first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/generation.h"
#include "search/plan/plan_style.h"
#include "search/plan/query_text.h"
#include "search/plan/word_pattern.h"
#include "search/postings/planned_term.h"

namespace nunmul {

// Where entries say what they are (import/entry.h).
constexpr std::string_view kKindAttribute = "kind";

// One way in which neighbouring units of the query stand in a text: words that follow each other.
// (The word itself; a phrase; "batman" for the units bat and man, two words for one unit; a synonym.)
struct Alternative {
  std::uint32_t first_unit = 0;
  std::uint32_t units = 1;
  std::vector<WordPattern> words;
  std::uint8_t typos = 0;  // on top of what the words have
  bool exact = true;       // false for synonyms and for words put together or apart
};

// Whether a unit says of which kind the entries shall be: movies says nothing else, a ballad is besides what
// a text is about.
enum class AsksKind : std::uint8_t { No, Also, Only };

// One unit of the query as a condition on documents: one of `any`, or all of one of `all`.
struct PlannedUnit {
  std::vector<PlannedTerm> any;
  std::vector<std::vector<PlannedTerm>> all;
  bool quoted = false;
  bool prefix = false;
  AsksKind asks_kind = AsksKind::No;
  bool likely = false;   // it is nowhere as typed, but what it is misspelt or a loan word for is
  bool topic = false;    // it is of a theme that says what a text is about
  bool feeling = false;  // and no everyday errand is about that theme
  bool errand = false;   // it is of an everyday errand, which no entry is about
  std::uint32_t allowed_typos = 0;
  double documents = 0;  // about how many have it

  void also_any(std::vector<PlannedTerm> terms);
  void also_all(std::vector<std::vector<PlannedTerm>> ways);
};

// What a document that has a term has of the letters that were typed: these, though not as words of their
// own; others; or none but a name that sounds so.
enum class Letters : std::uint8_t { AsTyped, Other, Sound };

// A term that answers units wherever it stands in a document, such as a name under another spelling.
struct DocumentTerm {
  PlannedTerm term;
  std::uint32_t first_unit = 0;
  std::uint32_t units = 1;
  Letters letters = Letters::Other;
};

// A synonym of the settings where weight decides, or the parts of a word: a document must have `all`, and
// weighs what it has of `more`.
struct PlannedSynonym {
  std::vector<PlannedTerm> all;
  std::vector<PlannedTerm> more;
  std::optional<std::uint32_t> standing_for;  // the unit of which the words must stand there (side by side)
};

// How a document's features are measured, besides by its matches.
struct QueryShape {
  std::vector<std::uint32_t> places;  // of each unit's first word in the query; what was left out counts
  std::uint32_t words = 0;            // of the query in all
  bool by_attribute = false;          // neighbours in one attribute are near, wherever they stand
  bool by_weight = false;             // any words, by score (PlanStyle::by_weight)
  bool words_left_out = false;        // the units are not all that was typed
  std::uint64_t known = 0;            // bits of the units of which documents have the very word
  std::uint64_t spelt = 0;     // bits of the units that names were looked for by the sound of their letters
  std::vector<double> rarity;  // of each unit; together 1
  bool joined_once = false;    // units written together have the typos of that word once, not each
};

struct QueryPlan {
  std::vector<PlannedUnit> units;
  std::vector<Alternative> alternatives;
  std::vector<DocumentTerm> document_terms;
  // Where words must fit: the units in the order in which documents keep them, and how many all must have.
  std::vector<std::uint32_t> unit_order;
  std::size_t required = 0;
  // Where weight decides: a document may have any of the terms, all of the reading together (namida → なみ,
  // みだ) or of a word in kana, or one of the synonyms.
  std::vector<PlannedTerm> terms;
  std::vector<PlannedTerm> reading;
  bool is_read =
      false;  // every word is looked for by the reading of names: kana, or romaji that no document has
  std::vector<std::vector<PlannedTerm>> spelled;  // words in kana, each as all of these
  std::vector<PlannedSynonym> synonyms;
  // The weight of a document of average length with each word of the query once: a document far
  // below has only scraps of the query.
  double full_weight = 0;
  bool keywords = false;  // a row of keywords, not a sentence
  // Of the entries asked for (a sad film): those that the query names and entries say they are.
  std::vector<std::string> kinds;
  std::string typed;  // all of the query in a row, if a name may begin with it (typed_letters)
  std::vector<std::string> sounding;  // what names were looked for by their sound, letters in a row
  std::vector<Alternative> excluded;
  std::vector<Alternative> stops;  // words of the settings that were left out; they are marked all the same
  QueryShape shape;

  bool empty() const { return units.empty(); }
  double share_of_weight(double weight, double otherwise) const {
    return full_weight > 0 ? weight / full_weight : otherwise;
  }

  void add_document_term(std::uint32_t unit, PlannedTerm term, Letters letters = Letters::Other);
  // A term that answers several units.
  void add_spanning(std::uint32_t first, std::uint32_t count, const PlannedTerm& term,
                    Letters letters = Letters::Other);
  // Sets `unit_order` and `required`, when all units are there.
  void set_order(PlanStyle::Drops drops);
};

}  // namespace nunmul
