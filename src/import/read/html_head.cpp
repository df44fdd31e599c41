// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/html_head.h"

#include <string>
#include <string_view>

#include "import/words/characters.h"

namespace nunmul {
namespace {

constexpr unsigned kMaxHeadDepth = 100;  // a heading that lies deeper is none of the page's own

struct MetaRow {
  std::string_view name;  // of the attribute "property" or "name"
  const char* field;
};
constexpr MetaRow kMeta[] = {
    {"og:image", "image"}, {"og:url", "url"}, {"og:title", "title"}, {"article:published_time", "date"}};

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string_view() : found->value;
}

std::string whole_text_of(const GumboNode& node, unsigned depth) {
  if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) return node.v.text.text;
  std::string text;
  if (node.type != GUMBO_NODE_ELEMENT || depth > kMaxHeadDepth) return text;
  const GumboVector& children = node.v.element.children;
  for (unsigned i = 0; i < children.length; ++i)
    text += whole_text_of(*static_cast<const GumboNode*>(children.data[i]), depth + 1);
  return text;
}

class Head {
 public:
  Json read(const GumboNode& root) {
    walk(root, 0);
    for (const std::string* title : {&heading_, &shared_title_, &page_title_})
      if (!title->empty()) {
        fields_["title"] = *title;
        break;
      }
    return std::move(fields_);
  }

 private:
  void walk(const GumboNode& node, unsigned depth) {
    if (node.type != GUMBO_NODE_ELEMENT || depth > kMaxHeadDepth) return;
    const GumboElement& element = node.v.element;
    take(node, element);
    for (unsigned i = 0; i < element.children.length; ++i)
      walk(*static_cast<const GumboNode*>(element.children.data[i]), depth + 1);
  }

  void take(const GumboNode& node, const GumboElement& element) {
    if (element.tag == GUMBO_TAG_HTML) put("language", attribute(element, "lang"));
    if (element.tag == GUMBO_TAG_H1 && heading_.empty()) heading_ = clean_text(whole_text_of(node, 0));
    if (element.tag == GUMBO_TAG_TITLE && page_title_.empty())
      page_title_ = clean_text(whole_text_of(node, 0));
    if (element.tag == GUMBO_TAG_LINK && attribute(element, "rel") == "canonical")
      fields_["url"] = std::string(attribute(element, "href"));
    if (element.tag != GUMBO_TAG_META) return;
    const std::string_view property = attribute(element, "property");
    const std::string_view name = property.empty() ? attribute(element, "name") : property;
    for (const MetaRow& row : kMeta)
      if (row.name == name) put(row.field, attribute(element, "content"));
  }

  void put(std::string_view field, std::string_view value) {
    const std::string text = clean_text(value);
    if (text.empty()) return;
    if (field == "title")
      shared_title_ = text;
    else if (!fields_.contains(std::string(field)))
      fields_[std::string(field)] = text;
  }

  Json fields_ = Json::object();
  std::string heading_, shared_title_, page_title_;
};

}  // namespace

Json read_html_head(const GumboNode& root) { return Head().read(root); }

}  // namespace nunmul
