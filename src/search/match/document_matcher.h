// SPDX-License-Identifier: GPL-2.0-or-later
// Where the units of a query stand in a document, read off the forward table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "index/generation.h"
#include "search/match/word_filter.h"
#include "search/plan/name_beginning.h"
#include "search/plan/name_nearness.h"
#include "search/plan/query_plan.h"

namespace nunmul {

struct UnitMatch {
  std::uint32_t first_unit = 0;
  std::uint32_t units = 1;
  std::uint32_t position = 0;  // in words, array gaps counted
  std::uint32_t length = 1;    // in words
  std::uint8_t typos = 0;
  Fit fit = Fit::Exact;   // the least of its words
  bool exact = false;     // the very words of the query
  bool relative = false;  // one is only a relative (WordFit::relative)
};

struct FieldMatches {
  std::uint32_t attribute = 0;  // place in searchableAttributes
  bool is_name = false;
  std::uint32_t words = 0;         // in the field
  std::vector<UnitMatch> matches;  // by position
};

struct DocumentMatches {
  std::vector<FieldMatches> fields;  // only those with a match
  bool of_kind = false;              // one of the kinds of entries that are asked for
  bool other_kind = false;           // it says another than those
  double completion = 0;             // of the name that begins with all that was typed (NameBeginning)
  double nearness = 0;               // of a name's spelling, where it was found by its sound

  void clear() {
    fields.clear();
    of_kind = other_kind = false;
    completion = nearness = 0;
  }
};

// Finds the alternatives of a plan in documents of one segment. For one thread; what it learns of a
// word is kept for the next document. Everything passed outlives it.
class DocumentMatcher {
 public:
  // With `only`, a pattern list of attributes, matches elsewhere do not count.
  DocumentMatcher(const Segment& segment, const Settings& settings,
                  const std::vector<Alternative>& alternatives,
                  const std::vector<std::string>* only = nullptr);

  // From now on also looks for names that begin so, and for entries of these kinds.
  void look_for_beginning(const std::string& typed) { beginning_.emplace(segment_, typed); }
  void look_for_kinds(std::vector<std::string> kinds) { kinds_ = std::move(kinds); }

  void match(std::uint32_t document, DocumentMatches& found);

  // How near the spelling of a name is that only sounds like what was typed (NameNearness).
  void look_for_spelling(const std::vector<std::string>& sounding) { nearness_.emplace(segment_, sounding); }
  double nearness(std::uint32_t document);

 private:
  struct Start {
    std::uint32_t alternative;
    std::vector<Begun> ways;
  };
  struct Field {
    std::uint32_t attribute = 0;
    bool is_name = false;
    bool searched = false;
    bool is_kind = false;
    bool typos = true;  // allowed in this attribute
  };

  // A word of a document to what it may begin, in a flat table: most words begin nothing, and a search asks
  // for some thousand.
  struct Slot {
    std::uint32_t word = kNoWord;
    std::uint32_t list = 0;  // in lists_
  };
  static constexpr std::uint32_t kNoWord = 0xFFFFFFFF;  // where an array's items part, which is no word

  const std::vector<Start>& starts(std::uint32_t word);
  std::uint32_t find_starts(std::uint32_t word);
  void grow();
  // Fills field_matches_; returns how many words the field has.
  std::uint32_t match_field(const Field& field, std::span<const std::uint32_t> words);

  const Segment& segment_;
  const std::vector<Alternative>& alternatives_;
  const WordFilter filter_;
  std::vector<Field> fields_;
  std::vector<Slot> slots_;  // a power of two, at most half full
  std::size_t used_ = 0;
  std::vector<std::vector<Start>> lists_;  // the first for words that begin nothing
  std::vector<UnitMatch> field_matches_;   // room for those of one field
  std::optional<NameBeginning> beginning_;
  std::optional<NameNearness> nearness_;
  std::vector<std::string> kinds_;
};

}  // namespace nunmul
