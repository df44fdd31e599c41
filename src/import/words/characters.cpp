// SPDX-License-Identifier: GPL-2.0-or-later
#include "import/words/characters.h"

#include <algorithm>
#include <array>

#include "text/display_width.h"

namespace nunmul {
namespace {

struct QuotePair {
  char32_t open;
  char32_t close;
};
constexpr QuotePair kQuotes[] = {{U'“', U'”'},   {U'‘', U'’'},   {U'"', U'"'},   {U'\'', U'\''},
                                 {U'「', U'」'}, {U'『', U'』'}, {U'《', U'》'}, {U'〈', U'〉'},
                                 {U'<', U'>'},   {U'＜', U'＞'}, {U'【', U'】'}, {U'″', U'″'},
                                 {U'〝', U'〟'}, {U'«', U'»'},   {U'＂', U'＂'}};
constexpr std::u32string_view kOpenBrackets = U"([{（［｛〔";
constexpr std::u32string_view kCloseBrackets = U")]}）］｝〕";

bool in(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

// Base letters of U+00C0 to U+017F, by position; ' ' where there is none.
constexpr std::u32string_view kLatinBase =
    U"AAAAAAACEEEEIIIIDNOOOOO OUUUUYTsaaaaaaaceeeeiiiidnooooo ouuuuyty"
    U"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtT"
    U"tUuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(kLatinBase.size() == 192);

bool is_latin_extended(char32_t c) { return in(c, 0xC0, 0x17F) && c != 0xD7 && c != 0xF7; }

bool is_upper(char32_t c) {
  if (in(c, U'A', U'Z') || in(c, U'Ａ', U'Ｚ')) return true;
  if (is_latin_extended(c)) return in(kLatinBase[c - 0xC0], U'A', U'Z');
  return in(c, 0x391, 0x3A9) || in(c, 0x400, 0x42F);
}

bool is_lower(char32_t c) {
  if (in(c, U'a', U'z') || in(c, U'ａ', U'ｚ')) return true;
  if (is_latin_extended(c)) return !is_upper(c);
  return in(c, 0x3B1, 0x3C9) || in(c, 0x430, 0x45F);
}

bool is_hangul(char32_t c) { return in(c, 0xAC00, 0xD7A3) || in(c, 0x1100, 0x11FF) || in(c, 0x3130, 0x318F); }
bool is_han(char32_t c) {
  return in(c, 0x4E00, 0x9FFF) || in(c, 0x3400, 0x4DBF) || in(c, 0xF900, 0xFAFF) || in(c, 0x20000, 0x2FFFF) ||
         c == U'々' || c == U'〆' || c == U'〇';
}
bool is_other_letter(char32_t c) {
  return in(c, 0x180, 0x36F) || in(c, 0x370, 0x52F) || in(c, 0x530, 0x1FFF) || c == U'ª' || c == U'º';
}
bool is_invisible(char32_t c) {
  return c < 0x20 || in(c, 0x7F, 0x9F) || in(c, 0x200B, 0x200F) || in(c, 0x202A, 0x202E) ||
         in(c, 0x2060, 0x2064) || c == 0xFEFF || c == 0xAD || c == 0xFE0F;
}

}  // namespace

CharClass char_class(char32_t c) {
  if (is_space(c)) return CharClass::Space;
  if (in(c, U'0', U'9') || in(c, U'０', U'９')) return CharClass::Digit;
  if (is_upper(c)) return CharClass::Upper;
  if (is_lower(c)) return CharClass::Lower;
  if (is_hangul(c)) return CharClass::Hangul;
  if (in(c, 0x3041, 0x309F)) return CharClass::Hiragana;
  if ((in(c, 0x30A0, 0x30FF) && c != U'・' && c != U'゠') || in(c, 0x31F0, 0x31FF) || in(c, 0xFF66, 0xFF9F)) {
    return CharClass::Katakana;
  }
  if (is_han(c)) return CharClass::Han;
  if (is_other_letter(c)) return CharClass::Letter;
  return CharClass::Punctuation;
}

bool is_space(char32_t c) {
  return c == U' ' || in(c, 9, 13) || c == 0xA0 || in(c, 0x2000, 0x200A) || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_word(char32_t c) {
  const CharClass kind = char_class(c);
  return kind != CharClass::Space && kind != CharClass::Punctuation;
}

bool is_cased(char32_t c) {
  const CharClass kind = char_class(c);
  return kind == CharClass::Lower || kind == CharClass::Upper || kind == CharClass::Letter;
}

bool is_cjk(char32_t c) {
  const CharClass kind = char_class(c);
  return kind == CharClass::Hangul || kind == CharClass::Hiragana || kind == CharClass::Katakana ||
         kind == CharClass::Han;
}

bool is_bracket_open(char32_t c) { return kOpenBrackets.find(c) != std::u32string_view::npos; }
bool is_bracket_close(char32_t c) { return kCloseBrackets.find(c) != std::u32string_view::npos; }

bool is_opening(char32_t c) { return is_bracket_open(c) || closing_quote(c) != 0; }

bool is_closing(char32_t c) {
  return is_bracket_close(c) ||
         std::any_of(std::begin(kQuotes), std::end(kQuotes), [c](auto& q) { return q.close == c; });
}

char32_t closing_quote(char32_t opening) {
  for (const QuotePair& pair : kQuotes) {
    if (pair.open == opening) return pair.close;
  }
  return 0;
}

char32_t fold(char32_t c) {
  if (in(c, U'！', U'～')) c = c - U'！' + U'!';
  if (in(c, U'A', U'Z')) return c - U'A' + U'a';
  if (is_latin_extended(c) && kLatinBase[c - 0xC0] != U' ') return fold(kLatinBase[c - 0xC0]);
  if (in(c, 0x391, 0x3A9) || in(c, 0x410, 0x42F)) return c + 0x20;
  return c;
}

std::u32string fold_line(std::u32string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (char32_t c : text) {
    if (c == U'’' || c == U'‘' || c == U'′') c = U'\'';
    if (c == U'“' || c == U'”' || c == U'″') c = U'"';
    if (c == U'–' || c == U'—' || c == U'−' || c == U'‐' || c == U'―') c = U'-';
    if (is_space(c)) c = U' ';
    out.push_back(fold(c));
  }
  return out;
}

std::string fold_line(std::string_view utf8) { return to_utf8(fold_line(to_utf32(utf8))); }

std::u32string compact(std::u32string_view text) {
  std::u32string out;
  for (const char32_t c : text) {
    if (is_word(c)) out.push_back(fold(c));
  }
  return out;
}

std::u32string compact(std::string_view utf8) { return compact(to_utf32(utf8)); }

std::u32string trimmed(std::u32string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::u32string(text);
}

std::string clean_text(std::string_view utf8) {
  std::u32string out;
  for (const char32_t c : to_utf32(utf8)) {
    if (is_space(c)) {
      if (!out.empty() && out.back() != U' ') out.push_back(U' ');
    } else if (!is_invisible(c) || c == 0x1F) {
      out.push_back(c);
    }
  }
  return to_utf8(trimmed(out));
}

std::size_t columns(std::u32string_view text) {
  std::size_t count = 0;
  for (const char32_t c : text) count += display_width(c);
  return count;
}

std::optional<std::size_t> find_non_text(std::string_view bytes) {
  const std::size_t zero = bytes.find('\0');
  const auto invalid = find_invalid_utf8(bytes.substr(0, zero));
  return invalid || zero == bytes.npos ? invalid : zero;
}

}  // namespace nunmul
