// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/searcher.h"

#include <algorithm>
#include <chrono>
#include <map>

#include "base/error.h"
#include "index/snapshot.h"
#include "search/document_matcher.h"
#include "search/query_plan.h"
#include "search/ranking.h"
#include "search/retrieval.h"

namespace nunmul {
namespace {

constexpr std::uint32_t kCandidates = 200;
constexpr double kLeastShare = 0.2;

class Search {
 public:
  Search(const Snapshot& snapshot, const SearchRequest& request) : snapshot_(snapshot), generation_(snapshot.generation()), request_(request) {}

  SearchResult run() {
    SearchResult result;
    AllowedDocuments allowed;
    for (const LiveSegment& live : generation_.segments()) allowed.by_segment.push_back(&live.live);
    PlanOptions options;
    options.strategy = request_.matching_strategy.value_or(generation_.settings().default_matching_strategy);
    const QueryPlan plan = plan_query(generation_, request_.q, options);
    Retrieval retrieval(snapshot_, allowed, restricted());
    RetrievalLimits limits;
    limits.candidates = std::max(kCandidates, request_.offset + request_.limit);
    limits.least_share = kLeastShare;
    const Retrieved retrieved = retrieval.retrieve(plan, limits);
    std::vector<RankedDocument> ranked = rank(plan, retrieved);
    std::sort(ranked.begin(), ranked.end(), [](const RankedDocument& a, const RankedDocument& b) {
      return a.blend != b.blend ? a.blend > b.blend : a.ordinal < b.ordinal;
    });
    result.total_hits = retrieved.matches;
    for (std::size_t i = request_.offset; i < std::min<std::size_t>(ranked.size(), request_.offset + request_.limit); ++i) {
      Hit hit;
      hit.id = std::string(generation_.id(ranked[i].document));
      hit.document = std::string(generation_.json(ranked[i].document));
      hit.ranking_score = ranking_score_of_blend(ranked[i].blend);
      result.hits.push_back(std::move(hit));
    }
    return result;
  }

 private:
  bool restricted() const {
    return std::any_of(generation_.segments().begin(), generation_.segments().end(), [](const LiveSegment& live) { return live.live_count < live.segment->documents(); });
  }

  std::vector<RankedDocument> rank(const QueryPlan& plan, const Retrieved& retrieved) {
    std::map<std::uint32_t, DocumentMatcher> matchers;
    std::vector<RankedDocument> ranked;
    DocumentMatches matches;
    for (const Candidate& candidate : retrieved.candidates) {
      const Segment& segment = *generation_.segments()[candidate.document.segment].segment;
      auto matcher = matchers.find(candidate.document.segment);
      if (matcher == matchers.end()) matcher = matchers.try_emplace(candidate.document.segment, segment, generation_.settings(), plan.alternatives).first;
      matcher->second.match(candidate.document.document, matches);
      RankedDocument document;
      document.document = candidate.document;
      document.ordinal = generation_.ordinal(candidate.document);
      document.weight = candidate.weight;
      document.features = features_of(matches, static_cast<std::uint32_t>(plan.units.size()), candidate.unit_terms);
      document.blend = blended_score(document.features, plan.full_weight > 0 ? candidate.weight / plan.full_weight : 0);
      ranked.push_back(document);
    }
    return ranked;
  }

  const Snapshot& snapshot_;
  const Generation& generation_;
  const SearchRequest& request_;
};

}  // namespace

SearchResult Searcher::search(const SearchRequest& request) const {
  try {
    return Search(snapshot_, request).run();
  } catch (const Xapian::Error& error) {
    throw Error(ErrorCode::Internal, "The search failed: " + error.get_description() + ".");
  }
}

std::vector<FacetHit> Searcher::search_facet(const FacetSearchRequest&) const { return {}; }

}  // namespace nunmul
