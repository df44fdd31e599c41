// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/page/description.h"

#include <algorithm>

#include "import/page/short_texts.h"
#include "import/words/characters.h"
#include "import/words/phrases.h"
#include "import/words/sentence.h"

namespace nunmul {
namespace {

// Some pages repeat the heading in front of the text.
std::u32string without_heading(std::u32string_view text, const Line& heading) {
  if (heading.text.size() < 4 || text.size() <= heading.text.size() + 10) return std::u32string(text);
  const bool repeated =
      heading.marker && text.starts_with(heading.text) && is_space(text[heading.text.size()]);
  return repeated ? trimmed(text.substr(heading.text.size())) : std::u32string(text);
}

std::u32string without_bullet(std::u32string_view text) { return trimmed(text.substr(1)); }

// A label and its value: "방송: tvN", "Theme song: Sparkle".
bool tells_fact(const WordLists& words, std::u32string_view text) {
  constexpr std::size_t kWidestLabel = 30;  // columns
  const std::string folded = to_utf8(fold_line(text));
  if (is_fact_line(words, folded)) return true;
  const std::size_t colon = fold_line(text).find(U": ");
  return colon != std::u32string_view::npos && colon > 0 && columns(text.substr(0, colon)) <= kWidestLabel &&
         !is_noise_phrase(words, folded) && !announces_related(words, folded);
}

// A line without a sentence's end that still belongs to the description.
bool is_fragment(const Line& line, bool text_seen) {
  if (line.fact) return true;
  if (line.level > 0) return false;
  const std::size_t words = count_words(line.text);
  const bool cjk = std::any_of(line.text.begin(), line.text.end(), is_cjk);
  if (text_seen) return words >= (cjk ? 6u : 5u);
  return cjk && words >= 9;
}

// A short text of an entry: the block right below its heading, where nothing longer was found. Below a
// heading that is a title alone a name may stand there, so that only a line with a sentence's end counts.
void take_short_text(const PageOutline& page, const ListItem& item, ItemBody& body) {
  const Line& heading = page.lines[item.heading];
  std::size_t i = item.body_begin;
  while (i < item.body_end && page.lines[i].kind == LineKind::Blank) ++i;
  for (; i < item.body_end && page.lines[i].kind == LineKind::Short && page.lines[i].level == 0; ++i) {
    const Line& line = page.lines[i];
    const bool elsewhere = page.repeated[i] || page.between[i] || page.contents[i] || page.recurring[i];
    if (elsewhere || is_caption_of(line, heading) || !(is_complete(heading) || ends_like_sentence(line.text)))
      continue;
    const auto caption = std::find(body.captions.begin(), body.captions.end(), line.text);
    if (caption == body.captions.end()) continue;
    body.captions.erase(caption);
    body.paragraphs.push_back(line.text);
  }
}

}  // namespace

namespace {

// The artist, a part of the description or a caption.
void take_short_line(const PageOutline& page, const Line& heading, const Line& line, bool skipping,
                     ItemBody& body) {
  const bool text_seen = !body.paragraphs.empty();
  const std::string utf8 = to_utf8(line.text);
  const std::string_view artist = artist_label_value(page.words, utf8);
  const bool of_list = text_seen && line.marker;  // inside of the description
  const bool fragment =
      !skipping && is_fragment(line, text_seen) && (text_seen || !overlaps(heading.key, line.key));
  if (!artist.empty())
    body.artist = to_utf32(artist);
  else
    (of_list || fragment ? body.paragraphs : body.captions).push_back(line.text);
}

}  // namespace

ItemBody read_body(const PageOutline& page, const ListItem& item) {
  ItemBody body;
  const Line& heading = page.lines[item.heading];
  bool skipping = false;  // behind the heading of related links, until text goes on
  for (std::size_t i = item.body_begin; i < item.body_end; ++i) {
    const Line& line = page.lines[i];
    if (line.kind == LineKind::Blank || page.repeated[i] || page.contents[i] || page.recurring[i]) continue;
    if (page.between[i]) {
      body.captions.push_back(line.text);
      continue;
    }
    switch (line.kind) {
      case LineKind::Text:
        skipping = false;
        body.paragraphs.push_back(without_heading(line.text, heading));
        break;
      case LineKind::Caption:
        body.captions.push_back(line.text);
        break;
      case LineKind::Closing:
      case LineKind::Tail:
        skipping = true;
        break;
      case LineKind::Menu: {
        const std::u32string text = without_bullet(line.text);
        if (!skipping && (is_sentence(page.words, text) || tells_fact(page.words, text)))
          body.paragraphs.push_back(text);
        break;
      }
      case LineKind::Short:
        take_short_line(page, heading, line, skipping, body);
        break;
      default:
        break;
    }
  }
  if (body.paragraphs.empty()) take_short_text(page, item, body);
  return body;
}

namespace {

// Behind the last entry's text, where all other entries have as many paragraphs as it has before this one:
// a remark of half their length.
bool is_remark_at_end(const std::vector<ItemBody>& bodies, std::size_t at, std::size_t usual) {
  constexpr std::size_t kMinBodies = 4;
  if (bodies.size() < kMinBodies || at != usual) return false;
  std::size_t width = 0;  // of the others' last paragraphs
  for (std::size_t i = 0; i + 1 < bodies.size(); ++i) {
    if (bodies[i].paragraphs.size() != usual) return false;
    width += columns(bodies[i].paragraphs.back());
  }
  return columns(bodies.back().paragraphs[at]) * 2 * (bodies.size() - 1) < width;
}

}  // namespace

void cut_farewell(const WordLists& words, std::vector<ItemBody>& bodies) {
  if (bodies.empty()) return;
  auto& last = bodies.back().paragraphs;
  std::size_t usual = 1;
  for (std::size_t i = 0; i + 1 < bodies.size(); ++i) usual = std::max(usual, bodies[i].paragraphs.size());
  for (std::size_t i = 1; i < last.size(); ++i) {
    const std::string folded = to_utf8(fold_line(last[i]));
    const bool over = is_closing_sentence(words, folded) || is_author_sentence(words, folded) ||
                      (bodies.size() >= 3 && i >= usual && has_list_word(words, folded)) ||
                      is_remark_at_end(bodies, i, usual);
    if (!over) continue;
    last.resize(i);
    return;
  }
}

}  // namespace nunmul
