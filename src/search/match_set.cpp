// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/match_set.h"

#include <algorithm>
#include <map>

#include "base/error.h"
#include "search/columns/distinct.h"
#include "search/columns/facets.h"
#include "search/columns/filter.h"
#include "search/columns/segment_columns.h"
#include "search/match/document_matcher.h"
#include "search/match/excluded_phrases.h"
#include "search/plan/planner.h"
#include "search/rank/confidence.h"

namespace nunmul {
namespace {

// How many of the best that Xapian gives are ranked; more are when what is asked for concerns all hits.
constexpr std::uint32_t kCandidates = 200;
// Up to so many matches all are ranked when sorts, facets or counts need it.
constexpr std::size_t kRankedMatches = 5'000;
// A document with less than this share of the query's weight answers it by accident.
constexpr double kLeastShare = 0.02;
// Below that many documents no search is long enough for a deadline.
constexpr std::uint64_t kDeadlineDocuments = 300'000;
constexpr std::uint32_t kDefaultCutoffMs = 1500;

std::uint64_t count_all(const std::vector<Bitmap>& bitmaps) {
  std::uint64_t total = 0;
  for (const Bitmap& bitmap : bitmaps) total += bitmap.count();
  return total;
}

// Calls visit(ref) for each document of the sets.
template <typename Visit>
void for_each_document(const std::vector<Bitmap>& bitmaps, Visit&& visit) {
  for (std::uint32_t s = 0; s < bitmaps.size(); ++s)
    for (std::size_t d = bitmaps[s].next(0); d < bitmaps[s].size(); d = bitmaps[s].next(d + 1))
      visit(DocumentRef{s, static_cast<std::uint32_t>(d)});
}

// The first documents by insertion.
std::vector<DocumentRef> first_inserted(const Generation& generation, const std::vector<Bitmap>& bitmaps,
                                        std::size_t count) {
  std::vector<std::size_t> next;
  for (const Bitmap& bitmap : bitmaps) next.push_back(bitmap.next(0));
  std::vector<DocumentRef> documents;
  while (documents.size() < count) {
    std::optional<DocumentRef> best;
    for (std::uint32_t s = 0; s < bitmaps.size(); ++s) {
      if (next[s] >= bitmaps[s].size()) continue;
      const DocumentRef one{s, static_cast<std::uint32_t>(next[s])};
      if (!best || generation.ordinal(one) < generation.ordinal(*best)) best = one;
    }
    if (!best) break;
    documents.push_back(*best);
    next[best->segment] = bitmaps[best->segment].next(next[best->segment] + 1);
  }
  return documents;
}

// Sorts of the request where the rule `sort` stands, and custom rules, in the order of the rules.
std::vector<SortExpression> rule_expressions(const Settings& settings,
                                             const std::vector<SortExpression>& sorts) {
  std::vector<SortExpression> expressions;
  for (const std::string& rule : settings.ranking_rules) {
    if (rule == "sort")
      expressions.insert(expressions.end(), sorts.begin(), sorts.end());
    else if (const auto custom = find_sort_expression(rule))
      expressions.push_back(*custom);
  }
  return expressions;
}

bool is_custom(const std::string& rule) { return find_sort_expression(rule).has_value(); }

}  // namespace

MatchSet::MatchSet(const Snapshot& snapshot, const SearchRequest& request, RequestBudget& budget)
    : snapshot_(snapshot),
      generation_(snapshot.generation()),
      settings_(generation_.settings()),
      request_(request),
      budget_(budget) {
  budget_.check();
  check_searched_attributes();
  const SegmentColumns columns = columns_of(generation_);
  std::vector<SortExpression> sorts;
  if (!request.sort.empty()) {
    sorts = parse_sort(request.sort, settings_, ErrorCode::InvalidSearchSort, SortRule::Required);
    sort_ = std::make_unique<DocumentOrder>(columns, sorts);
  }
  rules_ = std::make_unique<DocumentOrder>(columns, rule_expressions(settings_, sorts));
  distinct_ = request.distinct ? request.distinct : settings_.distinct_attribute;
  if (request.distinct && !find_filterable(settings_, *request.distinct)) {
    std::string message = "Attribute `" + *request.distinct +
                          "` is not filterable and thus, cannot be used as distinct attribute.";
    throw Error(ErrorCode::InvalidSearchDistinct, message);
  }
  if (request.facets) facet_attributes(*request.facets, columns, settings_);
  make_allowed();
}

MatchSet::~MatchSet() = default;

void MatchSet::check_searched_attributes() const {
  if (!request_.attributes_to_search_on) return;
  for (const std::string& name : *request_.attributes_to_search_on) {
    if (name == "*" || searchable_rank(settings_, name)) continue;
    std::string available;
    for (const std::string& attribute : settings_.searchable_attributes)
      available += (available.empty() ? "`" : ", `") + attribute + "`";
    throw Error(ErrorCode::InvalidSearchAttributesToSearchOn,
                "Attribute `" + name +
                    "` is not searchable. Available searchable attributes are: " + available + ".");
  }
}

void MatchSet::make_allowed() {
  const Filter filter = both(parse_filter(request_.filter, settings_, ErrorCode::InvalidSearchFilter),
                             parse_filter(request_.token_filter, settings_, ErrorCode::InvalidSearchFilter));
  filtered_ = generation_.cached<std::vector<Bitmap>>("filter " + filter.canonical(), [&] {
    std::vector<Bitmap> bitmaps;
    for (const LiveSegment& live : generation_.segments()) {
      bitmaps.push_back(live.live);
      if (!filter.fits_all()) bitmaps.back() &= evaluate(filter, *live.segment, budget_);
    }
    return bitmaps;
  });
  for (const Bitmap& bitmap : *filtered_) allowed_.by_segment.push_back(&bitmap);
  const bool all_live =
      std::all_of(generation_.segments().begin(), generation_.segments().end(),
                  [](const LiveSegment& live) { return live.live_count == live.segment->documents(); });
  restricted_ = !filter.fits_all() || !all_live;
  if (generation_.documents() >= kDeadlineDocuments) {
    allowed_.deadline = std::chrono::steady_clock::now() +
                        std::chrono::milliseconds(settings_.search_cutoff_ms.value_or(kDefaultCutoffMs));
  }
}

// Words behind a minus.
void MatchSet::leave_out_excluded() {
  if (plan_.excluded.empty()) return;
  without_excluded_ = *filtered_;
  for (std::uint32_t s = 0; s < without_excluded_.size(); ++s) {
    const ExcludedPhrases excluded(*generation_.segments()[s].segment, settings_, plan_.excluded);
    Bitmap& bitmap = without_excluded_[s];
    for (std::size_t d = excluded.empty() ? bitmap.size() : bitmap.next(0); d < bitmap.size();
         d = bitmap.next(d + 1)) {
      budget_.check();
      if (excluded.stand_in(static_cast<std::uint32_t>(d))) bitmap.reset(d);
    }
    allowed_.by_segment[s] = &bitmap;
  }
  restricted_ = true;
}

std::size_t MatchSet::wanted() const {
  std::size_t count = static_cast<std::size_t>(request_.offset) + request_.limit;
  if (request_.counted_pages())
    count = static_cast<std::size_t>(request_.page.value_or(1)) * request_.hits_per_page.value_or(20);
  return std::min<std::size_t>(count, settings_.max_total_hits);
}

bool MatchSet::needs_all_matches() const {
  return request_.facets || sort_ || distinct_ || request_.ranking_score_threshold ||
         request_.attributes_to_search_on || request_.counted_pages() || request_.exhaustive_count ||
         !rules_->expressions().empty();
}

void MatchSet::find() {
  PlanOptions options;
  options.strategy = request_.matching_strategy.value_or(settings_.default_matching_strategy);
  options.locales = request_.locales;
  plan_ = plan_query(generation_, request_.q, options);
  required_ = required_units(plan_, unit_order_);
  leave_out_excluded();
  if (plan_.empty() || generation_.documents() == 0) {
    find_all_documents();
  } else if (is_any()) {
    find_any();
  } else {
    find_strict();
  }
}

// ---- Without words: every allowed document, by sorts and custom rules, else by insertion.

void MatchSet::find_all_documents() {
  std::vector<Bitmap> matches;
  for (const Bitmap* bitmap : allowed_.by_segment) matches.push_back(*bitmap);
  const std::size_t count = distinct_ ? count_all(matches) : wanted();
  const bool sorted = !rules_->expressions().empty();
  std::vector<DocumentRef> first =
      sorted ? first_sorted(*rules_, matches, count) : first_inserted(generation_, matches, count);
  if (distinct_) {
    const DistinctValues values(columns_of(generation_), *distinct_);
    keep_distinct(first, values);
    keep_distinct(matches, first, values);
  }
  for (const DocumentRef document : first) {
    RankedDocument ranked;
    ranked.document = document;
    ordered_.push_back(ranked);
  }
  total_ = count_all(matches);
  bitmaps_ = std::move(matches);
}

// ---- With words.

std::vector<RankedDocument> MatchSet::rank(const std::vector<Candidate>& candidates) {
  std::map<std::uint32_t, DocumentMatcher> matchers;
  std::vector<RankedDocument> ranked;
  budget_.use_memory(candidates.size() * sizeof(RankedDocument));
  ranked.reserve(candidates.size());
  const auto units = static_cast<std::uint32_t>(plan_.units.size());
  const bool everywhere =
      !request_.attributes_to_search_on ||
      std::find(request_.attributes_to_search_on->begin(), request_.attributes_to_search_on->end(), "*") !=
          request_.attributes_to_search_on->end();
  const std::vector<std::string>* only = everywhere ? nullptr : &*request_.attributes_to_search_on;
  UnitSet quoted = 0;
  for (std::uint32_t u = 0; u < units; ++u)
    if (plan_.units[u].quoted) quoted |= unit_bits(u, 1);
  DocumentMatches matches;
  for (const Candidate& candidate : candidates) {
    budget_.check();
    auto matcher = matchers.find(candidate.document.segment);
    if (matcher == matchers.end()) {
      matcher = matchers
                    .try_emplace(candidate.document.segment,
                                 *generation_.segments()[candidate.document.segment].segment, settings_,
                                 plan_.alternatives, only)
                    .first;
      matcher->second.look_for_kind(plan_.kind);
      if (!plan_.typed.empty()) matcher->second.look_for_beginning(plan_.typed);
    }
    matcher->second.match(candidate.document.document, matches);
    RankedDocument document;
    document.document = candidate.document;
    document.ordinal = generation_.ordinal(candidate.document);
    document.weight = candidate.weight;
    document.features = features_of(matches, plan_.shape, only ? TermAnswers{} : candidate.by_terms);
    if (is_any()) {
      if (only && document.features.words == 0) continue;
      if ((quoted & ~document.features.matched) != 0) continue;
      document.blend =
          blended_score(document.features, plan_.full_weight > 0 ? candidate.weight / plan_.full_weight : 0);
    } else {
      // Terms bring some documents in which the words only seem to be.
      std::uint32_t kept = 0;
      while (kept < unit_order_.size() && (document.features.matched >> unit_order_[kept] & 1) != 0) ++kept;
      if (kept < std::max<std::size_t>(1, required_)) continue;
      document.features.words = kept;
    }
    ranked.push_back(document);
  }
  return ranked;
}

void MatchSet::order_by_blend(std::vector<RankedDocument>& documents) const {
  std::sort(documents.begin(), documents.end(), [this](const RankedDocument& a, const RankedDocument& b) {
    if (sort_)
      if (const int order = sort_->compare(a.document, b.document)) return order < 0;
    return a.blend != b.blend ? a.blend > b.blend : a.ordinal < b.ordinal;
  });
}

void MatchSet::order_by_rules(std::vector<RankedDocument>& documents) const {
  // The ranks of the built-in rules, and where the others stand among them.
  std::vector<std::vector<std::uint64_t>> ranks(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) {
    ranks[i].reserve(2 * settings_.ranking_rules.size() + 1);
    for (const RuleRank& rank :
         rule_ranks(settings_.ranking_rules, documents[i].features, typos_allowed(), attributes()))
      ranks[i].push_back(rank.rank);
  }
  struct Step {
    bool built_in;
    std::size_t number;
  };
  std::vector<Step> steps{{true, 0}};
  std::size_t next_rank = 1, next_expression = 0;
  for (const std::string& rule : settings_.ranking_rules) {
    if (rule == "sort") {
      for (std::size_t s = 0; s < request_.sort.size(); ++s) steps.push_back({false, next_expression++});
    } else if (is_custom(rule)) {
      steps.push_back({false, next_expression++});
    } else if (rule != "words") {
      const std::size_t count = rule == "exactness" || rule == "attribute" ? 2 : 1;
      for (std::size_t r = 0; r < count; ++r) steps.push_back({true, next_rank++});
    }
  }
  // A sort before every built-in rule comes before the words too.
  const auto first_listed =
      std::find_if(settings_.ranking_rules.begin(), settings_.ranking_rules.end(),
                   [](const std::string& rule) { return rule != "sort" && !is_custom(rule); });
  const bool words_listed = std::find(settings_.ranking_rules.begin(), settings_.ranking_rules.end(),
                                      "words") != settings_.ranking_rules.end();
  if (words_listed && first_listed != settings_.ranking_rules.begin()) {
    const auto leading = std::stable_partition(
        steps.begin(), steps.begin() + 1 + (first_listed - settings_.ranking_rules.begin()),
        [](const Step& step) { return !step.built_in; });
    static_cast<void>(leading);
  }
  std::vector<std::size_t> order(documents.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    for (const Step& step : steps) {
      if (step.built_in) {
        if (ranks[a][step.number] != ranks[b][step.number])
          return ranks[a][step.number] > ranks[b][step.number];
      } else if (const int compared =
                     rules_->compare(step.number, documents[a].document, documents[b].document)) {
        return compared < 0;
      }
    }
    return documents[a].ordinal < documents[b].ordinal;
  });
  std::vector<RankedDocument> sorted;
  sorted.reserve(documents.size());
  for (const std::size_t i : order) sorted.push_back(std::move(documents[i]));
  documents = std::move(sorted);
}

