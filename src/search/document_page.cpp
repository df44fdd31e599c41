// SPDX-License-Identifier: GPL-2.0-or-later
#include "search/document_page.h"

#include <algorithm>

#include "search/columns/document_sets.h"
#include "search/columns/filter.h"
#include "search/columns/segment_columns.h"
#include "search/columns/sort.h"
#include "search/present/attributes.h"

namespace nunmul {
namespace {

// That a document takes beside its text, which stands in the page and in the answer.
constexpr std::size_t kDocumentBytes = 100;

DocumentSets documents_with_ids(const Generation& generation, const std::vector<std::string>& ids) {
  DocumentSets found = no_documents(generation);
  for (const std::string& id : ids) {
    if (const auto document = generation.find(id)) found[document->segment].set(document->document);
  }
  return found;
}

}  // namespace

DocumentPage list_documents(const Generation& generation, const DocumentQuery& query, RequestBudget& budget) {
  const Settings& settings = generation.settings();
  std::vector<SortExpression> sort =
      parse_sort(query.sort, settings, ErrorCode::InvalidDocumentSort, SortRule::NotNeeded);
  DocumentSets sets = fitting_documents(
      parse_filter(query.filter, settings, ErrorCode::InvalidDocumentFilter), generation, budget);
  if (query.ids) sets &= documents_with_ids(generation, *query.ids);
  DocumentPage page;
  page.total = count_members(sets);
  if (query.offset >= page.total) return page;
  const std::uint64_t end = query.offset + std::min(query.limit, page.total - query.offset);
  std::vector<DocumentRef> documents =
      sort.empty() ? first_inserted(generation, sets, end)
                   : first_sorted(DocumentOrder(columns_of(generation), std::move(sort)), sets, end);
  documents.erase(documents.begin(), documents.begin() + static_cast<std::ptrdiff_t>(query.offset));
  const AttributeSelection fields = document_fields(query.fields);
  for (const DocumentRef document : documents) {
    budget.check();
    std::string text = fields.select(generation.json(document));
    budget.use_memory(kDocumentBytes + 2 * text.size());
    page.results.push_back(query.retrieve_vectors ? with_vectors(std::move(text)) : std::move(text));
  }
  return page;
}

}  // namespace nunmul
