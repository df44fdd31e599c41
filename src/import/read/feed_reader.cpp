// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/feed_reader.h"

#include <libxml/xmlreader.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

#include "base/ascii_text.h"

namespace nunmul {
namespace {

constexpr std::string_view kWordPress = "http://wordpress.org/export/";
constexpr std::string_view kContent = "http://purl.org/rss/1.0/modules/content/";
constexpr std::string_view kExcerpt = "excerpt";
constexpr std::string_view kDublinCore = "http://purl.org/dc/elements/1.1/";
constexpr std::string_view kMedia = "http://search.yahoo.com/mrss/";

// What WordPress keeps as posts and no visitor reads as one.
constexpr std::string_view kNoPosts[] = {"attachment",     "nav_menu_item",       "revision",
                                         "custom_css",     "wp_template",         "wp_block",
                                         "wp_navigation",  "wp_global_styles",    "oembed_cache",
                                         "user_request",   "customize_changeset", "wp_template_part",
                                         "wp_font_family", "wp_font_face"};

std::string_view text_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string attribute(const xmlNode& node, const char* name) {
  xmlChar* value = xmlGetNoNsProp(&node, reinterpret_cast<const xmlChar*>(name));
  std::string text(text_of(value));
  xmlFree(value);
  return text;
}

std::string content_of(const xmlNode& node) {
  xmlChar* content = xmlNodeGetContent(&node);
  std::string text(trimmed(text_of(content), kBlanksAndNewlines));
  xmlFree(content);
  return text;
}

// The element's children as they are written, as XHTML in Atom is.
std::string markup_of(xmlNode& node) {
  std::string markup;
  for (xmlNode* child = node.children; child != nullptr; child = child->next) {
    xmlBuffer* buffer = xmlBufferCreate();
    xmlNodeDump(buffer, node.doc, child, 0, 0);
    markup += text_of(xmlBufferContent(buffer));
    xmlBufferFree(buffer);
  }
  return markup;
}

class PostBuilder {
 public:
  // Nothing for what is no post.
  std::optional<Post> build(xmlNode& item) {
    for (xmlNode* child = item.children; child != nullptr; child = child->next)
      if (child->type == XML_ELEMENT_NODE) take(*child);
    if (std::find(std::begin(kNoPosts), std::end(kNoPosts), type_) != std::end(kNoPosts)) return std::nullopt;
    if (!type_.empty() && type_ != "post") post_.fields["type"] = type_;
    if (post_.html.empty()) post_.html = summary_;
    if (!themes_.empty()) post_.fields["themes"] = themes_;
    if (post_.identity.empty()) post_.identity = post_.fields.value("url", "");
    return std::move(post_);
  }

 private:
  void take(xmlNode& node) {
    const std::string_view name = text_of(node.name);
    const std::string_view space = node.ns == nullptr ? std::string_view() : text_of(node.ns->href);
    if (space.starts_with(kWordPress)) return take_wordpress(node, name, space);
    if (space == kContent) return name == "encoded" ? put_html(content_of(node)) : void();
    if (space == kDublinCore)
      return name == "creator" ? put("author", content_of(node)) : take_plain(node, name);
    if (space == kMedia) return take_media(node, name);
    take_plain(node, name);
  }

  void take_wordpress(const xmlNode& node, std::string_view name, std::string_view space) {
    const std::string text = content_of(node);
    if (space.find(kExcerpt) != std::string_view::npos)
      return summary_.empty() ? void(summary_ = text) : void();
    if (name == "post_type") type_ = text;
    if (name == "status") put("status", text);
    if (name == "post_password" && !text.empty()) post_.fields["status"] = "private";
    if (name == "post_date_gmt" && !text.starts_with("0000")) post_.fields["date"] = text + "Z";
  }

  void take_media(const xmlNode& node, std::string_view name) {
    const std::string type = attribute(node, "medium") + attribute(node, "type");
    if (name == "thumbnail" || (name == "content" && type.find("image") != std::string::npos))
      put("image", attribute(node, "url"));
  }

  // RSS and Atom, whose names do not meet.
  void take_plain(xmlNode& node, std::string_view name) {
    if (name == "title") return put("title", content_of(node));
    if (name == "link") return take_link(node);
    if (name == "guid" || name == "id") return void(post_.identity = content_of(node));
    if (name == "pubDate" || name == "published" || name == "date") return put("date", content_of(node));
    if (name == "updated") return post_.fields.contains("date") ? void() : put("updated", content_of(node));
    if (name == "author") return put("author", author_of(node));
    if (name == "category") return take_category(node);
    if (name == "control") return take_control(node);
    if (name == "status") return put("status", content_of(node));
    if (name == "enclosure") return take_enclosure(node);
    if (name == "description" || name == "summary") summary_ = html_of(node);
    if (name == "content") put_html(html_of(node));
  }

  // <app:control><app:draft>yes</app:draft></app:control> of Atom's publishing protocol.
  void take_control(const xmlNode& node) {
    for (const xmlNode* child = node.children; child != nullptr; child = child->next)
      if (text_of(child->name) == "draft" && content_of(*child) == "yes") post_.fields["status"] = "draft";
  }

  void take_link(const xmlNode& node) {
    const std::string relation = attribute(node, "rel"), address = attribute(node, "href");
    if (address.empty()) return put("url", content_of(node));
    if (relation.empty() || relation == "alternate") put("url", address);
    if (relation == "enclosure") put_media(attribute(node, "type"), address);
  }

