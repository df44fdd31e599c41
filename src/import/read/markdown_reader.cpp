// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/markdown_reader.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "import/read/shortcodes.h"
#include "import/read/table_lines.h"
#include "import/words/characters.h"

namespace nunmul {
namespace {

// Where a mark stands next in a line that is walked from its begin to its end. Looking from each place anew
// would take the square of a long line's time.
class NextMark {
 public:
  NextMark(std::string_view line, std::string_view mark)
      : line_(line), mark_(mark), found_(line.find(mark)) {}
  std::size_t at_or_behind(std::size_t place) {
    if (found_ != std::string_view::npos && found_ < place) found_ = line_.find(mark_, place);
    return found_;
  }

 private:
  std::string_view line_, mark_;
  std::size_t found_;
};

constexpr std::size_t kMaxLinkText = 1'000;

// "[text](target)" becomes its text, "![alt](target)" nothing. Without a target nothing changes.
std::string without_links(std::string_view line) {
  std::string out;
  NextMark targets(line, "]("), ends(line, ")");
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool image = line[i] == '!' && i + 1 < line.size() && line[i + 1] == '[';
    const std::size_t open = image ? i + 1 : i;
    std::size_t close = line[open] == '[' ? targets.at_or_behind(open) : std::string_view::npos;
    if (close != std::string_view::npos && close - open > kMaxLinkText) close = std::string_view::npos;
    const std::size_t end = close == std::string_view::npos ? close : ends.at_or_behind(close);
    const bool nested = close != std::string_view::npos &&
                        line.substr(open + 1, close - open - 1).find("![") != std::string_view::npos;
    if (end == std::string_view::npos || nested) {
      out += line[i];
      continue;
    }
    if (!image) out += line.substr(open + 1, close - open - 1);
    i = end;
  }
  return out;
}

// A mark of emphasis that stands where a bullet does: only spaces before it, one behind.
bool is_bullet(std::string_view line, std::size_t i, std::string_view before) {
  return line[i] == '*' && before.find_first_not_of(' ') == std::string_view::npos &&
         line.substr(i + 1).starts_with(' ');
}

bool begins_tag(std::string_view line, std::size_t i) {
  if (line[i] != '<' || i + 1 >= line.size()) return false;
  return line[i + 1] == '/' || std::isalpha(static_cast<unsigned char>(line[i + 1])) != 0;
}

// Without emphasis, code marks and inline HTML.
std::string without_marks(std::string_view line) {
  std::string out;
  NextMark ends(line, ">");
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && std::ispunct(static_cast<unsigned char>(line[i + 1]))) {
      out += line[++i];
      continue;
    }
    if (line[i] == '*' || line[i] == '`') {
      if (is_bullet(line, i, out)) out += '-';
      continue;
    }
    if (line[i] == '_' && i + 1 < line.size() && line[i + 1] == '_') {
      ++i;
      continue;
    }
    if (begins_tag(line, i) && ends.at_or_behind(i) != std::string_view::npos) {
      i = ends.at_or_behind(i);
      continue;
    }
    out += line[i];
  }
  return out;
}

bool consists_of(std::string_view line, char mark) {
  return line.size() >= 3 && line.find_first_not_of(mark) == std::string_view::npos;
}

bool is_link_only(std::string_view line) {
  return line.starts_with('[') && line.ends_with(')') && line.find("](") != std::string_view::npos &&
         line.find("](") == line.rfind("](");
}

constexpr std::uint8_t kBoldLevel = 6;  // below all headings that an article with bold entries has

// "1. **Artist - Title**: what there is to say" in its two parts, both as written.
struct BoldEntry {
  std::string_view heading;
  std::string_view text;
};
std::optional<BoldEntry> find_bold_entry(std::string_view line) {
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  if (digits == 0 || digits > 3 || digits + 4 > line.size() || (line[digits] != '.' && line[digits] != ')'))
    return std::nullopt;
  const std::size_t open = digits + 2;
  if (line.substr(digits + 1, 3) != " **") return std::nullopt;
  const std::size_t close = line.find("**", open + 2);
  if (close == std::string_view::npos || close == open + 2) return std::nullopt;
  std::string_view rest = line.substr(close + 2);
  for (const std::string_view mark : {": ", " - ", " – ", " — ", "：", " : "}) {
    if (!rest.starts_with(mark)) continue;
    rest.remove_prefix(mark.size());
    if (rest.empty()) return std::nullopt;
    return BoldEntry{line.substr(0, close + 2), rest};
  }
  return std::nullopt;
}

// Whether the lines' entries are numbered bold text with their descriptions behind it, rather than headings.
bool has_bold_entries(const std::vector<RawLine>& lines) {
  std::size_t entries = 0;
  for (const RawLine& line : lines) {
    if (line.text.starts_with("##")) return false;
    entries += find_bold_entry(line.text) ? 1 : 0;
  }
  return entries >= 2;
}

