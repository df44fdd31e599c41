// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/chinese_forms.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "base/utf8.h"
#include "text/han.h"

namespace nunmul {
namespace {

const icu::Transliterator* open(const char* id) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Transliterator* made = icu::Transliterator::createInstance(id, UTRANS_FORWARD, status);
  return U_FAILURE(status) ? nullptr : made;
}

std::u32string converted(const icu::Transliterator* by, std::u32string_view word) {
  if (!by) return std::u32string(word);
  icu::UnicodeString text;
  for (const char32_t code : word) text.append(static_cast<UChar32>(code));
  by->transliterate(text);
  std::u32string out;
  for (std::int32_t i = 0; i < text.length(); i += U16_LENGTH(text.char32At(i)))
    out.push_back(static_cast<char32_t>(text.char32At(i)));
  return out;
}

}  // namespace

std::vector<std::string> chinese_forms(const KanjiForms& forms, std::string_view word) {
  static const std::unique_ptr<const icu::Transliterator> simplify(open("Traditional-Simplified")),
      expand(open("Simplified-Traditional"));
  const std::u32string letters = to_utf32(word);
  if (std::none_of(letters.begin(), letters.end(), is_kanji)) return {};
  std::u32string old = letters;
  for (char32_t& code : old) code = forms.old(code);
  std::vector<std::string> found;
  for (std::u32string other : {converted(simplify.get(), letters), converted(simplify.get(), old),
                               converted(expand.get(), letters)}) {
    for (char32_t& code : other) code = forms.modern(code);
    std::string form = to_utf8(other);
    if (other != letters && std::find(found.begin(), found.end(), form) == found.end())
      found.push_back(std::move(form));
  }
  return found;
}

}  // namespace nunmul
