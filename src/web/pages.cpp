// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/pages.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/hash.h"
#include "web/html.h"
#include "web/web_assets.h"

namespace nunmul {
namespace {

constexpr std::size_t kShownFacetValues = 12;

std::string text_of(const Json& document, const std::string& field) {
  const auto found = document.find(field);
  if (found == document.end()) return "";
  if (found->is_string()) return found->get<std::string>();
  return number_value(*found) ? dump_json(*found) : "";
}

// The field in the page's language, else as it is.
std::string local(const Json& document, const std::string& field, const PageTexts& texts) {
  const std::string localized = text_of(document, field + "_" + std::string(texts.language));
  return localized.empty() ? text_of(document, field) : localized;
}

std::string address(const PageQuery& query) {
  std::string url = "/?q=" + url_encode(query.q);
  for (const auto& [name, value] : query.filters) url += "&" + name + "=" + url_encode(value);
  if (!query.sort.empty()) url += "&sort=" + url_encode(query.sort);
  if (query.page > 1) url += "&page=" + std::to_string(query.page);
  return url;
}

void open_page(Html& html, const std::string& title, const std::string& description, const PageTexts& texts) {
  html.markup("<!doctype html>\n<html").attribute("lang", texts.language).markup("><head><meta charset=\"utf-8\">");
  html.markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>").text(title).markup("</title>");
  html.markup("<meta name=\"description\"").attribute("content", description).markup(">");
  html.markup("<link rel=\"stylesheet\"").attribute("href", asset_url("page.css")).markup("><link rel=\"icon\" type=\"image/svg+xml\"").attribute("href", asset_url("drop.svg"));
  html.markup("><link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"nunmul\" href=\"/opensearch.xml\">");
  html.markup("<link rel=\"modulepreload\" href=\"/nunmul-search.js\">");
  html.markup("<script type=\"module\"").attribute("src", asset_url("page.js")).markup("></script></head><body><header><a class=\"logo\" href=\"/\"><img alt=\"\" width=\"30\" height=\"30\"");
  html.attribute("src", asset_url("drop.svg")).markup("><span>nunmul</span> <small lang=\"ko\">눈물</small></a></header>");
}

void close_page(Html& html, const PageTexts& texts) {
  html.markup("<footer><a href=\"/try\">").text(texts.try_api).markup("</a><a href=\"/openapi.json\">OpenAPI</a></footer></body></html>\n");
}

// The search form; script puts the search box in its place, with what the form has.
void add_form(Html& html, const PageQuery& query, const PageTexts& texts) {
  html.markup("<form class=\"search\" role=\"search\" action=\"/\" method=\"get\"><label class=\"sr\" for=\"q\">").text(texts.search);
  html.markup("</label><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\"").attribute("placeholder", texts.placeholder).attribute("value", query.q);
  html.markup("><button>").text(texts.search).markup("</button>");
  for (const auto& [name, value] : query.filters) html.markup("<input type=\"hidden\"").attribute("name", name).attribute("value", value).markup(">");
  html.markup("</form>");
}

// `heading` is the element that fits the page's outline: "h2", "h3".
void add_hit(Html& html, const Json& hit, std::string_view heading, const PageTexts& texts) {
  const auto found = hit.find("_formatted");
  const Json& shown = found == hit.end() ? hit : *found;
  const std::string title = local(shown, "title", texts);
  const std::string original = text_of(shown, "title");
  const std::string korean = text_of(shown, "title_ko");
  const std::string& other = title != original ? original : korean;
  html.markup("<li><a").attribute("href", "/entries/" + url_encode(text_of(hit, "id"))).markup("><").markup(heading).markup(">");
  html.marked(title.empty() ? text_of(hit, "id") : title, kMarkOpen, kMarkClose).markup("</").markup(heading).markup(">");
  if (!other.empty() && other != title) html.markup("<span class=\"other\">").marked(other, kMarkOpen, kMarkClose).markup("</span>");
  html.markup("</a><p class=\"by\">");
  const std::string artist = local(shown, "artist", texts);
  if (!artist.empty()) html.marked(artist, kMarkOpen, kMarkClose).markup(" · ");
  html.text(kind_text(texts, text_of(hit, "kind")));
  if (const std::string year = text_of(hit, "year"); !year.empty()) html.markup(" · ").text(year);
  html.markup("</p><p class=\"snippet\">").marked(local(shown, "description", texts), kMarkOpen, kMarkClose).markup("</p></li>");
}

std::string_view facet_title(std::string_view name, const PageTexts& texts) {
  if (name == "kind") return texts.kind;
  if (name == "artist") return texts.artist;
  return name == "themes" ? texts.themes : texts.source;
}

void add_facets(Html& html, const ResultsPage& page, const PageTexts& texts) {
  html.markup("<nav class=\"facets\"").attribute("aria-label", texts.kind).markup(">");
  for (const std::string_view name : kPageFacets) {
    const std::string key(name);
    if (!page.facets.is_object() || !page.facets.contains(key) || page.facets[key].empty()) continue;
    std::vector<std::pair<std::string, std::uint64_t>> values;
    for (const auto& [value, count] : page.facets[key].items()) values.emplace_back(value, count.get<std::uint64_t>());
    std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    values.resize(std::min(values.size(), kShownFacetValues));
    html.markup("<details").markup(name == "kind" ? " open" : "").markup("><summary>").text(facet_title(name, texts)).markup("</summary><ul>");
    for (const auto& [value, count] : values) {
      PageQuery next = page.query;
      next.page = 1;
      const std::pair<std::string, std::string> filter{key, value};
      const auto chosen = std::find(next.filters.begin(), next.filters.end(), filter);
      const bool on = chosen != next.filters.end();
      if (on) next.filters.erase(chosen);
      else next.filters.push_back(filter);
      html.markup("<li><a").attribute("href", address(next));
      if (on) html.markup(" aria-current=\"true\"");
      html.markup(">").text(name == "kind" ? kind_text(texts, value) : std::string_view(value)).markup(" <span>").text(std::to_string(count)).markup("</span></a></li>");
    }
    html.markup("</ul></details>");
  }
  html.markup("</nav>");
}

void add_sorts(Html& html, const ResultsPage& page, const PageTexts& texts) {
  const std::array<std::pair<std::string_view, std::string_view>, 4> sorts{{{"", texts.best}, {"year:desc", texts.newest}, {"year:asc", texts.oldest}, {"title:asc", texts.by_title}}};
  html.markup("<p class=\"bar\"><strong>").text(std::to_string(page.total)).markup("</strong> ").text(texts.results).markup("<span class=\"sorts\">");
  for (const auto& [sort, name] : sorts) {
    PageQuery next = page.query;
    next.page = 1;
    next.sort = std::string(sort);
    html.markup("<a").attribute("href", address(next)).markup(next.sort == page.query.sort ? " aria-current=\"true\">" : ">").text(name).markup("</a>");
  }
  html.markup("</span></p>");
}

void add_pager(Html& html, const ResultsPage& page, const PageTexts& texts) {
  if (page.pages <= 1) return;
  html.markup("<nav class=\"pager\"").attribute("aria-label", texts.next).markup(">");
  const auto link = [&](std::uint32_t number, std::string_view name) {
    PageQuery next = page.query;
    next.page = number;
    html.markup("<a").attribute("href", address(next)).markup(">").text(name).markup("</a>");
  };
  if (page.query.page > 1) link(page.query.page - 1, texts.previous);
  html.markup("<span>").text(std::to_string(page.query.page) + " / " + std::to_string(page.pages)).markup("</span>");
  if (page.query.page < page.pages) link(page.query.page + 1, texts.next);
  html.markup("</nav>");
}

}  // namespace

std::string asset_url(std::string_view name) {
  std::array<char, 16> version{};
  std::snprintf(version.data(), version.size(), "%08x", crc32(find_web_asset(name).value_or("")));
  return "/" + std::string(name) + "?v=" + version.data();
}

std::string render_results(const ResultsPage& page, const PageTexts& texts) {
  Html html;
  open_page(html, page.query.q.empty() ? "nunmul" : page.query.q + " – nunmul", std::string(texts.tagline), texts);
  html.markup("<main class=\"start\"><h1>").text(texts.tagline).markup("</h1>");
  add_form(html, page.query, texts);
  if (page.state == ResultsPage::State::NeedsKey) {
    html.markup("<p class=\"note\">").text(texts.needs_key).markup("</p>");
  } else if (page.state == ResultsPage::State::NoIndex) {
    html.markup("<p class=\"note\"><strong>").text(texts.empty).markup("</strong> ").text(texts.empty_hint).markup("</p>");
  } else {
    html.markup("<div class=\"columns\">");
    add_facets(html, page, texts);
    html.markup("<section>");
    add_sorts(html, page, texts);
    if (page.hits.empty()) html.markup("<p class=\"note\"><strong>").text(texts.none).markup("</strong> ").text(texts.none_hint).markup("</p>");
    html.markup("<ol class=\"hits\">");
    for (const Json& hit : page.hits) add_hit(html, hit, "h2", texts);
    html.markup("</ol>");
    add_pager(html, page, texts);
    html.markup("</section></div>");
  }
  html.markup("</main>");
  close_page(html, texts);
  return html.str();
}

std::string render_entry(const Json& entry, const std::vector<Json>& similar, const PageTexts& texts) {
  Html html;
  const std::string title = local(entry, "title", texts);
  const std::string description = local(entry, "description", texts);
  open_page(html, title + " – nunmul", description, texts);
  html.markup("<main class=\"entry\"><p><a href=\"/\">← ").text(texts.back).markup("</a></p><article><p class=\"by\">").text(kind_text(texts, text_of(entry, "kind")));
  if (const std::string year = text_of(entry, "year"); !year.empty()) html.markup(" · ").text(year);
  html.markup("</p><h1>").text(title).markup("</h1>");
  if (const std::string artist = local(entry, "artist", texts); !artist.empty())
    html.markup("<p class=\"artist\"><a").attribute("href", "/?q=" + url_encode(artist)).markup(">").text(artist).markup("</a></p>");
  html.markup("<p class=\"description\">").text(description).markup("</p><h2>").text(texts.names).markup("</h2><dl>");
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kScripts{{{"", "English"}, {"_ko", "한국어"}, {"_ja", "日本語"}}};
  for (const auto& [ending, language] : kScripts) {
    const std::string name = text_of(entry, "title" + std::string(ending)), by = text_of(entry, "artist" + std::string(ending));
    if (name.empty() && by.empty()) continue;
    html.markup("<dt>").text(language).markup("</dt><dd>").text(name).text(!name.empty() && !by.empty() ? " — " : "").text(by).markup("</dd>");
  }
  html.markup("</dl>");
  if (entry.contains("themes") && entry["themes"].is_array() && !entry["themes"].empty()) {
    html.markup("<p class=\"themes\">");
    for (const Json& theme : entry["themes"])
      if (theme.is_string()) html.markup("<a").attribute("href", "/?q=&themes=" + url_encode(theme.get<std::string>())).markup(">").text(theme.get<std::string>()).markup("</a>");
    html.markup("</p>");
  }
  if (const std::string source = text_of(entry, "source"); !source.empty())
    html.markup("<p class=\"by\">").text(texts.listed_in).markup(": ").text(source).markup("</p>");
  html.markup("</article>");
  if (!similar.empty()) {
    html.markup("<section><h2>").text(texts.similar).markup("</h2><ol class=\"hits\">");
    for (const Json& one : similar) add_hit(html, one, "h3", texts);
    html.markup("</ol></section>");
  }
  html.markup("</main>");
  close_page(html, texts);
  return html.str();
}

std::string render_try(const PageTexts& texts) {
  Html html;
  open_page(html, std::string(texts.try_api) + " – nunmul", std::string(texts.try_api), texts);
  html.markup("<main class=\"try\"><h1>").text(texts.try_api).markup("</h1><form id=\"try\" class=\"search\"><label class=\"sr\" for=\"tq\">").text(texts.search);
  html.markup("</label><input id=\"tq\" type=\"search\" autocomplete=\"off\" value=\"breakup rain ballad\"><button>").text(texts.search);
  html.markup("</button></form><h2>curl</h2><pre id=\"request\" tabindex=\"0\"></pre><h2 id=\"timing\" aria-live=\"polite\">…</h2><pre id=\"answer\" tabindex=\"0\"></pre></main>");
  html.markup("<script type=\"module\"").attribute("src", asset_url("try.js")).markup("></script>");
  close_page(html, texts);
  return html.str();
}

std::string render_not_found(const PageTexts& texts) {
  Html html;
  open_page(html, "nunmul", std::string(texts.tagline), texts);
  html.markup("<main class=\"entry\"><h1>").text(texts.none).markup("</h1><p><a href=\"/\">").text(texts.back).markup("</a></p></main>");
  close_page(html, texts);
  return html.str();
}

std::string render_open_search(const std::string& origin) {
  Html html;
  html.markup("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"><ShortName>nunmul</ShortName>"
              "<Description>Korean songs, films and dramas</Description><InputEncoding>UTF-8</InputEncoding><Url type=\"text/html\"");
  html.attribute("template", origin + "/?q={searchTerms}").markup("/></OpenSearchDescription>\n");
  return html.str();
}

}  // namespace nunmul
