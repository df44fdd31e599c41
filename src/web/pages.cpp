// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/pages.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/hash.h"
#include "web/html.h"
#include "web/name_script.h"
#include "web/page_frame.h"
#include "web/web_assets.h"

namespace nunmul {
namespace {

// All names of an entry by the script they are written in, each once.
struct NameRow {
  std::string_view label;
  std::string_view language;
  std::vector<std::string> names;  // the title, then who made it
};

NameRow& row_of(std::vector<NameRow>& rows, std::string_view label, std::string_view language) {
  const auto same =
      std::find_if(rows.begin(), rows.end(), [&](const NameRow& row) { return row.label == label; });
  return same != rows.end() ? *same : rows.emplace_back(NameRow{label, language, {}});
}

// Han alone says nothing of the language: then the field does.
NameScript script_in(const std::string& name, std::string_view ending) {
  const NameScript script = name_script(name);
  if (script != NameScript::Han) return script;
  return ending == "_ko" ? NameScript::Hangul : NameScript::Kana;
}

std::vector<NameRow> name_rows(const Json& entry, const PageTexts& texts) {
  std::vector<NameRow> rows;
  for (const std::string_view ending : {"", "_ko", "_ja"}) {
    for (const std::string_view field : {"title", "artist"}) {
      std::string name = text_of(entry, std::string(field) + std::string(ending));
      if (name.empty()) continue;
      const NameScript script = script_in(name, ending);
      const std::string_view label = script == NameScript::Hangul  ? "한국어"
                                     : script == NameScript::Kana  ? "日本語"
                                     : script == NameScript::Latin ? texts.latin
                                                                   : "";
      std::vector<std::string>& names = row_of(rows, label, language_of(script)).names;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
  }
  std::stable_partition(rows.begin(), rows.end(), [](const NameRow& row) { return !row.label.empty(); });
  return rows;
}

void add_names(Html& html, const Json& entry, const PageTexts& texts) {
  const std::vector<NameRow> rows = name_rows(entry, texts);
  if (rows.empty()) return;
  html.markup("<h2>").text(texts.names).markup("</h2><dl>");
  for (const NameRow& row : rows) {
    html.markup("<div><dt");
    add_language(html, row.language, texts);
    html.markup(">").text(row.label).markup("</dt><dd");
    add_language(html, row.language, texts);
    html.markup(">");
    std::string_view gap;
    for (const std::string& name : row.names) {
      html.markup(gap).text(name);
      gap = " — ";
    }
    html.markup("</dd></div>");
  }
  html.markup("</dl>");
}

void add_themes(Html& html, const Json& entry, const PageView& view) {
  const auto themes = entry.find("themes");
  if (themes == entry.end() || !themes->is_array() || themes->empty()) return;
  html.markup("<ul class=\"chips\">");
  for (const Json& theme : *themes) {
    if (!theme.is_string()) continue;
    const std::string name = theme.get<std::string>();
    html.markup("<li><a")
        .attribute("href", address_of({"", {{"themes", name}}, "", 1}, view))
        .markup(">")
        .text(label_of("themes", name, view))
        .markup("</a></li>");
  }
  html.markup("</ul>");
}

void add_title(Html& html, const Json& entry, const LocalText& title, const PageView& view) {
  const PageTexts& texts = view.texts;
  html.markup("<p class=\"by\">").text(label_of("kind", text_of(entry, "kind"), view));
  if (const std::string year = text_of(entry, "year"); !year.empty()) html.markup(" · ").text(year);
  html.markup("</p><h1");
  add_language(html, title.language, texts);
  html.markup(">").text(title.text).markup("</h1>");
  const LocalText artist = local_text(entry, "artist", texts);
  if (artist.text.empty()) return;
  html.markup("<p class=\"artist\"><a").attribute("href", address_of({artist.text, {}, "", 1}, view));
  add_language(html, artist.language, texts);
  html.markup(">").text(artist.text).markup("</a></p>");
}

std::string start_of(const PageView& view) {
  return view.is_other ? "/?index=" + url_encode(view.index) : "/";
}

}  // namespace

std::string asset_url(std::string_view name) {
  std::array<char, 16> version{};
  std::snprintf(version.data(), version.size(), "%08x", crc32(find_web_asset(name).value_or("")));
  return "/" + std::string(name) + "?v=" + version.data();
}

std::string render_entry(const Json& entry, const std::vector<Json>& similar, const PageView& view) {
  const PageTexts& texts = view.texts;
  LocalText title = local_text(entry, "title", texts);
  if (title.text.empty()) title.text = text_of(entry, "id");
  const LocalText description = local_text(entry, "description", texts);
  Html html;
  open_page(html, {title.text + " – nunmul", description.text, "entry"}, texts);
  add_form(html, {}, view, false);
  html.markup("<p class=\"back\"><a")
      .attribute("href", start_of(view))
      .markup(">← ")
      .text(texts.back)
      .markup("</a></p><article>");
  add_title(html, entry, title, view);
  if (!description.text.empty()) {
    html.markup("<p class=\"description\"");
    add_language(html, description.language, texts);
    html.markup(">").text(description.text).markup("</p>");
  }
  add_names(html, entry, texts);
  add_themes(html, entry, view);
  if (const std::string source = text_of(entry, "source"); !source.empty()) {
    html.markup("<p class=\"by\">")
        .text(texts.listed_in)
        .markup(": <a")
        .attribute("href", address_of({"", {{"source", source}}, "", 1}, view));
    html.markup(">").text(label_of("source", source, view)).markup("</a></p>");
  }
  html.markup("</article>");
  if (!similar.empty()) {
    html.markup("<section><h2>").text(texts.similar).markup("</h2><ol class=\"hits\">");
    for (const Json& one : similar) add_hit(html, one, "h3", view);
    html.markup("</ol></section>");
  }
  close_page(html, texts);
  return html.str();
}

std::string render_try(const PageView& view, bool needs_key) {
  const PageTexts& texts = view.texts;
  Html html;
  open_page(html, {std::string(texts.try_api) + " – nunmul", std::string(texts.try_api), "try"}, texts);
  html.markup("<h1>").text(texts.try_api).markup("</h1><form id=\"try\" class=\"search\"");
  html.attribute("data-index", view.index);
  if (!view.key.empty()) html.attribute("data-key", view.key);
  html.markup("><label class=\"sr\" for=\"tq\">").text(texts.search);
  html.markup("</label><input id=\"tq\" type=\"search\" autocomplete=\"off\" value=\"breakup rain ballad\">");
  if (needs_key) {
    html.markup("<label class=\"sr\" for=\"tk\">").text(texts.key);
    html.markup("</label><input id=\"tk\" type=\"password\" autocomplete=\"off\"")
        .attribute("placeholder", texts.key)
        .markup(">");
  }
  html.markup("<button>").text(texts.search).markup("</button></form><h2>").text(texts.request);
  html.markup("</h2><pre id=\"request\" tabindex=\"0\"></pre><h2>").text(texts.answer);
  html.markup(
      " <small id=\"timing\" role=\"status\"></small></h2><pre id=\"answer\" tabindex=\"0\"></pre><script "
      "type=\"module\"");
  html.attribute("src", asset_url("try.js")).markup("></script>");
  close_page(html, texts);
  return html.str();
}

std::string render_not_found(const PageView& view) {
  const PageTexts& texts = view.texts;
  Html html;
  open_page(html, {std::string(texts.not_found) + " – nunmul", "", "found", false}, texts);
  html.markup("<h1>").text(texts.not_found).markup("</h1>");
  add_form(html, {}, view, false);
  html.markup("<div class=\"note\"><p>")
      .text(texts.not_found_hint)
      .markup(" <a")
      .attribute("href", start_of(view))
      .markup(">")
      .text(texts.back)
      .markup("</a></p></div>");
  close_page(html, texts);
  return html.str();
}

std::string render_needs_key(const PageView& view) {
  const PageTexts& texts = view.texts;
  Html html;
  open_page(html, {std::string(texts.needs_key) + " – nunmul", "", "found", false}, texts);
  html.markup("<h1>").text(texts.needs_key).markup("</h1>");
  add_form(html, {}, view, true);
  close_page(html, texts);
  return html.str();
}

std::string render_rebuilding(const PageView& view) {
  const PageTexts& texts = view.texts;
  Html html;
  open_page(html, {std::string(texts.rebuilding) + " – nunmul", "", "found", false}, texts);
  html.markup("<h1>").text(texts.rebuilding).markup("</h1>");
  html.markup("<div class=\"note\"><p>").text(texts.rebuilding_hint).markup("</p></div>");
  close_page(html, texts);
  return html.str();
}

std::string render_open_search(const std::string& origin) {
  Html html;
  html.markup(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription "
      "xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">"
      "<ShortName>nunmul</ShortName><Description>Korean songs, films and dramas</Description>"
      "<InputEncoding>UTF-8</InputEncoding><Image width=\"32\" height=\"32\" type=\"image/svg+xml\">");
  html.text(origin + "/drop.svg").markup("</Image><Url type=\"text/html\"");
  html.attribute("template", origin + "/?q={searchTerms}").markup("/></OpenSearchDescription>\n");
  return html.str();
}

}  // namespace nunmul
