// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/html_lines.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "import/read/html_head.h"
#include "import/read/table_lines.h"
#include "import/words/characters.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxOpen = 2000;  // elements open at a time
constexpr std::uint64_t kMaxAttributePairs = 500'000'000;
constexpr unsigned kMaxElementDepth = 400;  // nested elements; deeper ones are not read

constexpr std::array kDropped{GUMBO_TAG_SCRIPT,     GUMBO_TAG_STYLE,  GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
                              GUMBO_TAG_NAV,        GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE,    GUMBO_TAG_FORM,
                              GUMBO_TAG_BUTTON,     GUMBO_TAG_SELECT, GUMBO_TAG_IFRAME,   GUMBO_TAG_SVG,
                              GUMBO_TAG_FIGCAPTION, GUMBO_TAG_HEAD,   GUMBO_TAG_VIDEO,    GUMBO_TAG_AUDIO,
                              GUMBO_TAG_OBJECT,     GUMBO_TAG_EMBED,  GUMBO_TAG_TEXTAREA, GUMBO_TAG_CANVAS};
constexpr std::array kBlocks{GUMBO_TAG_P,       GUMBO_TAG_DIV,        GUMBO_TAG_LI,      GUMBO_TAG_UL,
                             GUMBO_TAG_OL,      GUMBO_TAG_SECTION,    GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN,
                             GUMBO_TAG_HEADER,  GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_TABLE,   GUMBO_TAG_TR,
                             GUMBO_TAG_FIGURE,  GUMBO_TAG_DL,         GUMBO_TAG_DT,      GUMBO_TAG_DD,
                             GUMBO_TAG_PRE,     GUMBO_TAG_HR,         GUMBO_TAG_TBODY,   GUMBO_TAG_THEAD,
                             GUMBO_TAG_ADDRESS, GUMBO_TAG_DETAILS,    GUMBO_TAG_SUMMARY, GUMBO_TAG_BODY};

// Parts of class and id names that mark furniture.
constexpr std::string_view kFurniture[] = {
    "toc",      "related",   "share",       "sharing", "social",  "sidebar", "breadcrumb",    "breadcrumbs",
    "comments", "comment",   "author",      "bio",     "profile", "advert",  "advertisement", "ads",
    "adsense",  "sponsor",   "newsletter",  "caption", "menu",    "nav",     "navigation",    "pagination",
    "pager",    "recommend", "recommended", "popular", "tags",    "footer",  "cookie",        "subscribe",
    "byline",   "meta",      "credit",      "credits", "embed"};

int heading_level(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6
             ? static_cast<int>(tag) - static_cast<int>(GUMBO_TAG_H1) + 1
             : 0;
}

bool has(const auto& table, GumboTag tag) {
  return std::find(table.begin(), table.end(), tag) != table.end();
}

bool names_furniture(const char* value) {
  std::string word;
  for (const char* at = value;; ++at) {
    if (std::isalnum(static_cast<unsigned char>(*at))) {
      word.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(*at))));
      continue;
    }
    if (std::find(std::begin(kFurniture), std::end(kFurniture), word) != std::end(kFurniture)) return true;
    word.clear();
    if (*at == '\0') return false;
  }
}

bool is_furniture(const GumboElement& element) {
  if (element.tag == GUMBO_TAG_BODY || element.tag == GUMBO_TAG_MAIN || element.tag == GUMBO_TAG_ARTICLE ||
      element.tag == GUMBO_TAG_HTML || heading_level(element.tag) > 0 || element.tag == GUMBO_TAG_SPAN)
    return false;
  for (const char* name : {"class", "id", "role"}) {
    const GumboAttribute* attribute = gumbo_get_attribute(&element.attributes, name);
    if (attribute != nullptr && names_furniture(attribute->value)) return true;
  }
  return gumbo_get_attribute(&element.attributes, "hidden") != nullptr ||
         gumbo_get_attribute(&element.attributes, "data-pagefind-ignore") != nullptr;
}

template <typename Visit>
void each_element(const GumboNode& node, unsigned depth, const Visit& visit) {
  if (node.type != GUMBO_NODE_ELEMENT || depth > kMaxElementDepth) return;
  visit(node);
  const GumboVector& children = node.v.element.children;
  for (unsigned i = 0; i < children.length; ++i)
    each_element(*static_cast<const GumboNode*>(children.data[i]), depth + 1, visit);
}

// The text of an element without its markup.
std::string text_of(const GumboNode& node, unsigned depth = 0) {
  if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE) return node.v.text.text;
  if (node.type != GUMBO_NODE_ELEMENT || depth > kMaxElementDepth || has(kDropped, node.v.element.tag))
    return "";
  std::string text;
  const GumboVector& children = node.v.element.children;
  for (unsigned i = 0; i < children.length; ++i)
    text += text_of(*static_cast<const GumboNode*>(children.data[i]), depth + 1);
  return text;
}

bool is_text(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA;
}

