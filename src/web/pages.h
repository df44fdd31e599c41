// SPDX-License-Identifier: GPL-2.0-or-later
// The pages that the server renders: what they show comes in as values, what goes out is HTML. They
// work without script; the search box adds answers at every keystroke.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "web/page_texts.h"

namespace nunmul {

// Marks around matches in `_formatted`, which no document's text has.
constexpr std::string_view kMarkOpen = "\uE000";
constexpr std::string_view kMarkClose = "\uE001";

// The labels of fields' values in the page's language: field, value, label.
using PageLabels = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

// For whom a page is rendered. What it refers to lives as long as the program.
struct PageView {
  const PageTexts& texts;
  const PageLabels& labels;
  std::string index;      // that is shown …
  bool is_other = false;  // … and is not the one that the pages show by themselves, so that addresses name it
  std::string key;        // for the search box, where a key is needed and the owner gave one to everybody
};

// A visitor's choices, as the address carries them.
struct PageQuery {
  std::string q;
  std::vector<std::pair<std::string, std::string>> filters;  // attribute and value
  std::string sort;                                          // "", "year:desc", …
  std::uint32_t page = 1;
};

// Attributes offered as facets, in this order.
constexpr std::string_view kPageFacets[] = {"kind", "artist", "themes", "source"};

// Another query, for who found nothing.
struct Suggestion {
  enum class Way { Spelling, OtherLayout, FewerWords, WithoutFilters } way = Way::FewerWords;
  PageQuery query;
  std::uint64_t total = 0;
};

struct ResultsPage {
  PageQuery query;
  enum class State { Open, NeedsKey, NoIndex } state = State::Open;
  std::vector<Json> hits;  // documents with `_formatted`; none of a total behind the last page
  std::uint64_t total = 0;
  std::uint32_t pages = 1;
  Json facets;  // facetDistribution; without hits that of the whole index
  std::vector<Suggestion> suggestions;
  std::vector<std::string> others;  // without the index: those that have documents
};

std::string render_results(const ResultsPage& page, const PageView& view);

// An entry with those that share most of its themes.
std::string render_entry(const Json& entry, const std::vector<Json>& similar, const PageView& view);

// Where the API is tried: the script does the work.
std::string render_try(const PageView& view, bool needs_key);

std::string render_not_found(const PageView& view);

// In the place of an entry where a key is needed.
std::string render_needs_key(const PageView& view);

// Instead of what an index holds that is being built anew.
std::string render_rebuilding(const PageView& view);

// The description of the search for browsers' address bars. `origin` is "http://host:port".
std::string render_open_search(const std::string& origin);

// "/nunmul-search.js?v=1a2b3c4d": the address of an asset, new whenever its bytes are.
std::string asset_url(std::string_view name);

}  // namespace nunmul