  void take_enclosure(const xmlNode& node) { put_media(attribute(node, "type"), attribute(node, "url")); }

  void put_media(std::string_view type, const std::string& address) {
    for (const char* kind : {"image", "audio", "video"})
      if (type.starts_with(kind)) put(kind, address);
  }

  void take_category(const xmlNode& node) {
    const std::string term = attribute(node, "term"), label = attribute(node, "label");
    const std::string text = !label.empty() ? label : !term.empty() ? term : content_of(node);
    if (!text.empty() && std::find(themes_.begin(), themes_.end(), text) == themes_.end())
      themes_.push_back(text);
  }

  static std::string author_of(const xmlNode& node) {
    for (const xmlNode* child = node.children; child != nullptr; child = child->next)
      if (text_of(child->name) == "name") return content_of(*child);
    return content_of(node);
  }

  // Atom says what its text is, RSS means HTML.
  static std::string html_of(xmlNode& node) {
    const std::string type = attribute(node, "type");
    if (type == "xhtml") return markup_of(node);
    const bool atom =
        text_of(node.ns == nullptr ? nullptr : node.ns->href).find("Atom") != std::string_view::npos;
    return atom && type.find("html") == std::string::npos ? text_as_html(content_of(node)) : content_of(node);
  }

  void put(const char* name, std::string value) {
    if (!value.empty() && !post_.fields.contains(name)) post_.fields[name] = std::move(value);
  }
  void put_html(std::string html) {
    if (!html.empty()) post_.html = std::move(html);
  }

  Post post_;
  std::string type_, summary_;
  std::vector<std::string> themes_;
};

struct Fault {
  std::uint32_t line = 0;
  std::string message;
};

void note_fault(void* fault, xmlError* error) {
  auto& first = *static_cast<Fault*>(fault);
  if (error->level < XML_ERR_ERROR || !first.message.empty()) return;
  first = {static_cast<std::uint32_t>(std::max(error->line, 0)),
           "broken XML: " +
               std::string(trimmed(error->message == nullptr ? "" : error->message, kBlanksAndNewlines))};
}

// The name of the first element, without its prefix, and its attributes.
std::string_view first_element(std::string_view xml) {
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    if (xml.substr(at).starts_with("<!--")) {
      at = xml.find("-->", at);
      if (at == std::string_view::npos) break;
      continue;
    }
    if (xml.substr(at).starts_with("<?")) {
      at = xml.find("?>", at);
      if (at == std::string_view::npos) break;
      continue;
    }
    if (at + 1 >= xml.size() || xml[at + 1] == '!') continue;
    return xml.substr(at + 1, xml.find('>', at) - at);
  }
  return {};
}

}  // namespace

std::string text_as_html(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '<')
      html += "&lt;";
    else if (c == '&')
      html += "&amp;";
    else if (c == '\n')
      html += "<br>";
    else
      html += c;
  }
  return html;
}

PostFile find_post_file(std::string_view xml) {
  const std::string_view first = first_element(xml);
  const std::string_view name = first.substr(0, first.find_first_of(" \t\r\n>/"));
  if (name == "rss")
    return first.find(kWordPress) != std::string_view::npos ? PostFile::Whole : PostFile::Window;
  if (name == "feed" || name == "rdf:RDF") return PostFile::Window;
  return PostFile::None;
}

void read_posts(std::string_view xml, const PostSink& sink, const PostFault& fault) {
  constexpr std::size_t kMaxBytes = std::numeric_limits<int>::max();  // as libxml2 counts them
  if (xml.size() > kMaxBytes) return fault(1, "the file is larger than 2 GiB; split it");
  const std::string_view before =
      xml.substr(0, static_cast<std::size_t>(first_element(xml).data() - xml.data()));
  if (before.find("<!ENTITY") != std::string_view::npos)
    return fault(1, "the file declares entities, which are not read");
  // The text is UTF-8 here, whatever its declaration says.
  const std::unique_ptr<xmlTextReader, decltype(&xmlFreeTextReader)> reader(
      xmlReaderForMemory(xml.data(), static_cast<int>(xml.size()), nullptr, "UTF-8",
                         XML_PARSE_NONET | XML_PARSE_BIG_LINES),
      xmlFreeTextReader);
  Fault first;
  xmlTextReaderSetStructuredErrorHandler(reader.get(), note_fault, &first);
  int state = xmlTextReaderRead(reader.get());
  while (state == 1) {
    const std::string_view name = text_of(xmlTextReaderConstLocalName(reader.get()));
    if (xmlTextReaderNodeType(reader.get()) != XML_READER_TYPE_ELEMENT ||
        (name != "item" && name != "entry")) {
      state = xmlTextReaderRead(reader.get());
      continue;
    }
    xmlNode* node = xmlTextReaderExpand(reader.get());
    if (node == nullptr) break;
    if (node->doc->intSubset != nullptr && node->doc->intSubset->entities != nullptr)
      return fault(1, "the file declares entities, which are not read");
    if (auto post = PostBuilder().build(*node)) {
      post->line = static_cast<std::uint32_t>(xmlGetLineNo(node));
      sink(std::move(*post));
    }
    state = xmlTextReaderNext(reader.get());
  }
  if (!first.message.empty()) return fault(first.line, first.message);
  if (state != 0) fault(1, "broken XML: the file does not end");
}

}  // namespace nunmul