class LineBuilder {
 public:
  explicit LineBuilder(const WordLists& words) : words_(words) {}
  void read(const GumboNode& node) { walk(node, 0); }
  std::vector<RawLine> take() {
    flush();
    return std::move(lines_);
  }
  void add(std::string text, std::uint32_t number, std::uint8_t level) {
    lines_.push_back({clean_text(text), number, level});
    lines_.push_back({"", number, 0});
  }

 private:
  void flush() {
    const std::string text = clean_text(current_);
    current_.clear();
    blank_ = true;
    if (text.empty() || text == "\x1f") return;
    lines_.push_back({prefix_ + text, line_, level_});
    lines_.push_back({"", line_, 0});
    prefix_.clear();
  }

  void append(const GumboNode& node, const char* text) {
    if (blank_) line_ = node.v.text.start_pos.line;
    current_ += text;
    blank_ = blank_ && clean_text(text).empty();
  }

  void joint() {
    if (level_ > 0 && !blank_ && !current_.ends_with('\x1f')) current_ += '\x1f';
  }

  void walk(const GumboNode& node, unsigned depth) {
    if (is_text(node)) return append(node, node.v.text.text);
    if (node.type != GUMBO_NODE_ELEMENT || depth > kMaxElementDepth) return;
    const GumboElement& element = node.v.element;
    if (has(kDropped, element.tag) || is_furniture(element)) return;
    if (const int level = heading_level(element.tag); level > 0) return heading(node, level, depth);
    if (element.tag == GUMBO_TAG_BR) return level_ > 0 ? joint() : flush();
    if (element.tag == GUMBO_TAG_OL || element.tag == GUMBO_TAG_UL) return list(node, depth);
    if (element.tag == GUMBO_TAG_TR) return table_row(node);
    if (element.tag == GUMBO_TAG_TABLE) first_row_ = true;
    if (has(kBlocks, element.tag)) {
      flush();
      children(node, depth);
      flush();
      return;
    }
    joint();
    children(node, depth);
    joint();
  }

  void children(const GumboNode& node, unsigned depth) {
    const GumboVector& list = node.v.element.children;
    for (unsigned i = 0; i < list.length; ++i) walk(*static_cast<const GumboNode*>(list.data[i]), depth + 1);
  }

  void heading(const GumboNode& node, int level, unsigned depth) {
    flush();
    level_ = static_cast<std::uint8_t>(level);
    line_ = node.v.element.start_pos.line;
    children(node, depth);
    while (current_.ends_with('\x1f')) current_.pop_back();
    flush();
    level_ = 0;
  }

  void list(const GumboNode& node, unsigned depth) {
    flush();
    const bool ordered = node.v.element.tag == GUMBO_TAG_OL;
    unsigned number = 1;
    if (const GumboAttribute* start = gumbo_get_attribute(&node.v.element.attributes, "start"))
      number = static_cast<unsigned>(std::max(0, std::atoi(start->value)));
    const GumboVector& items = node.v.element.children;
    for (unsigned i = 0; i < items.length; ++i) {
      const GumboNode& item = *static_cast<const GumboNode*>(items.data[i]);
      if (item.type != GUMBO_NODE_ELEMENT || item.v.element.tag != GUMBO_TAG_LI) continue;
      prefix_ = ordered ? std::to_string(number++) + ". " : "- ";
      walk(item, depth + 1);
      prefix_.clear();
    }
  }

  void table_row(const GumboNode& node) {
    flush();
    std::vector<std::string> row;
    bool has_data = false;  // else it is the table's head
    const GumboVector& cells = node.v.element.children;
    for (unsigned i = 0; i < cells.length; ++i) {
      const GumboNode& child = *static_cast<const GumboNode*>(cells.data[i]);
      has_data = has_data || (child.type == GUMBO_NODE_ELEMENT && child.v.element.tag == GUMBO_TAG_TD);
      if (child.type == GUMBO_NODE_ELEMENT) row.push_back(clean_text(text_of(child)));
    }
    line_ = node.v.element.start_pos.line;
    if (first_row_) table_ = TableLines::of_head(words_, row);
    if (std::exchange(first_row_, false) && table_) return;
    if (table_) {
      for (RawLine& line : table_->lines(row, line_)) lines_.push_back(std::move(line));
    } else if (has_data) {
      for (const std::string& cell : row) current_ += (current_.empty() || cell.empty() ? "" : " | ") + cell;
      flush();
    }
  }

  std::vector<RawLine> lines_;
  std::string current_;
  bool blank_ = true;  // current_ has nothing to show; looking anew at each piece would take square time
  const WordLists& words_;
  std::optional<TableLines> table_;  // the one that is read, if its head names fields
  bool first_row_ = true;
  std::string prefix_;  // of the next line: a list's number or bullet
  std::uint32_t line_ = 1;
  std::uint8_t level_ = 0;
};

