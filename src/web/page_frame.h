// SPDX-License-Identifier: GPL-2.0-or-later
// The parts that all pages share: head and foot, the search form, and entries as they stand in a list.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "web/html.h"
#include "web/page_texts.h"
#include "web/pages.h"

namespace nunmul {

struct PageHead {
  std::string title;
  std::string description;
  std::string_view page_class;  // of <main>
  bool is_indexed = true;       // whether search engines may list the page
};

void open_page(Html& html, const PageHead& head, const PageTexts& texts);
void close_page(Html& html, const PageTexts& texts);

// The form; script puts the search box in the place of its field. Without documents to show it takes a key.
void add_form(Html& html, const PageQuery& query, const PageView& view, bool needs_key);

// `heading` is the element that fits the page's outline: "h2", "h3".
void add_hit(Html& html, const Json& hit, std::string_view heading, const PageView& view);

// A text or number of a document, else "".
std::string text_of(const Json& document, const std::string& field);

// A field in the page's language, else as it is, and the language it then is in: "ko", "ja", "en" or "".
struct LocalText {
  std::string text;
  std::string_view language;
};
LocalText local_text(const Json& document, const std::string& field, const PageTexts& texts);

// ` lang="ko"` where it is not the page's.
void add_language(Html& html, std::string_view language, const PageTexts& texts);

// The address of the start page with what was chosen.
std::string address_of(const PageQuery& query, const PageView& view);

// A value of a field as visitors call it. A source without a name is called by its file: "my-songs.csv" is
// "My songs".
std::string label_of(std::string_view field, std::string_view value, const PageView& view);

// The text with `value` in the place of "{name}".
std::string filled(std::string_view text, std::string_view name, std::string_view value);

}  // namespace nunmul
