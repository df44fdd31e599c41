// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/read/shortcodes.h"

#include <algorithm>
#include <array>
#include <optional>

namespace nunmul {
namespace {

struct Span {
  std::string_view begin, end;
  bool one_line;  // it does not reach beyond its line
};
constexpr Span kSpans[] = {{"{% comment %}", "{% endcomment %}", false},
                           {"%%\n", "\n%%", false},
                           {"<!--", "-->", false},
                           {"{{<", ">}}", false},
                           {"{{%", "%}}", false},
                           {"{%", "%}", false},
                           {"{{", "}}", true},
                           {"%%", "%%", true},
                           {"![[", "]]", true}};

// WordPress's own, and how those of page builders begin.
constexpr std::string_view kNames[] = {"gallery", "caption",      "audio",   "video",
                                       "embed",   "playlist",     "vc_",     "et_pb_",
                                       "fusion_", "contact-form", "wpforms", "elementor"};

constexpr std::size_t kMaxBracketed = 1'000;  // bytes that are looked at

// The length of "[gallery ids=1]" or "[/caption]" at the begin of the text; 0 if there is none.
std::size_t bracketed_length(std::string_view text) {
  text = text.substr(0, kMaxBracketed);
  const std::size_t end = text.starts_with('[') ? text.find_first_of("]\n") : std::string_view::npos;
  if (end == std::string_view::npos || text[end] != ']') return 0;
  const std::string_view name = text.substr(text.starts_with("[/") ? 2 : 1, end);
  const bool known = std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view one) {
    if (!name.starts_with(one)) return false;
    const char behind = name[one.size()];
    return one.ends_with('_') || behind == ' ' || behind == ']' || behind == '-';
  });
  return known ? end + 1 : 0;
}

// What "[[page|shown]]" at the begin of the text shows, and its length.
struct Link {
  std::string_view shown;
  std::size_t length;
};
std::optional<Link> find_link(std::string_view text) {
  text = text.substr(0, kMaxBracketed);
  const std::size_t end = text.starts_with("[[") ? text.find_first_of("]\n") : std::string_view::npos;
  if (end == std::string_view::npos || !text.substr(end).starts_with("]]")) return std::nullopt;
  const std::string_view inside = text.substr(2, end - 2);
  return Link{inside.substr(inside.find('|') + 1), end + 2};
}

// Where each mark's end stands next: looking from each begin anew would take the square of the text's time.
class NextEnds {
 public:
  explicit NextEnds(std::string_view text) : text_(text) { found_.fill(0); }
  std::size_t behind(std::size_t span, std::size_t at) {
    std::size_t& found = found_[span];
    if (found != std::string_view::npos && found < at) found = text_.find(kSpans[span].end, at);
    return found;
  }

 private:
  std::string_view text_;
  std::array<std::size_t, std::size(kSpans)> found_;
};

}  // namespace

std::string without_shortcodes(std::string_view text) {
  std::string out;
  NextEnds ends(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::size_t length = 0;
    for (std::size_t span = 0; span < std::size(kSpans) && length == 0; ++span) {
      if (!rest.starts_with(kSpans[span].begin)) continue;
      const std::size_t end = ends.behind(span, at + kSpans[span].begin.size());
      if (end == std::string_view::npos) continue;
      const std::string_view whole = text.substr(at, end + kSpans[span].end.size() - at);
      if (kSpans[span].one_line && whole.size() > kMaxBracketed) continue;
      const auto lines = static_cast<std::size_t>(std::count(whole.begin(), whole.end(), '\n'));
      if (kSpans[span].one_line && lines > 0) continue;
      length = whole.size();
      out.append(lines, '\n');
    }
    if (length == 0) length = bracketed_length(rest);
    if (const auto link = length == 0 ? find_link(rest) : std::nullopt) {
      out += link->shown;
      length = link->length;
    }
    if (length == 0) {
      out += text[at];
      length = 1;
    }
    at += length;
  }
  return out;
}

}  // namespace nunmul
