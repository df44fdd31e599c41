// SPDX-License-Identifier: GPL-2.0-or-later
#include "web/name_script.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/utf8.h"

namespace nunmul {
namespace {

struct ScriptRange {
  char32_t first;
  char32_t last;
  NameScript script;
};
constexpr ScriptRange kRanges[] = {
    {0x41, 0x5A, NameScript::Latin},      {0x61, 0x7A, NameScript::Latin},
    {0xC0, 0x24F, NameScript::Latin},     {0x1100, 0x11FF, NameScript::Hangul},
    {0x1E00, 0x1EFF, NameScript::Latin},  {0x3041, 0x30FF, NameScript::Kana},
    {0x3131, 0x318E, NameScript::Hangul}, {0x31F0, 0x31FF, NameScript::Kana},
    {0x3400, 0x4DBF, NameScript::Han},    {0x4E00, 0x9FFF, NameScript::Han},
    {0xAC00, 0xD7A3, NameScript::Hangul}, {0xF900, 0xFAFF, NameScript::Han},
    {0xFF66, 0xFF9D, NameScript::Kana},   {0x20000, 0x3FFFF, NameScript::Han},
};

NameScript script_of(char32_t code) {
  if (code == 0x30FB || code == 0x30FC) return NameScript::None;  // ・ and ー stand in any name
  for (const ScriptRange& range : kRanges)
    if (code >= range.first && code <= range.last) return range.script;
  return NameScript::None;
}

}  // namespace

NameScript name_script(std::string_view utf8) {
  std::array<std::size_t, 5> letters{};
  for (const char32_t code : to_utf32(utf8)) ++letters[static_cast<std::size_t>(script_of(code))];
  letters[0] = 0;
  std::size_t& kana = letters[static_cast<std::size_t>(NameScript::Kana)];
  std::size_t& han = letters[static_cast<std::size_t>(NameScript::Han)];
  if (kana > 0) kana += std::exchange(han, 0);
  const auto most = std::max_element(letters.begin(), letters.end());
  return *most == 0 ? NameScript::None : static_cast<NameScript>(most - letters.begin());
}

std::string_view language_of(NameScript script) {
  if (script == NameScript::Hangul) return "ko";
  return script == NameScript::Kana ? "ja" : "";
}

}  // namespace nunmul