// The parser needs time and stack for every open element. Elements that pages leave open (p, li, br) do
// not count.
bool nests_too_deeply(std::string_view html) {
  constexpr std::string_view kCounted[] = {"div",        "span",   "section", "table", "ul",   "ol",
                                           "blockquote", "font",   "b",       "i",     "em",   "strong",
                                           "a",          "small",  "u",       "s",     "code", "center",
                                           "dl",         "button", "nobr",    "big",   "tt",   "strike"};
  std::size_t open = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos && at + 1 < html.size();
       at = html.find('<', at + 1)) {
    const bool closes = html[at + 1] == '/';
    std::string name;
    for (std::size_t i = at + (closes ? 2 : 1);
         i < html.size() && name.size() < 11 && std::isalnum(static_cast<unsigned char>(html[i])); ++i) {
      name.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(html[i]))));
    }
    if (std::find(std::begin(kCounted), std::end(kCounted), name) == std::end(kCounted)) continue;
    if (closes)
      open -= open > 0 ? 1 : 0;
    else if (++open > kMaxOpen)
      return true;
  }
  return false;
}

// The parser compares each attribute of a tag with all before it. How many comparisons a page asks for, read
// as the parser reads tags, but for what scripts and comments hold.
std::uint64_t count_attribute_pairs(std::string_view html) {
  enum class State { Text, Tag, BeforeValue, Value, Quoted } state = State::Text;
  std::uint64_t pairs = 0, attributes = 0;
  char quote = '"';
  for (std::size_t at = 0; at < html.size(); ++at) {
    const char c = html[at];
    const bool space = std::isspace(static_cast<unsigned char>(c)) != 0;
    if (state == State::Text) {
      const char next = c == '<' && at + 1 < html.size() ? html[at + 1] : ' ';
      if (next == '/' || std::isalpha(static_cast<unsigned char>(next))) state = State::Tag;
      attributes = 0;
    } else if (state == State::Quoted) {
      if (c != quote) continue;
      state = State::Tag;
      pairs += attributes++;
    } else if (c == '>') {
      state = State::Text;
    } else if (state == State::BeforeValue) {
      quote = c;
      if (!space) state = c == '"' || c == '\'' ? State::Quoted : State::Value;
    } else if (space || (state == State::Tag && c == '/')) {
      state = State::Tag;
      pairs += attributes++;
    } else if (state == State::Tag && c == '=') {
      state = State::BeforeValue;
    }
  }
  return pairs;
}

// The elements that the page marks for Pagefind as its text.
std::vector<const GumboNode*> marked_in(const GumboNode& root) {
  std::vector<const GumboNode*> marked;
  each_element(root, 0, [&](const GumboNode& node) {
    if (gumbo_get_attribute(&node.v.element.attributes, "data-pagefind-body") != nullptr)
      marked.push_back(&node);
  });
  return marked;
}

// The element that holds the article: the only <article>, else <main>, else the page.
const GumboNode& main_of(const GumboNode& root) {
  const GumboNode* main = nullptr;
  const GumboNode* article = nullptr;
  std::size_t articles = 0;
  each_element(root, 0, [&](const GumboNode& node) {
    if (node.v.element.tag == GUMBO_TAG_MAIN && main == nullptr) main = &node;
    if (node.v.element.tag == GUMBO_TAG_ARTICLE) article = &node, ++articles;
  });
  if (articles == 1) return *article;
  return main != nullptr ? *main : root;
}

// The page's heading when the article's element does not hold one.
void add_title(const GumboNode& root, const GumboNode& main, LineBuilder& lines) {
  bool inside = false;
  each_element(main, 0,
               [&](const GumboNode& node) { inside = inside || node.v.element.tag == GUMBO_TAG_H1; });
  if (inside) return;
  const GumboNode* title = nullptr;
  each_element(root, 0, [&](const GumboNode& node) {
    const GumboTag tag = node.v.element.tag;
    if (tag == GUMBO_TAG_H1) title = &node;
    if (tag == GUMBO_TAG_TITLE && title == nullptr) title = &node;
  });
  if (title != nullptr) lines.add(text_of(*title), title->v.element.start_pos.line, 1);
}

}  // namespace

HtmlPage read_html_page(const WordLists& words, std::string_view html) {
  if (nests_too_deeply(html))
    throw Error(ErrorCode::InvalidInput,
                "the page nests its elements more than " + std::to_string(kMaxOpen) + " deep");
  if (count_attribute_pairs(html) > kMaxAttributePairs)
    throw Error(ErrorCode::InvalidInput, "a tag of the page has too many attributes");
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const auto destroy = [&options](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> output(
      gumbo_parse_with_options(&options, html.data(), html.size()), destroy);
  std::vector<const GumboNode*> bodies = marked_in(*output->root);
  HtmlPage page{{}, read_html_head(*output->root), !bodies.empty()};
  if (bodies.empty()) bodies.push_back(&main_of(*output->root));
  LineBuilder lines(words);
  add_title(*output->root, *bodies.front(), lines);
  for (const GumboNode* body : bodies) lines.read(*body);
  page.lines = lines.take();
  return page;
}

std::vector<RawLine> read_html_lines(const WordLists& words, std::string_view html) {
  return read_html_page(words, html).lines;
}

}  // namespace nunmul
