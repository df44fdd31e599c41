// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/hit_text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "base/json.h"
#include "base/utf8.h"
#include "search/present/explanation.h"
#include "text/display_width.h"
#include "text/syllable.h"

namespace nunmul {
namespace {

// Stand for begin and end of a match; no document shows them, since control characters are left out.
constexpr char kMark = '\x01';
constexpr char kUnmark = '\x02';

constexpr std::uint32_t kSnippetWords = 30;
constexpr std::size_t kSnippetLines = 2;
constexpr std::string_view kIndent = "   ";
constexpr std::string_view kEllipsis = " …";

// Where a snippet is taken from when no field has more matches.
constexpr std::array<std::string_view, 4> kTextFields{"description", "text", "overview", "body"};
// Shown in the first or the last line already.
constexpr std::array<std::string_view, 7> kHeadFields{"id",     "title",   "artist", "kind",
                                                      "source", "sources", "section"};

// On one line, without what a terminal would obey.
std::string printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar c = decode_utf8(text, at);
    if (c.code == '\n' || c.code == '\t' || c.code == '\r')
      out += ' ';
    else if (c.code == static_cast<char32_t>(kMark) || c.code == static_cast<char32_t>(kUnmark))
      out += static_cast<char>(c.code);
    else if (c.code >= 0x20 && !(c.code >= 0x7F && c.code < 0xA0))
      append_utf8(out, c.code);
    at += c.length;
  }
  return out;
}

std::string text_of(const Json& document, std::string_view field) {
  const auto found = document.find(field);
  if (found == document.end()) return "";
  if (found->is_string()) return printable(found->get<std::string>());
  if (found->is_number()) return dump_json(*found);
  if (!found->is_array()) return "";
  std::string joined;
  for (const Json& item : *found)
    if (item.is_string()) joined += (joined.empty() ? "" : ", ") + printable(item.get<std::string>());
  return joined;
}

// The field that shows best why the document was found.
std::string snippet_of(const Json& document) {
  std::string best;
  std::ptrdiff_t most = -1;
  const auto consider = [&](std::string_view field) {
    const std::string text = text_of(document, field);
    const std::ptrdiff_t marks = std::count(text.begin(), text.end(), kMark);
    if (!text.empty() && marks > most) most = marks, best = text;
  };
  for (const std::string_view field : kTextFields) consider(field);
  for (const auto& [field, value] : document.items())
    if (value.is_string() && std::find(kHeadFields.begin(), kHeadFields.end(), field) == kHeadFields.end())
      consider(field);
  return best;
}

// Marks become escape sequences, or nothing.
std::string styled(std::string_view text, const TextStyle& style) {
  std::string out;
  for (const char c : text) {
    if (c != kMark && c != kUnmark)
      out += c;
    else if (style.is_colored)
      out += c == kMark ? "\033[1;4m" : "\033[22;24m";
  }
  return out;
}

// Pieces that a line may end after: words, and single characters of scripts without spaces.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const DecodedChar c = decode_utf8(text, at);
    at += c.length;
    const bool is_hangul = is_syllable(c.code);
    if (c.code != ' ' && (is_hangul || display_width(c.code) < 2)) continue;
    pieces.push_back(text.substr(begin, at - begin));
    begin = at;
  }
  if (begin < text.size()) pieces.push_back(text.substr(begin));
  return pieces;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width, std::size_t most_lines) {
  std::vector<std::string> lines(1);
  const auto trim = [](std::string& line) {
    while (line.ends_with(' ')) line.pop_back();
  };
  for (const std::string_view piece : pieces_of(text)) {
    std::string word(piece);
    trim(word);
    if (!lines.back().empty() && display_width(lines.back()) + display_width(word) > width) {
      trim(lines.back());
      if (lines.size() == most_lines) {
        if (!lines.back().ends_with("…")) lines.back() += kEllipsis;
        break;
      }
      lines.emplace_back();
    }
    lines.back() += piece;
  }
  trim(lines.back());
  return lines;
}

// A match that a line break cuts is marked on both lines.
void close_marks(std::vector<std::string>& lines) {
  bool is_open = false;
  for (std::string& line : lines) {
    if (is_open) line.insert(line.begin(), kMark);
    for (const char c : line) is_open = c == kMark ? true : c == kUnmark ? false : is_open;
    if (is_open) line += kUnmark;
  }
}

}  // namespace

void ask_for_snippets(SearchRequest& request) {
  request.highlight_pre_tag = std::string(1, kMark);
  request.highlight_post_tag = std::string(1, kUnmark);
  request.attributes_to_highlight = {"*"};
  for (const char* field : {"description", "description_ko", "description_ja", "text", "overview", "body"})
    request.attributes_to_crop.push_back({field, kSnippetWords});
}

std::string to_text(const Hit& hit, std::size_t rank, const TextStyle& style) {
  const Json document = hit.formatted ? *hit.formatted : parse_json(hit.document);
  std::string title = text_of(document, "title");
  if (title.empty()) title = text_of(document, "name");
  if (title.empty()) title = printable(hit.id);
  std::string head = std::to_string(rank) + ". " + title;
  if (const std::string artist = text_of(document, "artist"); !artist.empty()) head += " — " + artist;
  if (const std::string kind = text_of(document, "kind"); !kind.empty()) head += " (" + kind + ")";
  std::string out = styled(head, style) + "\n";
  if (const std::string snippet = snippet_of(document); !snippet.empty()) {
    const std::size_t room = style.width - std::min(style.width, kIndent.size() + kEllipsis.size());
    std::vector<std::string> lines = wrapped(snippet, room, kSnippetLines);
    close_marks(lines);
    for (const std::string& line : lines) out += std::string(kIndent) + styled(line, style) + "\n";
  }
  std::string source = text_of(document, "sources");
  if (source.empty()) source = text_of(document, "source");
  return out + std::string(kIndent) + styled(source.empty() ? "" : source + " · ", style) +
         printable(hit.id) + "\n";
}

std::string explanation(const Hit& hit) {
  std::array<char, 64> score{};
  std::snprintf(score.data(), score.size(), "score: %.4f\n", hit.ranking_score);
  return printable_lines(score.data() + explain_score(hit.score_rows), "     ");
}

std::string printable_lines(std::string_view text, std::string_view indent) {
  std::string out;
  for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != text.npos; at = end + 1)
    out.append(indent).append(printable(text.substr(at, end - at))).append("\n");
  return out;
}

}  // namespace nunmul
