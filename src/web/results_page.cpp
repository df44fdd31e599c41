// SPDX-License-Identifier: GPL-2.0-or-later
// The start page and what a search finds: facets, sorts and pages are links that carry the whole search.
#include <algorithm>
#include <array>

#include "web/page_frame.h"
#include "web/pages.h"

namespace nunmul {
namespace {

constexpr std::size_t kShownFacetValues = 12;

using Filter = std::pair<std::string, std::string>;
using Counts = std::vector<std::pair<std::string, std::uint64_t>>;

bool is_chosen(const PageQuery& query, const Filter& filter) {
  return std::find(query.filters.begin(), query.filters.end(), filter) != query.filters.end();
}

// The search with that filter, or without it if it is chosen; from the first page on.
PageQuery toggled(PageQuery query, const Filter& filter) {
  query.page = 1;
  if (const auto chosen = std::find(query.filters.begin(), query.filters.end(), filter);
      chosen != query.filters.end())
    query.filters.erase(chosen);
  else
    query.filters.push_back(filter);
  return query;
}

// The commonest values of a facet; what is chosen comes first, so that it can be given up.
Counts shown_values(const Json& facets, const std::string& name, const PageQuery& query) {
  Counts values;
  const auto found = facets.is_object() ? facets.find(name) : facets.end();
  if (found == facets.end()) return values;
  for (const auto& [value, count] : found->items()) values.emplace_back(value, count.get<std::uint64_t>());
  std::stable_sort(values.begin(), values.end(), [&](const auto& a, const auto& b) {
    const bool chosen_a = is_chosen(query, {name, a.first}), chosen_b = is_chosen(query, {name, b.first});
    return chosen_a != chosen_b ? chosen_a : a.second > b.second;
  });
  values.resize(std::min(values.size(), kShownFacetValues));
  return values;
}

std::string_view facet_title(std::string_view name, const PageTexts& texts) {
  if (name == "kind") return texts.kind;
  if (name == "artist") return texts.artist;
  return name == "themes" ? texts.themes : texts.source;
}

std::string_view value_text(std::string_view facet, std::string_view value, const PageTexts& texts) {
  return facet == "kind" ? kind_text(texts, value) : value;
}

void add_facet_value(Html& html, const PageQuery& query, const Filter& filter, std::uint64_t count,
                     const PageTexts& texts) {
  html.markup("<li><a").attribute("href", address_of(toggled(query, filter)));
  if (is_chosen(query, filter)) html.markup(" aria-current=\"true\"");
  html.markup("><span>")
      .text(value_text(filter.first, filter.second, texts))
      .markup("</span> <small>")
      .text(std::to_string(count));
  html.markup("</small></a></li>");
}

void add_facets(Html& html, const ResultsPage& page, const PageTexts& texts) {
  html.markup("<nav class=\"facets\"").attribute("aria-label", texts.filters).markup(">");
  for (const std::string_view facet : kPageFacets) {
    const std::string name(facet);
    const Counts values = shown_values(page.facets, name, page.query);
    if (values.empty()) continue;
    const bool open = facet == "kind" || is_chosen(page.query, {name, values.front().first});
    html.markup("<details")
        .markup(open ? " open" : "")
        .markup("><summary>")
        .text(facet_title(facet, texts))
        .markup("</summary><ul>");
    for (const auto& [value, count] : values) add_facet_value(html, page.query, {name, value}, count, texts);
    html.markup("</ul></details>");
  }
  html.markup("</nav>");
}

// What is chosen, each to be given up by itself.
void add_chosen(Html& html, const PageQuery& query, const PageTexts& texts) {
  if (query.filters.empty()) return;
  html.markup("<ul class=\"chosen\">");
  for (const Filter& filter : query.filters) {
    html.markup("<li><a")
        .attribute("href", address_of(toggled(query, filter)))
        .markup("><span class=\"sr\">")
        .text(texts.remove);
    html.markup(": </span>")
        .text(value_text(filter.first, filter.second, texts))
        .markup(" <span aria-hidden=\"true\">×</span></a></li>");
  }
  html.markup("</ul>");
}

void add_sorts(Html& html, const ResultsPage& page, const PageTexts& texts) {
  const std::array<std::pair<std::string_view, std::string_view>, 4> sorts{{{"", texts.best},
                                                                            {"year:desc", texts.newest},
                                                                            {"year:asc", texts.oldest},
                                                                            {"title:asc", texts.by_title}}};
  html.markup("<div class=\"bar\"><p role=\"status\">").text(count_text(texts, page.total)).markup("</p>");
  if (page.total > 1) {
    html.markup("<nav class=\"sorts\"").attribute("aria-label", texts.sort).markup(">");
    for (const auto& [sort, name] : sorts) {
      PageQuery next = page.query;
      next.page = 1;
      next.sort = std::string(sort);
      html.markup("<a").attribute("href", address_of(next));
      html.markup(next.sort == page.query.sort ? " aria-current=\"true\">" : ">").text(name).markup("</a>");
    }
    html.markup("</nav>");
  }
  html.markup("</div>");
}

void add_pager(Html& html, const ResultsPage& page, const PageTexts& texts) {
  if (page.pages <= 1) return;
  html.markup("<nav class=\"pager\"").attribute("aria-label", texts.pages).markup(">");
  const auto link = [&](std::uint32_t number, std::string_view name, std::string_view relation) {
    PageQuery next = page.query;
    next.page = number;
    html.markup("<a")
        .attribute("rel", relation)
        .attribute("href", address_of(next))
        .markup(">")
        .text(name)
        .markup("</a>");
  };
  if (page.query.page > 1) link(page.query.page - 1, texts.previous, "prev");
  html.markup("<span>")
      .text(std::to_string(page.query.page) + " / " + std::to_string(page.pages))
      .markup("</span>");
  if (page.query.page < page.pages) link(page.query.page + 1, texts.next, "next");
  html.markup("</nav>");
}

void add_suggestion(Html& html, const Suggestion& suggestion, const PageTexts& texts) {
  std::string text(suggestion.way == Suggestion::Way::WithoutFilters ? texts.without_filters
                                                                     : texts.fewer_words);
  if (const std::size_t at = text.find("{q}"); at != std::string::npos)
    text.replace(at, 3, suggestion.query.q);
  html.markup("<li><a")
      .attribute("href", address_of(suggestion.query))
      .markup("><span>")
      .text(text)
      .markup("</span> <small>");
  html.text(count_text(texts, suggestion.total)).markup("</small></a></li>");
}

// For who found nothing: what would find something, and themes to start from.
void add_nothing(Html& html, const ResultsPage& page, const PageTexts& texts) {
  html.markup("<div class=\"note\"><p><strong>")
      .text(texts.none)
      .markup("</strong> ")
      .text(texts.none_hint)
      .markup("</p>");
  if (!page.suggestions.empty()) {
    html.markup("<ul class=\"chips\">");
    for (const Suggestion& suggestion : page.suggestions) add_suggestion(html, suggestion, texts);
    html.markup("</ul>");
  }
  if (const Counts themes = shown_values(page.facets, "themes", {}); !themes.empty()) {
    html.markup("<p>").text(texts.start_here).markup("</p><ul class=\"chips\">");
    for (const auto& [theme, count] : themes) add_facet_value(html, {}, {"themes", theme}, count, texts);
    html.markup("</ul>");
  }
  html.markup("</div>");
}

void add_results(Html& html, const ResultsPage& page, const PageTexts& texts) {
  if (page.hits.empty()) {
    add_chosen(html, page.query, texts);
    add_nothing(html, page, texts);
    return;
  }
  html.markup("<div class=\"columns\">");
  add_facets(html, page, texts);
  html.markup("<section").attribute("aria-label", texts.search).markup(">");
  add_sorts(html, page, texts);
  add_chosen(html, page.query, texts);
  html.markup("<ol class=\"hits\">");
  for (const Json& hit : page.hits) add_hit(html, hit, "h2", texts);
  html.markup("</ol>");
  add_pager(html, page, texts);
  html.markup("</section></div>");
}

}  // namespace

std::string render_results(const ResultsPage& page, const PageView& view) {
  const PageTexts& texts = view.texts;
  Html html;
  const bool is_start =
      page.query.q.empty() && page.query.filters.empty() && page.query.sort.empty() && page.query.page == 1;
  open_page(html,
            {page.query.q.empty() ? "nunmul" : page.query.q + " – nunmul", std::string(texts.tagline),
             is_start ? "start" : "found", is_start},
            texts);
  html.markup("<h1>").text(texts.tagline).markup("</h1>");
  add_form(html, page.query, view, page.state == ResultsPage::State::NeedsKey);
  if (page.state == ResultsPage::State::NoIndex) {
    html.markup("<div class=\"note\"><p><strong>")
        .text(texts.empty)
        .markup("</strong> ")
        .text(texts.empty_hint);
    html.markup("</p><pre tabindex=\"0\">").text(texts.empty_command).markup("</pre></div>");
  }
  if (page.state == ResultsPage::State::Open) add_results(html, page, texts);
  close_page(html, texts);
  return html.str();
}

}  // namespace nunmul
