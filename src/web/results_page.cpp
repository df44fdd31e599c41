// SPDX-License-Identifier: GPL-2.0-or-later
// The start page and what a search finds: facets, sorts and pages are links that carry the whole search.
#include <algorithm>
#include <array>

#include "web/page_frame.h"
#include "web/pages.h"

namespace nunmul {
namespace {

constexpr std::string_view kContentIndex = "entries";
constexpr std::size_t kShownFacetValues = 12;  // … of which the others are folded away
constexpr std::size_t kOfferedThemes = 12;

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

// The values of a facet, the commonest first; what is chosen comes before them, so that it can be given up.
Counts shown_values(const Json& facets, const std::string& name, const PageQuery& query) {
  Counts values;
  const auto found = facets.is_object() ? facets.find(name) : facets.end();
  if (found == facets.end()) return values;
  for (const auto& [value, count] : found->items()) values.emplace_back(value, count.get<std::uint64_t>());
  std::stable_sort(values.begin(), values.end(), [&](const auto& a, const auto& b) {
    const bool chosen_a = is_chosen(query, {name, a.first}), chosen_b = is_chosen(query, {name, b.first});
    return chosen_a != chosen_b ? chosen_a : a.second > b.second;
  });
  return values;
}

std::string_view facet_title(std::string_view name, const PageTexts& texts) {
  if (name == "kind") return texts.kind;
  if (name == "artist") return texts.artist;
  return name == "themes" ? texts.themes : texts.source;
}

void add_facet_value(Html& html, const PageQuery& query, const Filter& filter, std::uint64_t count,
                     const PageView& view) {
  html.markup("<li><a").attribute("href", address_of(toggled(query, filter), view));
  if (is_chosen(query, filter)) html.markup(" aria-current=\"true\"");
  html.markup("><span>")
      .text(label_of(filter.first, filter.second, view))
      .markup("</span> <small>")
      .text(std::to_string(count));
  html.markup("</small></a></li>");
}

void add_facets(Html& html, const ResultsPage& page, const PageView& view) {
  const PageTexts& texts = view.texts;
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
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i == kShownFacetValues)
        html.markup("</ul><details class=\"more\"><summary>").text(texts.more).markup("</summary><ul>");
      add_facet_value(html, page.query, {name, values[i].first}, values[i].second, view);
    }
    html.markup(values.size() > kShownFacetValues ? "</ul></details></details>" : "</ul></details>");
  }
  html.markup("</nav>");
}

// The visitor's choices, each of which can be given up by itself.
void add_chosen(Html& html, const PageQuery& query, const PageView& view) {
  if (query.filters.empty()) return;
  html.markup("<ul class=\"chosen\">");
  for (const Filter& filter : query.filters) {
    html.markup("<li><a")
        .attribute("href", address_of(toggled(query, filter), view))
        .markup("><span class=\"sr\">")
        .text(view.texts.remove);
    html.markup(": </span>")
        .text(label_of(filter.first, filter.second, view))
        .markup(" <span aria-hidden=\"true\">×</span></a></li>");
  }
  html.markup("</ul>");
}

void add_sorts(Html& html, const ResultsPage& page, const PageView& view) {
  const PageTexts& texts = view.texts;
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
      html.markup("<a").attribute("href", address_of(next, view));
      html.markup(next.sort == page.query.sort ? " aria-current=\"true\">" : ">").text(name).markup("</a>");
    }
    html.markup("</nav>");
  }
  html.markup("</div>");
}

