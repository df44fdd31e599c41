// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/page_frame.h"

#include <algorithm>

#include "web/name_script.h"

namespace nunmul {
namespace {

void add_key_form(Html& html, const PageTexts& texts) {
  html.markup("<div class=\"note\" id=\"key-note\"><p><strong>").text(texts.needs_key).markup("</strong> ");
  html.text(texts.needs_key_hint)
      .markup("</p><form id=\"key-form\" class=\"search\" hidden><label class=\"sr\" for=\"key\">");
  html.text(texts.key)
      .markup("</label><input id=\"key\" type=\"password\" autocomplete=\"off\"")
      .attribute("placeholder", texts.key);
  html.markup("><button>")
      .text(texts.use_key)
      .markup("</button></form><p id=\"key-status\" role=\"status\"></p><noscript><p>");
  html.text(texts.needs_script)
      .markup("</p></noscript><p class=\"owner\">")
      .text(texts.needs_key_owner)
      .markup("</p></div>");
}

// The name beside the title: the Korean one, or the other of the two if that is the title.
LocalText other_title(const Json& document, const LocalText& title) {
  for (const std::string_view field : {"title", "title_ko", "title_ja"}) {
    std::string other = text_of(document, std::string(field));
    const std::string_view language = language_of(name_script(other));
    if (!other.empty() && other != title.text) return {std::move(other), language};
  }
  return {};
}

// A value that is no file's name (an address, a sentence) stays. The search box does the same.
std::string name_of_file(std::string_view value) {
  if (value.find_first_of(" /:") != std::string_view::npos) return std::string(value);
  constexpr std::size_t kLongestEnding = 9;  // ".markdown"
  if (const std::size_t dot = value.rfind('.');
      dot != std::string_view::npos && dot > 0 && value.size() - dot <= kLongestEnding)
    value = value.substr(0, dot);
  std::string name(value);
  for (char& c : name)
    if (c == '-' || c == '_') c = ' ';
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

}  // namespace

void open_page(Html& html, const PageHead& head, const PageTexts& texts) {
  html.markup("<!doctype html>\n<html")
      .attribute("lang", texts.language)
      .markup("><head><meta charset=\"utf-8\">");
  html.markup("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
  html.markup("<meta name=\"color-scheme\" content=\"light dark\"><title>")
      .text(head.title)
      .markup("</title>");
  if (!head.is_indexed) html.markup("<meta name=\"robots\" content=\"noindex,follow\">");
  if (!head.description.empty())
    html.markup("<meta name=\"description\"").attribute("content", head.description).markup(">");
  html.markup("<link rel=\"stylesheet\"").attribute("href", asset_url("page.css"));
  html.markup("><link rel=\"icon\" type=\"image/svg+xml\"").attribute("href", asset_url("drop.svg"));
  html.markup(
      "><link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"nunmul\" "
      "href=\"/opensearch.xml\">");
  html.markup("<link rel=\"modulepreload\" href=\"/nunmul-search.js\"><script type=\"module\"")
      .attribute("src", asset_url("page.js"));
  html.markup(
      "></script></head><body><header><a class=\"logo\" href=\"/\"><img alt=\"\" width=\"30\" height=\"30\"");
  html.attribute("src", asset_url("drop.svg"))
      .markup("><span>nunmul</span> <small lang=\"ko\">눈물</small></a></header><main");
  html.attribute("class", head.page_class).markup(">");
}

void close_page(Html& html, const PageTexts& texts) {
  html.markup("</main><footer><a href=\"/try\">").text(texts.try_api);
  html.markup("</a><a href=\"/openapi.json\">OpenAPI</a></footer></body></html>\n");
}

void add_form(Html& html, const PageQuery& query, const PageView& view, bool needs_key) {
  const PageTexts& texts = view.texts;
  html.markup("<form class=\"search\" role=\"search\" action=\"/\" method=\"get\"");
  html.attribute("data-index", view.index);
  if (!view.key.empty()) html.attribute("data-key", view.key);
  if (needs_key) html.markup(" data-needs-key");
  html.markup("><label class=\"sr\" for=\"q\">").text(texts.search);
  html.markup(
      "</label><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" enterkeyhint=\"search\"");
  html.attribute("placeholder", texts.placeholder)
      .attribute("value", query.q)
      .markup("><button>")
      .text(texts.search)
      .markup("</button>");
  if (view.is_other)
    html.markup("<input type=\"hidden\" name=\"index\"").attribute("value", view.index).markup(">");
  for (const auto& [name, value] : query.filters)
    html.markup("<input type=\"hidden\"").attribute("name", name).attribute("value", value).markup(">");
  html.markup("</form>");
  if (needs_key) add_key_form(html, texts);
}

void add_hit(Html& html, const Json& hit, std::string_view heading, const PageView& view) {
  const PageTexts& texts = view.texts;
  const auto found = hit.find("_formatted");
  const Json& shown = found == hit.end() ? hit : *found;
  LocalText title = local_text(shown, "title", texts);
  if (title.text.empty()) title.text = text_of(hit, "id");
  const LocalText other = other_title(shown, title);
  html.markup("<li><a")
      .attribute("href", "/entries/" + url_encode(text_of(hit, "id")) +
                             (view.is_other ? "?index=" + url_encode(view.index) : ""))
      .markup("><")
      .markup(heading);
  add_language(html, title.language, texts);
  html.markup(">").marked(title.text, kMarkOpen, kMarkClose).markup("</").markup(heading).markup(">");
  if (!other.text.empty()) {
    html.markup("<span class=\"other\"");
    add_language(html, other.language, texts);
    html.markup(">").marked(other.text, kMarkOpen, kMarkClose).markup("</span>");
  }
  html.markup("</a><p class=\"by\">");
  std::string_view gap;
  const auto add_part = [&](const std::string& part) {
    if (part.empty()) return;
    html.markup(gap).marked(part, kMarkOpen, kMarkClose);
    gap = " · ";
  };
  add_part(local_text(shown, "artist", texts).text);
  add_part(label_of("kind", text_of(hit, "kind"), view));
  add_part(text_of(hit, "year"));
  add_part(label_of("source", text_of(hit, "source"), view));
  html.markup("</p>");
  if (const LocalText description = local_text(shown, "description", texts); !description.text.empty()) {
    html.markup("<p class=\"snippet\"");
    add_language(html, description.language, texts);
    html.markup(">").marked(description.text, kMarkOpen, kMarkClose).markup("</p>");
  }
  html.markup("</li>");
}

std::string text_of(const Json& document, const std::string& field) {
  const auto found = document.find(field);
  if (found == document.end()) return "";
  if (found->is_string()) return found->get<std::string>();
  return number_value(*found) ? dump_json(*found) : "";
}

LocalText local_text(const Json& document, const std::string& field, const PageTexts& texts) {
  std::string localized = text_of(document, field + "_" + std::string(texts.language));
  if (!localized.empty()) return {std::move(localized), texts.language};
  std::string text = text_of(document, field);
  const NameScript script = name_script(text);
  return {std::move(text), script == NameScript::Latin ? "en" : language_of(script)};
}

void add_language(Html& html, std::string_view language, const PageTexts& texts) {
  if (!language.empty() && language != texts.language) html.attribute("lang", language);
}

std::string label_of(std::string_view field, std::string_view value, const PageView& view) {
  if (const auto values = view.labels.find(field); values != view.labels.end())
    if (const auto label = values->second.find(value); label != values->second.end()) return label->second;
  if (field == "source") return name_of_file(value);
  return std::string(field == "kind" ? kind_text(view.texts, value) : value);
}

std::string filled(std::string_view text, std::string_view name, std::string_view value) {
  std::string out(text);
  if (const std::size_t at = out.find(name); at != std::string::npos) out.replace(at, name.size(), value);
  return out;
}

std::string address_of(const PageQuery& query, const PageView& view) {
  std::string url = "/?q=" + url_encode(query.q);
  if (view.is_other) url += "&index=" + url_encode(view.index);
  for (const auto& [name, value] : query.filters) url += "&" + name + "=" + url_encode(value);
  if (!query.sort.empty()) url += "&sort=" + url_encode(query.sort);
  if (query.page > 1) url += "&page=" + std::to_string(query.page);
  return url;
}

}  // namespace nunmul
