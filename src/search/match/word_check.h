// SPDX-License-Identifier: GPL-2.0-or-later
// Whether units of a query stand in a document as its words say, where terms only narrow: a phrase, a word
// within the attributes that are searched. Asked while matching, of every document that has the terms.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <xapian.h>

#include "index/snapshot.h"
#include "search/match/document_matcher.h"
#include "search/match/features.h"
#include "search/match/scope.h"
#include "search/plan/query_plan.h"
#include "search/postings/term_postings.h"

namespace nunmul {

// For one request, one thread. The scope outlives it.
class WordCheck {
 public:
  // Of the plan's units those in `asked`.
  WordCheck(const Scope& scope, const QueryPlan& plan, UnitSet asked);

  // Which of them stand in the document.
  UnitSet standing(DocumentRef document);

  UnitSet asked() const { return asked_; }

 private:
  const Scope& scope_;
  const UnitSet asked_;
  std::vector<Alternative> alternatives_;  // of those units
  std::vector<std::optional<DocumentMatcher>> matchers_;
  DocumentMatches found_;
};

// The terms of which each says that a document has the unit. Of a word in Latin letters every word with its
// stem is a form, unless fields have stems of several languages; other terms may be of parts of words.
std::vector<PlannedTerm> certain_terms(const Scope& scope, const QueryPlan& plan, std::uint32_t unit);

// What of the asked units a document must have: all of them, or any one.
enum class Standing : std::uint8_t { All, Any };

// The documents that pass, as a part of a Xapian query without weight. It claims to have all documents, so
// that others are asked first. For one match; the check outlives it.
class CheckedSource : public Xapian::PostingSource {
 public:
  CheckedSource(WordCheck& check, Standing standing, ShardIds shard_ids)
      : check_(check), standing_(standing), shard_ids_(std::move(shard_ids)) {}

  CheckedSource* clone() const override { return new CheckedSource(check_, standing_, shard_ids_); }
  std::string name() const override { return "nunmul::CheckedSource"; }

  void init(const Xapian::Database& shard) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return last_; }
  Xapian::doccount get_termfreq_max() const override { return last_; }
  void next(double) override { advance(current_ + 1); }
  void skip_to(Xapian::docid id, double) override {
    if (id > current_) advance(id);
  }
  bool check(Xapian::docid id, double) override {
    current_ = id;
    return id > last_ || passes();
  }
  bool at_end() const override { return current_ > last_; }
  Xapian::docid get_docid() const override { return current_; }

 private:
  bool passes();
  void advance(Xapian::docid to);

  WordCheck& check_;
  Standing standing_;
  ShardIds shard_ids_;
  std::uint32_t segment_ = 0;
  Xapian::docid current_ = 0;
  Xapian::docid last_ = 0;
};

// Whether a document passes by what stands in it.
inline bool passes(UnitSet standing, UnitSet asked, Standing needed) {
  return needed == Standing::All ? (asked & ~standing) == 0 : standing != 0;
}

}  // namespace nunmul