void MatchSet::drop_below_threshold(std::vector<RankedDocument>& documents) const {
  if (!request_.ranking_score_threshold) return;
  std::erase_if(documents, [this](const RankedDocument& document) {
    return score(document) < *request_.ranking_score_threshold;
  });
}

void MatchSet::make_distinct(std::vector<RankedDocument>& documents) {
  if (!distinct_) return;
  const DistinctValues values(columns_of(generation_), *distinct_);
  DistinctFilter filter(values);
  std::erase_if(documents, [&](const RankedDocument& document) { return !filter.keep(document.document); });
}

std::vector<Bitmap> MatchSet::bitmaps_of(const std::vector<RankedDocument>& documents) const {
  std::vector<Bitmap> bitmaps;
  for (const LiveSegment& live : generation_.segments()) bitmaps.emplace_back(live.segment->documents());
  for (const RankedDocument& document : documents)
    bitmaps[document.document.segment].set(document.document.document);
  return bitmaps;
}

// Orders and keeps what was ranked; `complete` says that nothing else fits.
void MatchSet::take(std::vector<RankedDocument> documents, bool complete, std::uint64_t at_least) {
  drop_below_threshold(documents);
  is_any() ? order_by_blend(documents) : order_by_rules(documents);
  make_distinct(documents);
  total_ = complete ? documents.size() : std::max<std::uint64_t>(documents.size(), at_least);
  if (request_.facets) bitmaps_ = bitmaps_of(documents);
  ordered_ = std::move(documents);
}