void add_pager(Html& html, const ResultsPage& page, const PageView& view) {
  const PageTexts& texts = view.texts;
  if (page.pages <= 1) return;
  html.markup("<nav class=\"pager\"").attribute("aria-label", texts.pages).markup(">");
  const auto link = [&](std::uint32_t number, std::string_view name, std::string_view relation) {
    PageQuery next = page.query;
    next.page = number;
    html.markup("<a")
        .attribute("rel", relation)
        .attribute("href", address_of(next, view))
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

std::string_view text_of_way(Suggestion::Way way, const PageTexts& texts) {
  switch (way) {
    case Suggestion::Way::Spelling:
      return texts.did_you_mean;
    case Suggestion::Way::OtherLayout:
      return texts.other_layout;
    case Suggestion::Way::FewerWords:
      return texts.fewer_words;
    case Suggestion::Way::WithoutFilters:
      break;
  }
  return texts.without_filters;
}

void add_suggestion(Html& html, const Suggestion& suggestion, const PageView& view) {
  html.markup("<li><a")
      .attribute("href", address_of(suggestion.query, view))
      .markup("><span>")
      .text(filled(text_of_way(suggestion.way, view.texts), "{q}", suggestion.query.q))
      .markup("</span> <small>");
  html.text(count_text(view.texts, suggestion.total)).markup("</small></a></li>");
}

// For who found nothing: what would find something, and themes to start from.
void add_nothing(Html& html, const ResultsPage& page, const PageView& view) {
  const PageTexts& texts = view.texts;
  html.markup("<div class=\"note\"><p><strong>")
      .text(texts.none)
      .markup("</strong> ")
      .text(texts.none_hint)
      .markup("</p>");
  if (!page.suggestions.empty()) {
    html.markup("<ul class=\"chips\">");
    for (const Suggestion& suggestion : page.suggestions) add_suggestion(html, suggestion, view);
    html.markup("</ul>");
  }
  if (Counts themes = shown_values(page.facets, "themes", {}); !themes.empty()) {
    themes.resize(std::min(themes.size(), kOfferedThemes));
    html.markup("<p>").text(texts.start_here).markup("</p><ul class=\"chips\">");
    for (const auto& [theme, count] : themes) add_facet_value(html, {}, {"themes", theme}, count, view);
    html.markup("</ul>");
  }
  html.markup("</div>");
}

// Behind the last page of what there is.
void add_no_more(Html& html, const ResultsPage& page, const PageView& view) {
  PageQuery last = page.query;
  last.page = page.pages;
  html.markup("<div class=\"note\"><p><strong>").text(view.texts.no_more).markup("</strong></p><p><a");
  html.attribute("href", address_of(last, view))
      .markup(">")
      .text(view.texts.last_page)
      .markup("</a></p></div>");
}

void add_results(Html& html, const ResultsPage& page, const PageView& view) {
  const PageTexts& texts = view.texts;
  if (page.hits.empty() && page.total > 0) {
    add_chosen(html, page.query, view);
    add_no_more(html, page, view);
    return;
  }
  if (page.hits.empty()) {
    add_chosen(html, page.query, view);
    add_nothing(html, page, view);
    return;
  }
  html.markup("<div class=\"columns\">");
  add_facets(html, page, view);
  html.markup("<section").attribute("aria-label", texts.search).markup(">");
  add_sorts(html, page, view);
  add_chosen(html, page.query, view);
  html.markup("<ol class=\"hits\">");
  for (const Json& hit : page.hits) add_hit(html, hit, "h2", view);
  html.markup("</ol>");
  add_pager(html, page, view);
  html.markup("</section></div>");
}

// In the place of an index that is not there or has nothing in it.
void add_no_index(Html& html, const ResultsPage& page, const PageView& view) {
  const PageTexts& texts = view.texts;
  html.markup("<div class=\"note\"><p><strong>")
      .text(texts.empty)
      .markup("</strong> ")
      .text(filled(texts.empty_hint, "{index}", view.index));
  const std::string option = view.index == kContentIndex ? "" : " --index " + view.index;
  html.markup("</p><pre tabindex=\"0\">")
      .text(filled(texts.empty_command, "{option}", option))
      .markup("</pre>");
  if (!page.others.empty()) {
    html.markup("<p>").text(texts.others).markup("</p><ul class=\"chips\">");
    for (const std::string& other : page.others)
      html.markup("<li><a")
          .attribute("href", "/?index=" + url_encode(other))
          .markup(">")
          .text(other)
          .markup("</a></li>");
    html.markup("</ul>");
  }
  html.markup("</div>");
}

}  // namespace

std::string render_results(const ResultsPage& page, const PageView& view) {
  const PageTexts& texts = view.texts;
  Html html;
  // The tagline of our own content is not true of an index of another name.
  const std::string tagline = view.index == kContentIndex
                                  ? std::string(texts.tagline)
                                  : filled(texts.tagline_of_index, "{index}", view.index);
  const bool is_start =
      page.query.q.empty() && page.query.filters.empty() && page.query.sort.empty() && page.query.page == 1;
  open_page(html,
            {page.query.q.empty() ? "nunmul" : page.query.q + " – nunmul", tagline,
             is_start ? "start" : "found", is_start},
            texts);
  html.markup("<h1>").text(tagline).markup("</h1>");
  add_form(html, page.query, view, page.state == ResultsPage::State::NeedsKey);
  if (page.state == ResultsPage::State::NoIndex) add_no_index(html, page, view);
  if (page.state == ResultsPage::State::Open) add_results(html, page, view);
  close_page(html, texts);
  return html.str();
}

}  // namespace nunmul