// "| a | b |" without the marks of its cells.
std::vector<std::string> read_cells(std::string_view line) {
  line.remove_prefix(1);
  std::vector<std::string> cells(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|')
      cells.back() += line[++i];
    else if (line[i] == '|')
      cells.emplace_back();
    else
      cells.back() += line[i];
  }
  if (line.ends_with('|')) cells.pop_back();
  for (std::string& cell : cells) cell = clean_text(without_marks(without_links(cell)));
  return cells;
}

// The rows of tables whose head names fields, one after the other.
class Tables {
 public:
  explicit Tables(const WordLists& words) : words_(words) {}

  // False for what is no row of such a table.
  bool take(const RawLine& raw, std::vector<RawLine>& lines) {
    const bool head = !std::exchange(inside_, raw.text.starts_with('|'));
    if (!inside_) return false;
    if (head) table_ = TableLines::of_head(words_, read_cells(raw.text));
    if (!table_) return false;
    const bool rule = raw.text.find_first_not_of("|-: ") == std::string::npos;
    if (head || rule) return true;
    for (RawLine& line : table_->lines(read_cells(raw.text), raw.number)) lines.push_back(std::move(line));
    return true;
  }

 private:
  const WordLists& words_;
  bool inside_ = false;  // of a table of any kind
  std::optional<TableLines> table_;
};

// Without the references to characters that people write.
std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kReferences[] = {
      {"&nbsp;", " "}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = std::find_if(std::begin(kReferences), std::end(kReferences), [&](const auto& row) {
      return text[at] == '&' && text.substr(at).starts_with(row.first);
    });
    if (found == std::end(kReferences))
      out += text[at++];
    else
      out += found->second, at += found->first.size();
  }
  return out;
}

RawLine read_line(const RawLine& raw) {
  RawLine line = raw;
  std::string_view text = raw.text;
  while (text.starts_with("> ")) text.remove_prefix(2);
  std::size_t level = 0;
  while (level < text.size() && text[level] == '#') ++level;
  if (level > 0 && level <= 6 && level < text.size() && text[level] == ' ') {
    line.level = static_cast<std::uint8_t>(level);
    text.remove_prefix(level);
    while (text.ends_with('#')) text.remove_suffix(1);
  } else if (is_link_only(text)) {
    line.text = "- " + clean_text(without_marks(without_links(text)));
    return line;
  }
  std::string plain = without_marks(without_links(text));
  if (plain.starts_with('|')) {
    plain.erase(0, 1);
    if (plain.ends_with('|')) plain.pop_back();
    if (plain.find_first_not_of("|-: ") == std::string::npos) plain.clear();
  }
  line.text = clean_text(unescaped(plain));
  return line;
}

// Whether it makes the line above it a heading.
bool underlines(const RawLine& raw, const std::vector<RawLine>& above) {
  const bool rule = consists_of(raw.text, '=') || consists_of(raw.text, '-');
  return rule && !above.empty() && !above.back().text.empty() && above.back().level == 0;
}

}  // namespace

std::vector<RawLine> read_markdown_lines(const WordLists& words, std::string_view text) {
  std::vector<RawLine> lines;
  bool fenced = false;
  const std::vector<RawLine> written = read_text_lines(without_shortcodes(text));
  const bool bold_entries = has_bold_entries(written);
  Tables tables(words);
  for (const RawLine& raw : written) {
    if (raw.text.starts_with("```") || raw.text.starts_with("~~~")) {
      fenced = !fenced;
      continue;
    }
    if (fenced) continue;
    if (tables.take(raw, lines)) continue;
    if (underlines(raw, lines)) {
      lines.back().level = raw.text[0] == '=' ? 1 : 2;
      continue;
    }
    const auto entry = bold_entries ? find_bold_entry(raw.text) : std::nullopt;
    if (entry) {
      lines.push_back(read_line({std::string(entry->heading), raw.number, 0}));
      lines.back().level = kBoldLevel;
      lines.push_back(read_line({std::string(entry->text), raw.number, 0}));
      continue;
    }
    const bool rule = consists_of(raw.text, '-') || consists_of(raw.text, '*') || consists_of(raw.text, '_');
    lines.push_back(rule ? RawLine{"", raw.number, 0} : read_line(raw));
  }
  return lines;
}

std::vector<RawLine> read_lines_below(const WordLists& words, const FrontMatter& matter) {
  std::vector<RawLine> lines = read_markdown_lines(words, matter.body);
  const std::string title = matter.fields.contains("title") && matter.fields["title"].is_string()
                                ? matter.fields["title"].get<std::string>()
                                : "";
  bool has_title = false;
  for (RawLine& line : lines) {
    line.number += matter.body_line - 1;
    has_title = has_title || line.level == 1;
  }
  if (!has_title && !title.empty()) lines.insert(lines.begin(), {{clean_text(title), 1, 1}, {"", 1, 0}});
  return lines;
}

}  // namespace nunmul