void MatchSet::find_any() {
  Retrieval retrieval(snapshot_, allowed_, restricted_ || allowed_.deadline != Deadline::max());
  RetrievalLimits limits;
  limits.count_up_to = settings_.max_total_hits;
  limits.candidates = needs_all_matches()
                          ? settings_.max_total_hits
                          : std::max<std::uint32_t>(kCandidates, static_cast<std::uint32_t>(wanted()));
  limits.least_share = kLeastShare;
  const Retrieved retrieved = retrieval.retrieve(plan_, limits);
  std::vector<RankedDocument> documents = rank(retrieved.candidates);
  if (!is_answered(snapshot_, plan_, documents)) {
    take({}, true, 0);
    return;
  }
  take(std::move(documents), retrieved.complete, retrieved.matches);
}

void MatchSet::find_strict() {
  Retrieval retrieval(snapshot_, allowed_, restricted_ || allowed_.deadline != Deadline::max());
  if (needs_all_matches()) {
    std::vector<Bitmap> matches = retrieval.all_matches(plan_);
    const std::uint64_t count = count_all(matches);
    if (count <= kRankedMatches) {
      std::vector<Candidate> candidates;
      for_each_document(matches,
                        [&](DocumentRef document) { candidates.push_back(retrieval.candidate(document)); });
      retrieval.add_unit_terms(plan_, candidates);
      take(rank(candidates), true, 0);
      return;
    }
    std::vector<Candidate> candidates;
    if (!rules_->expressions().empty() &&
        (settings_.ranking_rules.front() == "sort" || is_custom(settings_.ranking_rules.front()))) {
      for (const DocumentRef document : first_sorted(*rules_, matches, settings_.max_total_hits))
        candidates.push_back(retrieval.candidate(document));
      retrieval.add_unit_terms(plan_, candidates);
    } else {
      RetrievalLimits limits;
      limits.candidates = limits.count_up_to = settings_.max_total_hits;
      candidates = retrieval.retrieve(plan_, limits).candidates;
    }
    take(rank(candidates), false, count);
    if (request_.facets && !distinct_ && !request_.ranking_score_threshold) bitmaps_ = std::move(matches);
    return;
  }
  RetrievalLimits limits;
  limits.count_up_to = settings_.max_total_hits;
  limits.candidates = std::max<std::uint32_t>(kCandidates, static_cast<std::uint32_t>(wanted()));
  const Retrieved retrieved = retrieval.retrieve(plan_, limits);
  take(rank(retrieved.candidates), retrieved.complete, retrieved.matches);
}

