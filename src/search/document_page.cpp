// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/document_page.h"

#include <algorithm>

#include "search/columns/filter.h"
#include "search/columns/segment_columns.h"
#include "search/columns/sort.h"
#include "search/present/attributes.h"

namespace nunmul {
namespace {

// That a document takes beside its text, which stands in the page and in the answer.
constexpr std::size_t kDocumentBytes = 100;

// One set a segment.
std::vector<Bitmap> documents_with_ids(const Generation& generation, const std::vector<std::string>& ids) {
  std::vector<Bitmap> found;
  for (const LiveSegment& segment : generation.segments()) found.emplace_back(segment.live.size());
  for (const std::string& id : ids) {
    if (const auto document = generation.find(id)) found[document->segment].set(document->document);
  }
  return found;
}

std::vector<Bitmap> fitting_documents(const Generation& generation, const Filter& filter,
                                      RequestBudget& budget) {
  std::vector<Bitmap> found;
  for (const LiveSegment& segment : generation.segments()) {
    found.push_back(segment.live);
    if (!filter.fits_all()) found.back() &= evaluate(filter, *segment.segment, budget);
  }
  return found;
}

std::uint64_t count(const std::vector<Bitmap>& sets) {
  std::uint64_t total = 0;
  for (const Bitmap& set : sets) total += set.count();
  return total;
}

// Walks the documents of all segments in the order of their ordinals.
class InsertionOrder {
 public:
  InsertionOrder(const Generation& generation, const std::vector<Bitmap>& sets)
      : generation_(generation), sets_(sets) {
    for (std::uint32_t segment = 0; segment < sets.size(); ++segment) add(segment, sets[segment].next(0));
  }

  std::optional<DocumentRef> next() {
    if (heads_.empty()) return std::nullopt;
    const auto head = std::min_element(heads_.begin(), heads_.end(),
                                       [](const Head& a, const Head& b) { return a.ordinal < b.ordinal; });
    const DocumentRef document = head->document;
    heads_.erase(head);
    add(document.segment, sets_[document.segment].next(document.document + std::size_t{1}));
    return document;
  }

 private:
  struct Head {
    std::uint64_t ordinal;
    DocumentRef document;
  };

  void add(std::uint32_t segment, std::size_t document) {
    if (document >= sets_[segment].size()) return;
    const DocumentRef ref{segment, static_cast<std::uint32_t>(document)};
    heads_.push_back({generation_.ordinal(ref), ref});
  }

  const Generation& generation_;
  const std::vector<Bitmap>& sets_;
  std::vector<Head> heads_;  // one a segment
};

std::vector<DocumentRef> in_insertion_order(const Generation& generation, const std::vector<Bitmap>& sets,
                                            std::uint64_t offset, std::uint64_t limit) {
  std::vector<DocumentRef> documents;
  InsertionOrder order(generation, sets);
  for (std::uint64_t at = 0; documents.size() < limit; ++at) {
    const auto document = order.next();
    if (!document) break;
    if (at >= offset) documents.push_back(*document);
  }
  return documents;
}

std::vector<DocumentRef> in_sorted_order(const Generation& generation, const std::vector<Bitmap>& sets,
                                         const DocumentQuery& query, std::vector<SortExpression> sort,
                                         std::uint64_t total) {
  if (query.offset >= total) return {};
  const std::uint64_t end = query.offset + std::min(query.limit, total - query.offset);
  const DocumentOrder order(columns_of(generation), std::move(sort));
  std::vector<DocumentRef> documents = first_sorted(order, sets, end);
  documents.erase(documents.begin(), documents.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(
                                                             query.offset, documents.size())));
  return documents;
}

}  // namespace

DocumentPage list_documents(const Generation& generation, const DocumentQuery& query, RequestBudget& budget) {
  const Settings& settings = generation.settings();
  std::vector<SortExpression> sort =
      parse_sort(query.sort, settings, ErrorCode::InvalidDocumentSort, SortRule::NotNeeded);
  std::vector<Bitmap> sets = fitting_documents(
      generation, parse_filter(query.filter, settings, ErrorCode::InvalidDocumentFilter), budget);
  if (query.ids) {
    const std::vector<Bitmap> asked = documents_with_ids(generation, *query.ids);
    for (std::size_t segment = 0; segment < sets.size(); ++segment) sets[segment] &= asked[segment];
  }
  DocumentPage page;
  page.total = count(sets);
  const std::vector<DocumentRef> documents =
      sort.empty() ? in_insertion_order(generation, sets, query.offset, query.limit)
                   : in_sorted_order(generation, sets, query, std::move(sort), page.total);
  const AttributeSelection fields = document_fields(query.fields);
  for (const DocumentRef document : documents) {
    budget.check();
    std::string text = fields.select(generation.json(document));
    budget.use_memory(kDocumentBytes + 2 * text.size());
    page.results.push_back(query.retrieve_vectors ? with_vectors(std::move(text)) : std::move(text));
  }
  return page;
}

std::vector<std::string> find_document_ids(const Generation& generation, const Json& filter) {
  const Filter parsed = parse_filter(filter, generation.settings(), ErrorCode::InvalidDocumentFilter);
  RequestBudget no_bounds;
  const std::vector<Bitmap> sets = fitting_documents(generation, parsed, no_bounds);
  std::vector<std::string> ids;
  for (const DocumentRef document : in_insertion_order(generation, sets, 0, generation.documents())) {
    ids.emplace_back(generation.id(document));
  }
  return ids;
}

}  // namespace nunmul
