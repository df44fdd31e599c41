// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/stable_id.h"

#include "base/hash.h"
#include "import/words/characters.h"
#include "import/words/name_forms.h"

namespace nunmul {
namespace {

constexpr std::size_t kMaxSlug = 80;

struct Slug {
  std::string text;
  bool complete = true;  // every letter and digit is in it
};

void append(Slug& slug, std::u32string_view name) {
  bool gap = true;
  for (const char32_t c : name) {
    const char32_t folded = fold(c);
    const bool plain = (folded >= U'a' && folded <= U'z') || (folded >= U'0' && folded <= U'9');
    if (plain) {
      if (gap && !slug.text.empty()) slug.text += '-';
      slug.text += static_cast<char>(folded);
      gap = false;
    } else if (is_word(c)) {
      slug.complete = false;
      gap = true;
    } else if (c != U'\'' && c != U'’') {
      gap = true;
    }
  }
}

std::string hex(std::uint64_t value, std::size_t digits) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < digits; ++i) text += kDigits[(value >> (60 - 4 * i)) & 15];
  return text;
}

}  // namespace

std::string stable_id(std::string_view kind, std::string_view title, std::string_view artist) {
  const std::u32string base_title = base_name(to_utf32(title));
  const std::u32string base_artist = base_name(to_utf32(artist));
  Slug slug;
  append(slug, to_utf32(kind));
  append(slug, base_artist);
  append(slug, base_title);
  if (slug.complete && slug.text.size() <= kMaxSlug && !compact(base_title).empty()) return slug.text;
  const std::string key =
      std::string(kind) + '\n' + to_utf8(compact(base_title)) + '\n' + to_utf8(compact(base_artist));
  if (slug.text.size() > kMaxSlug) slug.text.resize(kMaxSlug);
  while (slug.text.ends_with('-')) slug.text.pop_back();
  return slug.text + (slug.text.empty() ? "" : "-") + hex(hash64(key), 12);
}

std::string content_id(std::string_view text) { return "doc-" + hex(hash64(text), 16); }

}  // namespace nunmul