// ---- Scores.

std::uint32_t MatchSet::typos_allowed() const {
  std::uint32_t typos = 0;
  for (const PlannedUnit& unit : plan_.units) typos += unit.allowed_typos;
  return typos;
}

std::uint32_t MatchSet::attributes() const {
  const auto& searchable = settings_.searchable_attributes;
  return searchable.size() == 1 && searchable[0] == "*" ? 1 : static_cast<std::uint32_t>(searchable.size());
}

double MatchSet::score(const RankedDocument& document) const {
  if (plan_.empty()) return 1;
  if (is_any()) return ranking_score_of_blend(document.blend);
  return ranking_score(rule_ranks(settings_.ranking_rules, document.features, typos_allowed(), attributes()));
}

double MatchSet::score_before_sort(const RankedDocument& document) const {
  if (plan_.empty() || is_any()) return 1;
  const auto& rules = settings_.ranking_rules;
  const std::vector<std::string> before(rules.begin(), std::find(rules.begin(), rules.end(), "sort"));
  return ranking_score(rule_ranks(before, document.features, typos_allowed(), attributes()));
}

// The value that a document was sorted by, as far as hits may show it; a distance is none of the document's.
Json MatchSet::shown_value(std::size_t expression, const RankedDocument& document) const {
  const SortExpression& sorted = rules_->expressions()[expression];
  if (!sorted.near && !is_displayed(settings_, sorted.attribute)) return "<hidden>";
  return rules_->value(expression, document.document);
}

Json MatchSet::details(const RankedDocument& document) const {
  if (is_any() && !plan_.empty())
    return blend_details(document.features, plan_.full_weight > 0 ? document.weight / plan_.full_weight : 0,
                         document.blend);
  Json built_in = plan_.empty() ? Json::object()
                                : ranking_details(settings_.ranking_rules, document.features, typos_allowed(),
                                                  attributes());
  // Sorts and custom rules stand where the ranking rules have them.
  Json details = Json::object();
  int order = 0;
  const auto add = [&](const std::string& name, Json row) {
    row["order"] = order++;
    details[name] = std::move(row);
  };
  if (built_in.contains("words")) add("words", built_in["words"]);
  std::size_t expression = 0;
  for (const std::string& rule : settings_.ranking_rules) {
    if (rule == "sort" || is_custom(rule)) {
      const std::size_t count = rule == "sort" ? request_.sort.size() : 1;
      for (std::size_t e = 0; e < count; ++e, ++expression)
        add(to_string(rules_->expressions()[expression]),
            {{"order", 0}, {"value", shown_value(expression, document)}});
    } else if (rule != "words" && built_in.contains(rule)) {
      add(rule, built_in[rule]);
    }
  }
  return details;
}

}  // namespace nunmul
